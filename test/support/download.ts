/** What the page hands to the user next as a download; it is not written to a disk. */
export function nextDownload(): Promise<{ readonly name: string; readonly text: string }> {
  const { createObjectURL } = URL;
  const { click } = HTMLAnchorElement.prototype;
  let content: Blob | undefined;
  URL.createObjectURL = (blob: Blob) => {
    content = blob;
    return createObjectURL.call(URL, blob);
  };
  return new Promise((resolve, reject) => {
    HTMLAnchorElement.prototype.click = function take(this: HTMLAnchorElement) {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
      const { download: name } = this;
      if (!content) reject(new Error('nothing to download'));
      else void content.text().then((text) => resolve({ name, text }), reject);
    };
  });
}
