import type { TemplateResult } from 'lit';
import type { RecordRef } from '../../model/activity.js';
import { html } from '../../ui/tight-html.js';
import type { ActivityElement } from './activity-element.js';

/** The name of a record, as a link where the host makes one. A record without a name may not be read: words say so, and it is no link. */
export function recordLink(
  host: ActivityElement,
  record: RecordRef,
  { tabIndex = 0, part = 'record' }: { tabIndex?: number; part?: string } = {},
): TemplateResult<1> {
  const name = host.words.recordName(record);
  const href = record.name === undefined ? undefined : host.linkTo({ record });
  return href === undefined
    ? html`<span class="record" part=${part} dir="auto" .textContent=${name}></span>`
    : html`<a class="record" part=${part} href=${href} tabindex=${tabIndex} dir="auto">${name}</a>`;
}
