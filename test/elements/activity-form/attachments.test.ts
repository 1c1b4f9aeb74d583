import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/activity-quick-create.js';
import type { ActivityForm } from '../../../src/elements/activity-form/activity-form.js';
import type { ActivityQuickCreate } from '../../../src/elements/activity-quick-create/activity-quick-create.js';
import type { Activity } from '../../../src/model/activity.js';
import type { Capabilities } from '../../../src/provider/capabilities.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { activity, cecil, inContext, memory } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { Heard } from '../../support/heard.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

type Files = NonNullable<ActivityDataProvider['attachments']>;

const email = (more: Partial<Activity> = {}): Activity =>
  activity({ type: 'email', subject: 'Quote v2', statusReason: 'draft', ...more });

const text = (name: string, content = 'words', type = 'text/plain'): File =>
  new File([content], name, { type });

/** A red picture. */
async function pictureOf(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('nothing can be drawn');
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, width, height);
  return canvas.convertToBlob();
}

/** A form or a pane with files, as a user has it. */
class FilesPage<Element extends ActivityForm | ActivityQuickCreate> extends FormPage<Element> {
  /** What is said of each file. */
  get files(): string[] {
    return this.all('.attachment').map((row) =>
      [...row.querySelectorAll('.attachment-name, .attachment-facts, .field-error')]
        .map(textOf)
        .join(' | '),
    );
  }

  file(name: string): HTMLElement {
    const found = this.all('.attachment').find(
      (row) => textOf(row.querySelector('.attachment-name')) === name,
    );
    if (!found) throw new Error(`no file ${name}`);
    return found;
  }

  /** Chooses files, as in the browser's own dialog. */
  async attach(...files: readonly File[]): Promise<void> {
    const input = this.root.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('nothing can be attached');
    input.files = transfer(files).files;
    input.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }
}

function transfer(files: readonly File[], words?: string): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  if (words !== undefined) data.setData('text/plain', words);
  return data;
}

async function form(
  row: Activity,
  provider: ActivityDataProvider = memory([row]),
): Promise<FilesPage<ActivityForm>> {
  const context = await inContext(
    provider,
    html`<activity-form mode="dialog" .activityId=${row.id} open></activity-form>`,
  );
  const element = context.querySelector('activity-form');
  if (!element) throw new Error('no form');
  const page = new FilesPage(element);
  await page.isReady();
  return page;
}

async function pane(provider: ActivityDataProvider): Promise<FilesPage<ActivityQuickCreate>> {
  const context = await inContext(
    provider,
    html`<activity-quick-create
      mode="dialog"
      open
      .draft=${{ type: 'email', regarding: cecil }}
    ></activity-quick-create>`,
  );
  const element = context.querySelector('activity-quick-create');
  if (!element) throw new Error('no quick create');
  const page = new FilesPage(element);
  await waitUntil(() => page.all('.attachments').length > 0, 'files can be attached');
  return page;
}

/** The memory provider, but for what is said of its files. */
function withFiles(
  rows: readonly Activity[],
  files: Partial<Files> = {},
  limits?: Capabilities['attachments'],
): ActivityDataProvider & { readonly attachments: Files } {
  const provider = memory(rows);
  return {
    ...provider,
    attachments: { ...provider.attachments, ...files },
    ...(limits && {
      capabilities: async (call) => ({
        ...(await provider.capabilities(call)),
        attachments: limits,
      }),
    }),
  };
}

/** Fails as often as is said, then works. */
function failing(times: number, rows: readonly Activity[]): ReturnType<typeof withFiles> {
  const inner = memory(rows);
  let left = times;
  const upload: Files['upload'] = (...args) => {
    left -= 1;
    return left >= 0 ? Promise.reject(failure('network')) : inner.attachments.upload(...args);
  };
  return { ...inner, attachments: { ...inner.attachments, upload } };
}

const listed = async (provider: ActivityDataProvider, id: string): Promise<string[]> =>
  ((await provider.attachments?.list(id, CALL)) ?? []).map(({ name }) => name);

