/** The element that really has focus, through all open shadow roots. */
export function deepActiveElement(root: DocumentOrShadowRoot = document): Element | null {
  let active = root.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Whether `node` is in `container`, seen through shadow roots. */
export function containsDeep(container: Node, node: Node | null): boolean {
  let current = node;
  while (current) {
    if (container.contains(current)) return true;
    const root = current.getRootNode();
    current = root instanceof ShadowRoot ? root.host : null;
  }
  return false;
}

/** Gives focus back to where it came from; false if that cannot take it any more. */
export function returnFocus(to: Element | null): boolean {
  if (!(to instanceof HTMLElement || to instanceof SVGElement) || !to.isConnected) return false;
  if (to === document.body) return false;
  to.focus();
  return containsDeep(to, deepActiveElement());
}

/** The elements in whose shadow roots a node stands, the nearest first. */
export function hostsOf(node: Node | null): HTMLElement[] {
  const hosts: HTMLElement[] = [];
  let root = node?.getRootNode();
  while (root instanceof ShadowRoot) {
    if (root.host instanceof HTMLElement) hosts.push(root.host);
    root = root.host.getRootNode();
  }
  return hosts;
}

const FOCUSABLE = ':is(a[href], button, input, select, textarea, [tabindex]):not([tabindex="-1"])';

/** Puts the focus into an element: where it wants it, else to the first in it that takes it. False if nothing does. */
export function focusInto(host: HTMLElement): boolean {
  if (!host.isConnected) return false;
  const candidates = host.shadowRoot?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [];
  return [host, ...candidates].some((candidate) => {
    candidate.focus();
    return containsDeep(host, deepActiveElement());
  });
}
