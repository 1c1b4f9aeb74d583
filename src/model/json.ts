/** Everything that crosses a border of the kit (rows, questions, patches, event details) is of this shape. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts in a list that may be anything. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A deep copy without the keys that could reach a prototype. Values that are not JSON are left out. */
export function toPlainJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.map((entry) => toPlainJson(entry) ?? null);
  if (!isObject(value)) return undefined;
  // Copied whole and then mended, which is several times faster than key by key: each row of each answer passes here. A copy
  // defines its keys, where an assignment would fail on a page that froze the prototypes ("toString").
  const plain: Record<PropertyKey, unknown> = { ...value };
  for (const key of Object.keys(plain)) {
    const entry = plain[key];
    if (typeof entry === 'string' && isSafeKey(key)) continue;
    const copy = isSafeKey(key) ? toPlainJson(entry) : undefined;
    if (copy === undefined) Reflect.deleteProperty(plain, key);
    else if (copy !== entry) plain[key] = copy;
  }
  for (const key of Object.getOwnPropertySymbols(plain)) Reflect.deleteProperty(plain, key);
  return plain as { readonly [key: string]: Json };
}

/** No key that reaches a prototype when an object from outside is copied or merged; nothing from outside keeps one that does. */
export function isSafeKey(key: string): boolean {
  return key !== '__proto__' && key !== 'constructor' && key !== 'prototype';
}

/** Equal content, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((entry, index) => sameJson(entry, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  let more = 0;
  for (const key of Object.keys(a)) {
    if (a[key] === undefined) continue;
    if (!sameJson(a[key], b[key])) return false;
    more += 1;
  }
  for (const key of Object.keys(b)) if (b[key] !== undefined) more -= 1;
  return more === 0;
}

/** One text for equal content: keys sorted, what is undefined left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const entries = definedKeys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${entries.join(',')}}`;
}

function definedKeys(value: { readonly [key: string]: unknown }): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}
