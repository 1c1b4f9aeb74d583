import { html as litHtml, type TemplateResult } from 'lit';
import { html } from './tight-html.js';

/** A template that becomes part of the one it is put into. */
class Inlined {
  readonly template: TemplateResult<1>;

  constructor(template: TemplateResult<1>) {
    this.template = template;
  }
}

/**
 * For `flat`: a template that is part of the whole, and no template of its own. Where another structure may stand in that place, the
 * whole is another template, and made anew: so only what has the same structure in nearly all that is drawn.
 */
export function inlined(template: TemplateResult<1>): Inlined {
  return new Inlined(template);
}

/** Templates one behind the other, for `flat`. */
export function inlinedAll(templates: readonly TemplateResult<1>[]): Inlined {
  return inlined(flat(gapsFor(templates.length), ...templates.map(inlined)));
}

const gaps: TemplateStringsArray[] = [];

/** The strings of a template that is nothing but so many values. */
function gapsFor(count: number): TemplateStringsArray {
  const strings = Array.from({ length: count + 1 }, () => '');
  return (gaps[count] ??= Object.assign(strings, { raw: strings }));
}

/**
 * As the kit's tight `html`, but what is put in by `inlined` is part of it: the row of a grid is one template, not one for every
 * icon and word in it, each of which costs as much as the nodes that it makes.
 */
export function flat(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult<1> {
  const outer = html(strings, ...values);
  let made = roots.get(outer.strings);
  if (!made) roots.set(outer.strings, (made = new Made()));
  const all: unknown[] = [];
  for (const value of values) {
    if (value instanceof Inlined) {
      made = made.with(value.template.strings);
      all.push(...value.template.values);
    } else {
      made = made.with(undefined);
      all.push(value);
    }
  }
  made.strings ??= merged(outer.strings, values);
  return litHtml(made.strings, ...all);
}

/** What was made of a template with these others in it, so that it is the same template the next time. */
class Made {
  strings: TemplateStringsArray | undefined;
  readonly #with = new Map<TemplateStringsArray | undefined, Made>();

  with(next: TemplateStringsArray | undefined): Made {
    let made = this.#with.get(next);
    if (!made) this.#with.set(next, (made = new Made()));
    return made;
  }
}

const roots = new WeakMap<TemplateStringsArray, Made>();

function merged(strings: readonly string[], values: readonly unknown[]): TemplateStringsArray {
  const [first = '', ...behind] = strings;
  const all = [first];
  for (const [index, text] of behind.entries()) {
    const value = values[index];
    if (value instanceof Inlined) {
      const [start = '', ...rest] = value.template.strings;
      all[all.length - 1] += start;
      all.push(...rest);
      all[all.length - 1] += text;
    } else all.push(text);
  }
  return Object.assign(all, { raw: all });
}
