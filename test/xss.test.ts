import { expect, fixture, html } from '@open-wc/testing';
import { render } from 'lit';
import '../src/define/define-all.js';
import '../src/define/editor.js';
import type { Activity, Party, RecordRef } from '../src/model/activity.js';
import type { ActivityEditor } from '../src/elements/activity-editor/activity-editor.js';
import { richText } from '../src/ui/rich-text.js';
import { loadSanitizer } from '../src/ui/sanitize.js';
import { activity, clock, memory, TIME_ZONE } from './support/fixtures.js';
import { waitUntil } from './support/until.js';

/*
 * The public collections of XSS payloads (test/corpora/README.md), in every place where a text of a record is shown. What runs
 * calls a canary; what loads from elsewhere is reported by the page's policy; what loads from here is not found, which fails the run.
 */

const PER_TEXT = 100;
/**
 * Where each text opens a form anew, which takes longer than what is in it. There only one is laid out: to measure every text in each
 * of a form's places takes longer than all else, and what is laid out alone can load or run is no text, but an element.
 */
const PER_FORM = 400;

let payloads: readonly string[] = [];
let calls: string[] = [];
let requests: string[] = [];

async function loadPayloads(): Promise<readonly string[]> {
  const answer = await fetch('/test/corpora/xss-payloads.json.gz');
  const packed = (await answer.blob()).stream();
  const text = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
  return JSON.parse(text) as string[];
}

function watch(): void {
  const names = [
    'alert',
    'confirm',
    'prompt',
    'print',
    'open',
    'javascript',
    'xss',
    'log',
  ] as const;
  for (const name of names) {
    Object.assign(window, {
      [name]: (...args: unknown[]) => calls.push(`${name} ${String(args)}`),
    });
  }
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = [
    "img-src 'self' data:",
    // Chromium asks the policy for media in a document that is only parsed, too; from data nothing is fetched.
    "media-src 'self' data:",
    "frame-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  ].join('; ');
  document.head.append(policy);
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
    requests.push(`${effectiveDirective} ${blockedURI}`),
  );
}

/** What starts does so at once or with the next tasks; a frame and a task later it has. */
async function settled(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve));
}

const POKES = [
  'click',
  'mouseover',
  'mouseenter',
  'pointerenter',
  'focus',
  'blur',
  'load',
  'error',
];
const MORE_POKES = [
  'toggle',
  'animationstart',
  'transitionend',
  'scroll',
  'wheel',
  'begin',
  'copy',
];

/** Made once: an event can be sent again once it has been. */
const EVENTS = [...POKES, ...MORE_POKES].map((name) => new Event(name, { cancelable: true }));

/** Whatever listens to one of these is called. */
function poke(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'button') continue;
    for (const event of EVENTS) element.dispatchEvent(event);
  }
}

const LINK = /^(?:https?:|mailto:|tel:)/i;