describe('the files of an activity', () => {
  it('are listed with size and type, and downloaded as bytes and no more', async () => {
    const row = email();
    const provider = memory([row]);
    const page = text('page.html', '<script>alert(1)</script>', 'text/html');
    await provider.attachments.upload(row.id, page, { ...CALL, idempotencyKey: '1' });
    const view = await form(row, provider);
    await waitUntil(() => view.files.length === 1);
    expect(view.files[0]).to.match(/^page\.html \| 25 byte · HTML$/);
    let link: HTMLAnchorElement | undefined;
    const seen = (one: HTMLAnchorElement): void => void (link = one);
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      seen(this);
    };
    try {
      view.button('page.html').click();
      await waitUntil(() => link !== undefined, 'a download begins');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(link?.download).to.equal('page.html');
    const saved = await (await fetch(link?.href ?? '')).blob();
    expect(saved.type).to.equal('application/octet-stream');
    expect(await saved.text()).to.equal('<script>alert(1)</script>');
    await view.isStill();
    await expect(view.element).to.be.accessible();
  });

  it('are attached at once, several together, and say so', async () => {
    const row = email();
    const provider = memory([row]);
    const view = await form(row, provider);
    const heard = new Heard(view.element.closest('activity-context')?.shadowRoot);
    await view.attach(text('a.txt'), text('b.pdf'));
    await waitUntil(() => view.all('.attachment.attached').length === 2);
    expect(await listed(provider, row.id)).to.have.members(['a.txt', 'b.pdf']);
    await heard.says((said) => said.includes('Attached: a.txt'), 'it is read out');
  });

  it('come by drop and by paste, but a text that is pasted with its picture is a text', async () => {
    const row = email();
    const provider = memory([row]);
    const view = await form(row, provider);
    const body = view.root.querySelector('.form');
    const over = new DragEvent('dragover', {
      bubbles: true,
      composed: true,
      cancelable: true,
      dataTransfer: transfer([text('a.txt')]),
    });
    body?.dispatchEvent(over);
    expect(over.defaultPrevented).to.equal(true);
    await view.element.updateComplete;
    expect(view.all('.attachments.target')).to.have.length(1);
    const drop = new DragEvent('drop', {
      bubbles: true,
      composed: true,
      cancelable: true,
      dataTransfer: transfer([text('a.txt')]),
    });
    body?.dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(true);
    const paste = (files: readonly File[], words?: string): void => {
      const event = new ClipboardEvent('paste', {
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      // Firefox gives a made event a clipboard of its own.
      Object.defineProperty(event, 'clipboardData', { value: transfer(files, words) });
      body?.dispatchEvent(event);
    };
    paste([text('shot.png', 'x', 'image/png')]);
    paste([text('word.png', 'x', 'image/png')], 'some words');
    await waitUntil(() => view.all('.attachment.attached').length === 2);
    expect(view.all('.attachments.target')).to.have.length(0);
    expect(await listed(provider, row.id)).to.have.members(['a.txt', 'shot.png']);
  });

  it('that are not taken are told before anything is sent', async () => {
    const row = email();
    let uploads = 0;
    const upload: Files['upload'] = () => {
      uploads += 1;
      return Promise.reject(failure('server'));
    };
    const limits = {
      maxBytes: 8,
      measure: 'base64',
      blockedExtensions: ['exe'],
      mediaTypes: ['text/plain', 'image/*'],
    } as const;
    const view = await form(row, withFiles([row], { upload }, limits));
    await waitUntil(() => view.all('.attachments').length > 0);
    await view.attach(
      text('empty.txt', ''),
      text('over.txt', '1234567'),
      text('invoice.pdf.exe', 'x'),
      text('tool.exe .', 'x'),
      text('page.html', 'x', 'text/html'),
    );
    await waitUntil(() => view.files.length === 5);
    const [empty, over, double, dotted, page] = view.files;
    expect(empty).to.contain('This file is empty (0 bytes)');
    expect(over).to.contain('It has 7 byte; 6 byte are possible.');
    expect(double).to.contain('Files of type .exe are not allowed here.');
    expect(dotted).to.contain('Files of type .exe are not allowed here.');
    expect(page).to.contain('Files of type text/html are not allowed here.');
    expect(uploads).to.equal(0);
    await view.isStill();
    await expect(view.element).to.be.accessible();
    // What is not taken holds nobody up.
    const closed = oneEvent(view.element, 'close');
    view.button('Close').click();
    await closed;
  });

  it('at the limit are taken, as the server counts it', async () => {
    const row = email();
    const provider = withFiles([row], {}, { maxBytes: 8, measure: 'base64' });
    const view = await form(row, provider);
    await waitUntil(() => view.all('.attachments').length > 0);
    expect(textOf(view.root.querySelector('#attachments-hint'))).to.contain('Up to 6 byte each.');
    await view.attach(text('full.txt', '123456'));
    await waitUntil(() => view.all('.attachment.attached').length === 1);
  });

  it('that fail are kept, hold the form open, and are tried again', async () => {
    const row = email();
    const provider = failing(1, [row]);
    const view = await form(row, provider);
    await view.attach(text('a.txt'));
    await waitUntil(() => view.all('.attachment.failed').length === 1);
    expect(view.files[0]).to.contain('no connection');
    view.button('Close').click();
    await waitUntil(() => view.asks, 'it asks before the file is lost');
    view.button('Keep editing').click();
    view.button('Try again').click();
    await waitUntil(() => view.all('.attachment.attached').length === 1);
    expect(await listed(provider, row.id)).to.deep.equal(['a.txt']);
  });

  it('show how far they are, and can be stopped', async () => {
    const row = email();
    let told: ((done: number, total?: number) => void) | undefined;
    let signal: AbortSignal | undefined;
    const upload: Files['upload'] = (_id, _file, options) => {
      told = options.onProgress;
      signal = options.signal;
      return new Promise(() => undefined);
    };
    const view = await form(row, withFiles([row], { upload }));
    await view.attach(text('big.bin'));
    await waitUntil(() => told !== undefined);
    const bar = view.root.querySelector('progress');
    expect(bar?.ariaLabel ?? bar?.getAttribute('aria-label')).to.equal('Sending big.bin');
    expect(bar?.position).to.equal(-1);
    told?.(1, 4);
    await waitUntil(() => bar?.value === 0.25);
    expect(view.files[0]).to.contain('25% sent');
    view.button('Stop sending big.bin').click();
    await waitUntil(() => view.files.length === 0);
    expect(signal?.aborted).to.equal(true);
  });

  it('are removed, and can be brought back until the form is left', async () => {
    const row = email();
    const provider = memory([row]);
    for (const name of ['keep.txt', 'drop.txt']) {
      await provider.attachments.upload(row.id, text(name), { ...CALL, idempotencyKey: name });
    }
    const view = await form(row, provider);
    await waitUntil(() => view.files.length === 2);
    view.button('Remove keep.txt').click();
    await waitUntil(() => view.file('keep.txt').matches('.removed'));
    await view.element.updateComplete;
    expect(view.root.activeElement?.closest('.attachment')).to.equal(view.file('keep.txt'));
    view.button('Undo').click();
    await waitUntil(() => view.file('keep.txt').matches('.attached'));
    view.button('Remove drop.txt').click();
    await waitUntil(() => view.file('drop.txt').matches('.removed'));
    expect(await listed(provider, row.id)).to.have.members(['keep.txt', 'drop.txt']);
    view.button('Close').click();
    await waitUntil(() => !view.isOpen);
    expect(await listed(provider, row.id)).to.deep.equal(['keep.txt']);
  });

  it('that are pictures are looked at without leaving the page; one that is none says so', async () => {
    const row = email();
    const provider = memory([row]);
    const bad = text('bad.png', 'no picture', 'image/png');
    await provider.attachments.upload(row.id, bad, { ...CALL, idempotencyKey: 'p' });
    const drawing = text(
      'drawing.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'image/svg+xml',
    );
    await provider.attachments.upload(row.id, drawing, { ...CALL, idempotencyKey: 's' });
    const good = new File([await pictureOf(3, 2)], 'good.png', { type: 'image/png' });
    await provider.attachments.upload(row.id, good, { ...CALL, idempotencyKey: 'g' });
    const view = await form(row, provider);
    await waitUntil(() => view.files.length === 3);
    expect(view.file('drawing.svg').querySelector('canvas')).to.equal(null);
    view.button('good.png').click();
    const drawn = (): HTMLCanvasElement | null =>
      view.root.querySelector('canvas[role="img"][aria-label="good.png"]');
    await waitUntil(() => drawn()?.width === 3 && drawn()?.height === 2);
    const [red] = drawn()?.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [];
    expect(red).to.equal(255);
    view.button('Close').click();
    await waitUntil(() => view.all('[part~="attachment-preview"]').length === 0);
    view.button('bad.png').click();
    await waitUntil(() => view.all('[part~="attachment-preview"]').length === 1);
    await waitUntil(() =>
      textOf(view.root.querySelector('[part~="attachment-preview"]')).includes(
        'This picture cannot be shown here.',
      ),
    );
  });

  it('can only be looked at where it is closed; a task has none', async () => {
    const row = email({ state: 'completed', statusReason: 'sent' });
    const view = await form(row);
    await waitUntil(() => view.all('.attachments').length > 0);
    expect(view.root.querySelector('input[type=file]')).to.equal(null);
    const task = await form(activity());
    expect(task.all('.attachments')).to.have.length(0);
  });
});

describe('files of what is new', () => {
  it('wait for the save, and then go with it', async () => {
    const provider = memory([]);
    const view = await pane(provider);
    await view.enter('Subject', 'Offer');
    await view.attach(text('offer.pdf'));
    await waitUntil(() => view.files[0]?.includes('sent when you save'), 'the file waits');
    const saved = oneEvent(view.element, 'activity-saved');
    const closed = oneEvent(view.element, 'close');
    view.button('Save and close').click();
    const { detail } = (await saved) as unknown as HTMLElementEventMap['activity-saved'];
    await closed;
    expect(await listed(provider, detail.results[0]?.id ?? '')).to.deep.equal(['offer.pdf']);
  });

  it('that fail are kept; the activity is not created twice', async () => {
    const provider = failing(1, []);
    const view = await pane(provider);
    await view.enter('Subject', 'Offer');
    await view.attach(text('offer.pdf'));
    view.button('Save and close').click();
    await waitUntil(() => view.all('.attachment.failed').length === 1);
    await view.element.updateComplete;
    expect(view.alerts.join()).to.contain('It is saved, but 1 file is not attached yet.');
    expect(view.hasButton('Save and close')).to.equal(false);
    view.button('Close').click();
    await waitUntil(() => view.asks);
    view.button('Keep editing').click();
    const closed = oneEvent(view.element, 'close');
    const again = view
      .all<HTMLButtonElement>('.dialog-footer button')
      .find((one) => textOf(one) === 'Try again');
    again?.click();
    await closed;
    const answer = await provider.query({}, CALL);
    const rows = 'rows' in answer ? answer.rows : answer;
    expect(rows).to.have.length(1);
    expect(await listed(provider, rows[0]?.id ?? '')).to.deep.equal(['offer.pdf']);
  });

  it('hold up a type that takes none, so that none is lost', async () => {
    const provider = memory([]);
    const view = await pane(provider);
    await view.enter('Subject', 'Offer');
    await view.attach(text('offer.pdf'));
    view.button('Change type').click();
    await waitUntil(() => view.all('[role^=menuitem]').length > 0);
    view
      .all('[role^=menuitem]')
      .find((item) => textOf(item) === 'Task')
      ?.click();
    await waitUntil(() => view.title === 'New task');
    view.button('Save and close').click();
    await waitUntil(() => view.alerts.join().includes('Task: no files can be attached.'));
    expect(view.files).to.have.length(1);
    view.button('Remove offer.pdf').click();
    const closed = oneEvent(view.element, 'close');
    view.button('Save and close').click();
    await closed;
  });
});
