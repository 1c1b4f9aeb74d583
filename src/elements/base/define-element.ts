import { attachContextRoot } from './context-root.js';

/** Registers an element under its tag. What is registered already stays; another version of it is told in the console, once. */
export function defineElement(
  tag: string,
  element: CustomElementConstructor & { readonly version: string },
): void {
  if (typeof customElements === 'undefined') return;
  attachContextRoot();
  const known = customElements.get(tag) as
    | (CustomElementConstructor & { readonly version?: string })
    | undefined;
  if (!known) customElements.define(tag, element);
  else if (known !== element) {
    console.warn(
      `<${tag}> is registered already (version ${known.version ?? 'unknown'}); version ${element.version} is not used.`,
    );
  }
}
