/** Everything that crosses a border of the kit (rows, questions, patches, event details) is of this shape. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that reach prototypes when an object from outside is copied or merged; nothing from outside keeps them. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A deep copy without the keys that could reach a prototype. Values that are not JSON are left out. */
export function toPlainJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.map((entry) => toPlainJson(entry) ?? null);
  if (!isObject(value)) return undefined;
  const plain: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) {
    const entry = isSafeKey(key) ? toPlainJson(value[key]) : undefined;
    if (entry === undefined) continue;
    // Defined, where an assignment would fail on a page that froze the prototypes ("toString").
    if (key in plain) Object.defineProperty(plain, key, { value: entry, ...OWN });
    else plain[key] = entry;
  }
  return plain;
}

const OWN = { configurable: true, enumerable: true, writable: true } as const;

/** No key that reaches a prototype when something is assigned by it. */
export function isSafeKey(key: string): boolean {
  return !FORBIDDEN_KEYS.has(key);
}

/** Equal content, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((entry, index) => sameJson(entry, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = definedKeys(a);
  return keys.length === definedKeys(b).length && keys.every((key) => sameJson(a[key], b[key]));
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
