import type { Config, DOMPurify } from 'dompurify';

/** What the kit needs of a Trusted Types policy. */
export interface HtmlPolicy {
  createHTML(html: string): unknown;
  createScriptURL(url: string): unknown;
}

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string; createScriptURL(url: string): string },
  ): HtmlPolicy;
}

/** Name of the policy, for the `trusted-types` header. */
export const POLICY_NAME = 'activity-kit';

let policy: HtmlPolicy | undefined;
let isPolicySought = false;

/**
 * Hands the kit a Trusted Types policy, for pages whose header does not let it make its own, called `activity-kit`. It is only
 * asked for what the sanitiser is about to parse in an inert document; nothing else of the kit needs one.
 */
export function useTrustedTypesPolicy(given: HtmlPolicy | undefined): void {
  policy = given;
  isPolicySought = given !== undefined;
}

function policyInForce(): HtmlPolicy | undefined {
  if (isPolicySought) return policy;
  isPolicySought = true;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  try {
    policy = trustedTypes?.createPolicy(POLICY_NAME, {
      createHTML: (html) => html,
      createScriptURL: (url) => {
        throw new TypeError(`activity-kit loads no script (${url})`);
      },
    });
  } catch {
    // The header does not name it, or another copy of the kit has it. Then HTML is shown as plain text.
  }
  return policy;
}

type TrustedTypesPolicy = NonNullable<Config['TRUSTED_TYPES_POLICY']>;

let purifier: DOMPurify | undefined;
let loading: Promise<DOMPurify> | undefined;

/** Whether HTML can be sanitised at once. */
export function isSanitizerReady(): boolean {
  return purifier !== undefined;
}

/** Loads the sanitiser; a load that failed is tried again by the next call. */
export async function loadSanitizer(): Promise<void> {
  // An instance of our own: the page's hooks and settings are for its own texts.
  loading ??= import('dompurify').then(({ default: library }) => library(window));
  try {
    purifier = await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

const TAGS = (
  'a abbr address b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption ' +
  'figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strike strong sub summary sup ' +
  'table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ');

/** None that CSS, scripts or ids could be brought in with, and none that loads: `src` of images is dealt with by `clean`. */
const ATTRIBUTES = (
  'abbr align alt cellpadding cellspacing colspan datetime dir headers height href lang reversed rowspan scope span src start ' +
  'title valign width'
).split(' ');

type Rules = Config & { RETURN_DOM_FRAGMENT: true };

const RULES: Rules = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // What stands in these is no text for people.
  FORBID_CONTENTS: [
    'audio',
    'colgroup',
    'head',
    'iframe',
    'math',
    'noembed',
    'noframes',
    'noscript',
    'object',
    'plaintext',
    'script',
    'style',
    'svg',
    'template',
    'textarea',
    'title',
    'video',
    'xmp',
  ],
};

let rules = RULES;

/** The same object as long as the policy is the same: the sanitiser reads a new one anew, which takes longer than a short text. */
function rulesUnder(inForce: HtmlPolicy | undefined): Rules {
  const current = inForce as TrustedTypesPolicy | undefined;
  if (rules.TRUSTED_TYPES_POLICY !== current) {
    rules = { ...RULES, ...(current && { TRUSTED_TYPES_POLICY: current }) };
  }
  return rules;
}

/** Pictures that come with the text and ask nobody for anything. */
const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=\s]*$/i;
const LINK = /^(?:https?:|mailto:|tel:)/i;

export interface Sanitized {
  readonly fragment: DocumentFragment;
  /** Pictures of other sites were left out: fetching them would tell their owner that the text was read. */
  readonly blocked: number;
}

/** Longer than this, in characters, HTML is not parsed but shown as plain text: a mail is never that long by honest means. */
export const MAX_HTML = 2_000_000;

/**
 * HTML without what could run, load or disguise itself. Undefined where the sanitiser cannot work: it is not loaded yet, the page's
 * Trusted Types let it not, or nothing came of what was not empty.
 */
export function sanitize(html: string, { images = false } = {}): Sanitized | undefined {
  if (!purifier || html.length > MAX_HTML) return undefined;
  const inForce = policyInForce();
  try {
    // It stays in the inert document it was parsed in until `clean` is done: nothing of it loads.
    const fragment: DocumentFragment | null = purifier.sanitize(html, rulesUnder(inForce));
    if (!fragment) return undefined;
    const blocked = clean(fragment, images);
    // Without leave to parse, the sanitiser silently answers nothing.
    if (fragment.childNodes.length === 0 && html.trim() !== '' && blocked === 0) return undefined;
    return { fragment, blocked };
  } catch {
    return undefined;
  }
}

/**
 * The same as HTML again, for what is stored: pictures of other sites stay in it, and are shown to nobody who does not ask for them.
 * Undefined where the sanitiser cannot work.
 */
export function sanitizedHtml(html: string): string | undefined {
  if (html.trim() === '') return '';
  const result = sanitize(html, { images: true });
  if (!result) return undefined;
  const { fragment } = result;
  const container = (fragment.ownerDocument ?? document).createElement('div');
  container.append(fragment);
  return container.innerHTML;
}

/** Links open elsewhere and tell nothing; pictures of other sites wait for leave. Answers how many of those there are. */
function clean(fragment: DocumentFragment, images: boolean): number {
  for (const link of fragment.querySelectorAll('[href]')) {
    if (link.localName !== 'a' || !LINK.test(link.getAttribute('href') ?? '')) {
      link.removeAttribute('href');
      continue;
    }
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
    link.setAttribute('referrerpolicy', 'no-referrer');
  }
  let blocked = 0;
  for (const source of fragment.querySelectorAll('[src]')) {
    const address = source.getAttribute('src') ?? '';
    const isImage = source.localName === 'img';
    if (isImage && INLINE_IMAGE.test(address)) continue;
    if (isImage && /^https?:\/\//i.test(address)) {
      if (images) {
        source.setAttribute('referrerpolicy', 'no-referrer');
        source.setAttribute('loading', 'lazy');
        continue;
      }
      blocked += 1;
    }
    const alt = source.getAttribute('alt')?.trim();
    source.replaceWith(...(alt ? [alt] : []));
  }
  return blocked;
}
