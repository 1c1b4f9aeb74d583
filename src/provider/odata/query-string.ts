/** `?$filter=…&$top=…`, encoded; what is undefined is left out. */
export function queryString(options: {
  readonly [option: string]: string | number | boolean | undefined;
}): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`;
}