/** What is in an element of the kit is only what the kit itself puts there. */
function expectHarmless(root: ParentNode): void {
  const bringsMore = root.querySelectorAll('script, link, meta, base, iframe, object, embed');
  expect(bringsMore).to.have.length(0);
  const attributes = [...root.querySelectorAll('*')].flatMap(({ attributes: own }) => [...own]);
  expect(attributes.filter(({ name }) => /^(on|srcdoc$)/i.test(name))).to.deep.equal([]);
  const styles = attributes.filter(({ name }) => name === 'style').map(({ value }) => value);
  expect(styles.filter((style) => /url\(|image\(|expression|@import/i.test(style))).to.deep.equal(
    [],
  );
  const links = attributes.filter(({ name }) => /^(?:xlink:)?href$|^action$/i.test(name));
  expect(links.map(({ value }) => value).filter((link) => !LINK.test(link))).to.deep.equal([]);
}

const chunks = (perText = PER_TEXT): string[] => {
  const texts: string[] = [];
  for (let at = 0; at < payloads.length; at += perText) {
    // In one line: of a subject, only the first is shown.
    texts.push(
      payloads
        .slice(at, at + perText)
        .join(' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );
  }
  return texts;
};

function hostile(text: string, index: number): Activity {
  const day = String((index % 28) + 1).padStart(2, '0');
  const record = (kind: string): RecordRef => ({ kind, id: `${kind}-${index}`, name: text });
  const party = (role: string): Party => ({ role, record: record('contact') });
  const type = ['email', 'appointment', 'phonecall', 'task', 'note'][index % 5] ?? 'task';
  return activity({
    id: `hostile-${index}`,
    type,
    subject: text,
    description: text,
    descriptionFormat: index % 2 === 0 ? 'html' : 'text',
    state: type === 'note' ? null : type === 'appointment' ? 'scheduled' : 'open',
    statusReason: text.slice(0, 800),
    owner: record('user'),
    regarding: record('account'),
    via: [{ by: 'rollup', record: record('account') }],
    createdBy: record('user'),
    modifiedBy: record('user'),
    parties: [party('to'), party('from'), { role: 'cc', address: text, name: text }],
    fields: { location: text, phoneNumber: text, direction: text },
    attachments: [{ id: 'a', name: text.slice(0, 1200), mediaType: text.slice(0, 50), bytes: 3 }],
    ...(type === 'appointment'
      ? { start: `2026-11-${day}T09:00:00Z`, end: `2026-11-${day}T10:00:00Z` }
      : { due: `2026-11-${day}T15:30:00Z` }),
  });
}

describe('hostile texts', function () {
  this.timeout(120_000);

  before(async () => {
    payloads = await loadPayloads();
    watch();
    await loadSanitizer();
  });

  beforeEach(() => {
    calls = [];
    requests = [];
  });

  it('are many', () => {
    expect(new Set(payloads).size).to.be.greaterThan(7500);
  });

  it('would be seen to run and to load, were they let', async () => {
    const container = await fixture<HTMLElement>(html`<div></div>`);
    container.innerHTML =
      '<img src="data:image/png,none" onerror="alert(1)"><img src="https://xss.invalid/a.png">';
    await waitUntil(() => calls.length > 0 && requests.length > 0, 'the canary is called');
    expect(calls[0]).to.equal('alert 1');
    expect(requests[0]).to.contain('xss.invalid');
  });

  it('as HTML run nothing and load nothing', async () => {
    const container = await fixture<HTMLElement>(html`<div></div>`);
    for (let at = 0; at < payloads.length; at += 500) {
      render(
        payloads
          .slice(at, at + 500)
          .map(
            (text) => html`<div ${richText(text, { format: 'html', showImages: 'Show' })}></div>`,
          ),
        container,
      );
      poke(container);
      await settled();
      const elements = [...container.querySelectorAll('*')];
      expect(
        container.querySelectorAll(
          'script, style, link, meta, base, iframe, object, embed, svg, math, form, input, video, audio, template',
        ),
      ).to.have.length(0);
      const attributes = elements.flatMap((element) => [...element.attributes]);
      expect(attributes.filter(({ name }) => /^(on|style$|id$|srcdoc$)/i.test(name))).to.deep.equal(
        [],
      );
      const links = attributes.filter(({ name }) => name === 'href').map(({ value }) => value);
      expect(links.filter((link) => !LINK.test(link))).to.deep.equal([]);
      expect({ calls, requests }).to.deep.equal({ calls: [], requests: [] });
    }
  });

  it('leave a text of words never empty', () => {
    const container = document.createElement('div');
    for (const text of payloads.slice(0, 2000)) {
      render(html`<div ${richText(`Call Ana ${text}`, { format: 'html' })}></div>`, container);
      expect(container.textContent).to.contain('Call Ana');
    }
  });

  for (const tag of ['grid', 'calendar', 'kanban', 'timeline'] as const) {
    it(`in activity-${tag} run nothing and load nothing`, async () => {
      const texts = chunks();
      const provider = memory(texts.map(hostile));
      const element = document.createElement(`activity-${tag}`);
      Object.assign(element, { provider, clock, timeZone: TIME_ZONE, locale: 'en' });
      if (tag === 'calendar') Object.assign(element, { view: 'month', date: '2026-11-23' });
      element.style.height = '600px';
      (await fixture<HTMLElement>(html`<div></div>`)).append(element);
      const root = (): ShadowRoot | null => element.shadowRoot;
      const begins = texts.map((text) => text.slice(0, 20));
      const isShown = (): boolean =>
        begins.some((begin) => root()?.textContent?.includes(begin) ?? false);
      await waitUntil(isShown, `${tag} shows them`, { timeout: 60_000 });
      if (root()) expectHarmless(root() as ShadowRoot);
      if (root()) poke(root() as ShadowRoot);
      await settled();
      expect({ calls, requests }).to.deep.equal({ calls: [], requests: [] });
    });
  }

  it('in activity-form run nothing and load nothing', async () => {
    const texts = chunks(PER_FORM);
    const provider = memory(texts.map(hostile));
    const container = await fixture<HTMLElement>(html`
      <div hidden>
        <activity-form
          mode="inline"
          .provider=${provider}
          .clock=${clock}
          locale="en"
          time-zone=${TIME_ZONE}
        ></activity-form>
      </div>
    `);
    const form = container.querySelector('activity-form');
    if (!form) throw new Error('no form');
    const root = (): ShadowRoot | null => form.shadowRoot;
    const check = (): void => {
      if (root()) expectHarmless(root() as ShadowRoot);
      if (root()) poke(root() as ShadowRoot);
    };
    for (const [index, text] of texts.entries()) {
      form.activityId = `hostile-${index}`;
      const begin = text.slice(0, 20);
      await waitUntil(
        () => root()?.querySelector('h2')?.textContent?.includes(begin),
        `the form shows ${index}`,
        { timeout: 20_000 },
      );
      check();
    }
    container.hidden = false;
    await settled();
    check();
    await settled();
    expect({ calls, requests }).to.deep.equal({ calls: [], requests: [] });
  });

  it('in activity-editor run nothing and load nothing', async () => {
    const editor = await fixture<ActivityEditor>(
      html`<activity-editor locale="en"></activity-editor>`,
    );
    const box = (): Element | null | undefined =>
      editor.shadowRoot?.querySelector('[role=textbox]');
    await waitUntil(() => box());
    for (const [index, text] of chunks().entries()) {
      editor.value = `<p>Text ${index}.</p>${text}`;
      await waitUntil(() => box()?.textContent?.includes(`Text ${index}.`), `text ${index}`);
      expectHarmless(box() as Element);
      poke(box() as Element);
    }
    await settled();
    expect(
      editor.shadowRoot?.querySelectorAll('script, iframe, object, embed, form'),
    ).to.have.length(0);
    expect({ calls, requests }).to.deep.equal({ calls: [], requests: [] });
  });

  it('in activity-quick-create run nothing and load nothing', async () => {
    const texts = chunks(PER_FORM);
    const provider = memory([]);
    for (const [index, text] of texts.entries()) {
      const { id: _id, version: _version, ...draft } = hostile(text, index);
      const container = await fixture<HTMLElement>(html`
        <div ?hidden=${index > 0}>
          <activity-quick-create
            .provider=${provider}
            .clock=${clock}
            .draft=${draft}
          ></activity-quick-create>
        </div>
      `);
      const element = container.querySelector('activity-quick-create');
      await waitUntil(() => element?.shadowRoot?.querySelector('.form-field'));
      if (element?.shadowRoot) expectHarmless(element.shadowRoot);
      container.remove();
    }
    await settled();
    expect({ calls, requests }).to.deep.equal({ calls: [], requests: [] });
  });
});
