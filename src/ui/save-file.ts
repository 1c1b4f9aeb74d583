/** How long a browser may take to begin with a download, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Hands bytes to the user as a download. They never open in the page's origin, whatever they are: their type says only that they are
 * bytes, and a name can neither lead out of the folder nor, by marks that turn the direction of writing, hide its extension.
 */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = safeFileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}

/** A name that every system takes for that of one file, and that looks like what it is. */
export function safeFileName(name: string): string {
  const safe = name
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  return safe === '' ? 'file' : safe;
}
