import type { ActivityPatch } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { toPlainText } from '../../model/plain-text.js';
import { loadSanitizer, sanitizedHtml } from '../../ui/sanitize.js';

/**
 * A draft or patch as it is stored: its HTML without what could run or disguise itself, whatever editor it came from. Where HTML
 * cannot be sanitised, its words are stored. `before`: the format of a description that is not told by the patch itself.
 */
export async function withCleanBodies<P extends ActivityPatch>(
  patch: P,
  type: ActivityType,
  before: 'text' | 'html' | undefined,
): Promise<P> {
  const { description, fields } = patch;
  const format = patch.descriptionFormat ?? before ?? 'text';
  const markup = type.fields.filter(({ name, kind }) => {
    const value = fields?.[name];
    return kind === 'html' && typeof value === 'string' && value !== '';
  });
  const isHtml = typeof description === 'string' && format === 'html';
  if (isHtml || markup.length > 0) await loadSanitizer().catch(() => undefined);
  const clean: Partial<Record<keyof ActivityPatch, unknown>> = {};
  if (isHtml) {
    const html = sanitizedHtml(description);
    clean.description = html ?? toPlainText(description, 'html');
    clean.descriptionFormat = html === undefined ? 'text' : 'html';
  } else if (typeof description === 'string' && type.body === 'html') {
    // Said, because whoever stores it would take it for HTML otherwise.
    clean.descriptionFormat = 'text';
  }
  if (markup.length > 0) {
    clean.fields = {
      ...fields,
      ...Object.fromEntries(
        markup.map(({ name }) => {
          const value = fields?.[name] as string;
          return [name, sanitizedHtml(value) ?? toPlainText(value, 'html')];
        }),
      ),
    };
  }
  return { ...patch, ...clean };
}
