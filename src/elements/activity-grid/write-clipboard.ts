export interface ClipboardTexts {
  readonly text: string;
  readonly html: string;
}

/** What is written may come after the gesture that asked for it. */
export function canWriteLater(): boolean {
  if (!takesItems()) return false;
  try {
    return new ClipboardItem({ 'text/plain': Promise.resolve('') }).types.length > 0;
  } catch {
    return false;
  }
}

function takesItems(): boolean {
  return typeof ClipboardItem !== 'undefined' && 'write' in navigator.clipboard;
}

/**
 * Called at once by what the user did, since that is when engines let a page write; where they can, they wait for the texts. Rejects
 * as these do, or where the browser does not let the page write.
 */
export async function writeClipboard(texts: Promise<ClipboardTexts>): Promise<void> {
  if (!canWriteLater()) {
    const { text, html } = await texts;
    if (!takesItems()) await navigator.clipboard.writeText(text);
    else await navigator.clipboard.write([toItem(toBlob('plain', text), toBlob('html', html))]);
    return;
  }
  const plain = texts.then(({ text }) => toBlob('plain', text));
  const marked = texts.then(({ html }) => toBlob('html', html));
  const written = navigator.clipboard.write([toItem(plain, marked)]);
  // What went wrong with the texts says more than that there are none.
  const [isThere, isWritten] = await Promise.allSettled([texts, written, plain, marked]);
  if (isThere.status === 'rejected') throw isThere.reason;
  if (isWritten.status === 'rejected') throw isWritten.reason;
}

function toItem(plain: Blob | Promise<Blob>, html: Blob | Promise<Blob>): ClipboardItem {
  return new ClipboardItem({ 'text/plain': plain, 'text/html': html });
}

function toBlob(kind: 'plain' | 'html', text: string): Blob {
  return new Blob([text], { type: `text/${kind}` });
}
