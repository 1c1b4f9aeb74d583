const warned = new WeakSet<Element>();

/** Tells the developer, once per element, that it has nothing to show from. */
export function warnNoSource(element: Element): void {
  if (warned.has(element)) return;
  warned.add(element);
  console.warn(
    `<${element.localName}> has no data source: set items or provider, or put it inside <activity-context>.`,
  );
}
