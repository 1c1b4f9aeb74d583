import type { en } from './en.js';

type English = typeof en;

/** One message: words, or a function that puts its arguments into words. */
type Message<M> = M extends (...args: infer A) => string ? (...args: A) => string : string;

/** All words of the kit in one language. A locale that lacks one does not compile. */
export type Messages = { readonly [K in keyof English]: Message<English[K]> };

export type MessageKey = keyof Messages;

/** What a message wants to be told. */
export type MessageArguments<K extends MessageKey> = English[K] extends (...args: infer A) => string
  ? A
  : [];

/** A host's own words: for some of the kit's messages (plain words may replace a function), and for the label keys of its own types. */
export type PartialMessages = {
  readonly [K in MessageKey]?: Messages[K] | string | undefined;
} & {
  readonly [key: string]: string | ((...args: never[]) => string) | undefined;
};
