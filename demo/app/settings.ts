/** What the user may choose about the demo, the default first. The names are those in the address. */
const choices = {
  source: ['embedded', 'odata'],
  theme: ['system', 'light', 'dark'],
  lang: ['en', 'zh-TW'],
  density: ['comfortable', 'compact', 'touch'],
  chaos: ['off', 'slow', 'rough'],
} as const;

export type SettingName = keyof typeof choices;
export type Setting<N extends SettingName> = (typeof choices)[N][number];

/** Stand in the address only: each tab may work on a source of its own. */
const UNKEPT: readonly SettingName[] = ['source', 'chaos'];

function isChoice<N extends SettingName>(name: N, value: unknown): value is Setting<N> {
  return (choices[name] as readonly unknown[]).includes(value);
}

function inAddress(): URLSearchParams {
  return new URLSearchParams(location.search);
}

function kept(name: SettingName): string | null {
  try {
    return UNKEPT.includes(name) ? null : localStorage.getItem(`demo.${name}`);
  } catch {
    return null;
  }
}

function fallback(name: SettingName): string {
  switch (name) {
    case 'lang':
      return /^zh\b/i.test(navigator.language) ? 'zh-TW' : 'en';
    case 'density':
      return matchMedia('(pointer: coarse)').matches ? 'touch' : 'comfortable';
    default:
      return choices[name][0];
  }
}

/** The choice in force: the address's, else what was kept on this device, else what fits. */
export function setting<N extends SettingName>(name: N): Setting<N> {
  const found = [inAddress().get(name), kept(name), fallback(name)].find((value) =>
    isChoice(name, value),
  );
  return isChoice(name, found) ? found : (choices[name][0] as Setting<N>);
}

export function choicesOf<N extends SettingName>(name: N): readonly Setting<N>[] {
  return choices[name] as readonly Setting<N>[];
}

/** Takes a choice over: kept on the device, and in the address where it is given there. */
export function choose<N extends SettingName>(name: N, value: Setting<N>): void {
  const url = new URL(location.href);
  if (UNKEPT.includes(name)) {
    url.searchParams.set(name, value);
    location.assign(url);
    return;
  }
  try {
    localStorage.setItem(`demo.${name}`, value);
  } catch {
    // Without storage it holds for as long as it stands in the address.
    url.searchParams.set(name, value);
  }
  if (url.searchParams.has(name)) {
    url.searchParams.set(name, value);
    history.replaceState(history.state, '', url);
  }
  apply();
}

/** An address in the demo; what was given in this page's address goes along. */
export function addressOf(page: string, own: { readonly [name: string]: string } = {}): string {
  const given = inAddress();
  const query = new URLSearchParams(own);
  for (const name of Object.keys(choices)) {
    const value = given.get(name);
    if (value !== null) query.set(name, value);
  }
  return query.size > 0 ? `${page}?${query}` : page;
}

/** Sets, changes or (undefined) removes a parameter of this page's address, and leaves the others. */
export function setParameter(name: string, value: string | undefined): void {
  const url = new URL(location.href);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(history.state, '', url);
}

const updates = new Set<() => void>();

/** Does something now, and again whenever language, density or theme change. */
export function live(update: () => void): void {
  updates.add(update);
  update();
}

function apply(): void {
  const page = document.documentElement;
  page.lang = setting('lang');
  page.dataset['theme'] = setting('theme');
  page.dataset['density'] = setting('density');
  for (const update of updates) update();
}

apply();
// Another tab chose.
addEventListener('storage', ({ key }) => {
  if (key?.startsWith('demo.')) apply();
});
