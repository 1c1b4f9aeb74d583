// The CDN file is one bundle for browsers, with the browsers' Lit inside. esbuild puts these in place of
// the globals it names, so that importing it where there is no DOM does nothing, instead of throwing.
export const HTMLElement = globalThis.HTMLElement ?? class {};
export const customElements = globalThis.customElements ?? {
  get: () => undefined,
  define: () => undefined,
};
export const document = globalThis.document ?? {
  createTreeWalker: () => ({}),
  createComment: () => ({}),
};
export const CSSStyleSheet = globalThis.CSSStyleSheet ?? class {};
