/** An e-mail address as it is written in a field, alone or behind a name. */
export interface Address {
  readonly address: string;
  readonly name?: string;
}

const BARE = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\.]{2,}$/u;
const NAMED = /^"?(.*?)"?\s*<([^<>]+)>$/su;

/** `ana@example.com` or `Ana Trujillo <ana@example.com>`; undefined for what is none. Whether it exists, only a mail can tell. */
export function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  if (BARE.test(trimmed)) return { address: trimmed };
  const named = NAMED.exec(trimmed);
  const address = named?.[2]?.trim() ?? '';
  if (!BARE.test(address)) return undefined;
  const name = named?.[1]?.trim();
  return name ? { address, name } : { address };
}

/** Addresses separated by commas, semicolons or lines; undefined if one of them is none. */
export function parseAddresses(text: string): readonly Address[] | undefined {
  const parts = text.split(/[,;\n\r]+(?=(?:[^"]*"[^"]*")*[^"]*$)/u).filter((part) => part.trim());
  const addresses = parts.map(parseAddress).filter((address) => address !== undefined);
  return parts.length > 0 && addresses.length === parts.length ? addresses : undefined;
}
