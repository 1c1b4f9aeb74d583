// custom-elements.json must be what the sources say now, and say all there is: every public property,
// attribute, event, slot, part, custom property and state of every element, each with a word on what
// it is.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './support/install.mjs';

const fresh = '.cache/manifest';
run(process.execPath, [
  'node_modules/@custom-elements-manifest/analyzer/cem.js',
  'analyze',
  '--config',
  '.cem.config.mjs',
  '--outdir',
  fresh,
]);
const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const manifest = read(`${fresh}/custom-elements.json`);

const problems = [];
let checked = 0;
/** One thing that must hold; counted, so that an empty manifest does not pass for a good one. */
function check(holds, problem) {
  checked += 1;
  if (!holds) problems.push(problem);
}

check(
  JSON.stringify(manifest) === JSON.stringify(read('custom-elements.json')),
  'custom-elements.json is stale: run npm run build:manifest',
);

/** The text of all sources in a folder of src/. */
function textOf(folder) {
  return readdirSync(path.join(root, 'src', folder), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(root, 'src', folder, file), 'utf8'))
    .join('\n');
}

const eventNames = Object.fromEntries(
  [...textOf('events').matchAll(/class (\w+)(?:(?!class \w)[\s\S])*?eventName = '([\w-]+)'/g)].map(
    ([, name, event]) => [name, event],
  ),
);

/** The events that a text fires itself. */
const firedIn = (text) =>
  [...text.matchAll(/new (Activity\w+Event)\(/g)].map(([, name]) => eventNames[name]);

/** What each method of the elements' requests fires: elements ask through these. */
const requestEvents = Object.fromEntries(
  textOf('elements/base')
    .split(/^ {2}(?=(?:async )?[a-z]\w*\()/m)
    .map((method) => [/^(?:async )?(\w+)\(/.exec(method)?.[1], firedIn(method)])
    .filter(([name, events]) => name && events.length),
);

/**
 * What the sources in an element's folder show that they have, as far as literals tell. Parts that come
 * from ui/ are seen only when they are drawn; the stories' check compares those.
 */
function surfaceOf(text) {
  const names = (pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
  return {
    cssParts: names(/\spart="([^"$]*)"/g).flatMap((parts) => parts.split(/\s+/)),
    slots: names(/<slot(?:\s[^>]*?name="([^"$]*)")?[^>]*>/g).map((name) => name ?? ''),
    cssProperties: names(/var\(\s*(--activity-[\w-]+)/g),
    cssStates: names(/:state\(([\w-]+)\)/g),
    events: [
      ...firedIn(text),
      ...names(/\brequests\.(\w+)\(/g).flatMap((method) => requestEvents[method] ?? []),
    ],
  };
}

const labels = {
  cssParts: '@csspart',
  slots: '@slot',
  cssProperties: '@cssprop',
  cssStates: '@cssstate',
  events: '@fires',
};

const elements = manifest.modules.flatMap(({ path: file, declarations = [] }) =>
  declarations.filter(({ tagName }) => tagName).map((element) => ({ file, element })),
);

for (const { file, element } of elements) {
  const tag = element.tagName;
  check(element.description, `<${tag}> does not say what it is`);

  for (const member of element.members ?? []) {
    if (member.privacy === 'private' || member.privacy === 'protected' || member.static) continue;
    if (member.name.startsWith('#') || member.name.startsWith('_')) continue;
    check(member.description, `<${tag}> ${member.kind} ${member.name} has no description`);
    if (member.kind === 'field') {
      check(member.type?.text, `<${tag}> field ${member.name} has no type`);
    }
  }
  for (const attribute of element.attributes ?? []) {
    check(attribute.description, `<${tag}> attribute ${attribute.name} has no description`);
  }

  const surface = surfaceOf(textOf(path.dirname(path.relative('src', file))));
  for (const [kind, label] of Object.entries(labels)) {
    const documented = element[kind] ?? [];
    for (const { name, description } of documented) {
      check(description, `<${tag}> ${label} ${name} has no description`);
    }
    for (const name of new Set(surface[kind])) {
      check(
        documented.some((entry) => entry.name === name),
        `<${tag}> has ${label} ${name || '(default)'}, and its JSDoc does not say so`,
      );
    }
  }
}

const tags = elements.map(({ element }) => element.tagName);
for (const folder of readdirSync(path.join(root, 'src/elements'))) {
  if (folder === 'base') continue;
  check(tags.includes(folder), `src/elements/${folder} has no element in the manifest`);
}

for (const problem of problems) console.log(`✗ ${problem}`);
console.log(`${checked - problems.length} passed, ${problems.length} failed`);
process.exitCode = problems.length ? 1 : 0;
