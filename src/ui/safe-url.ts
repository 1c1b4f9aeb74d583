const SAFE_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** True for addresses that only lead somewhere: relative ones, and those of the web, mail and telephone. */
export function isSafeUrl(url: string): boolean {
  try {
    return SAFE_SCHEMES.has(new URL(url, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}
