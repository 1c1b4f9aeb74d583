// The house's rules are only worth something if they fire: each is shown a piece that breaks it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { root } from './support/install.mjs';

/** What a house with these files and nothing else is told of each, as `rule: message`, by file. */
function complaintsIn(files) {
  const folder = mkdtempSync(path.join(tmpdir(), 'activity-kit-house-'));
  try {
    for (const file of ['.oxlintrc.json', 'test/support/house-rules.mjs']) {
      cpSync(path.join(root, file), path.join(folder, file));
    }
    const compilerOptions = { strict: true, target: 'ES2022', types: [] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), code);
    }
    const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [oxlint, '--format=json', ...Object.keys(files)],
      {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          OXLINT_TSGOLINT_PATH: path.join(root, 'node_modules/.bin/tsgolint'),
        },
      },
    );
    const found = Object.fromEntries(Object.keys(files).map((file) => [file, []]));
    assert.match(stdout, /"diagnostics"/, `${stdout}${stderr}`);
    for (const { filename, code, message, help, labels } of JSON.parse(stdout).diagnostics) {
      const rule = /\((.*)\)/.exec(code)?.[1];
      const plugin = /^[\w-]+/.exec(code)?.[0];
      const line = labels[0]?.span.line;
      found[filename].push({ line, text: `${plugin}/${rule}: ${message} ${help ?? ''}` });
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is said of each piece, a house for as many as share no file. */
function complaintsOf(pieces) {
  const houses = [];
  for (const [file, code] of pieces) {
    let house = houses.find((files) => !(file in files));
    if (!house) houses.push((house = {}));
    house[file] = code;
  }
  const found = houses.map((files) => [files, complaintsIn(files)]);
  return pieces.map(([file, code]) => {
    const [, complaints] = found.find(([files]) => files[file] === code);
    // What a piece declares is used by nobody.
    return complaints[file]
      .map(({ text }) => text)
      .filter((text) => !text.startsWith('eslint/no-unused-vars'));
  });
}

const broken = [
  ['src/model/a.ts', "import '../store/b.js';", /house\/rooms.*below/],
  ['src/model/a/b.ts', "export * from '../../elements/activity-grid/c.js';", /house\/rooms.*below/],
  ['src/provider/memory/a.ts', "export type A = import('../../ui/b.js').B;", /house\/rooms.*below/],
  ['src/ui/a.ts', "await import('../elements/base/b.js');", /house\/rooms.*below/],
  ['src/i18n/a.ts', "export { b } from '../theme/b.js';", /house\/rooms.*below/],
  [
    'src/elements/activity-grid/a.ts',
    "import '../activity-form/b.js';",
    /house\/rooms.*by its tag/,
  ],
  ['src/elements/base/a.ts', "import '../activity-form/b.js';", /house\/rooms.*by its tag/],
  ['src/index.ts', "import './define/activity-grid.js';", /house\/rooms.*register/],
  ['src/model/a.ts', "import '../index.js';", /house\/rooms.*below/],
  ['src/index.ts', "import './helpers/a.js';", /house\/rooms.*no room/],
  ['src/helpers/a.ts', 'export const a = 1;', /house\/rooms.*no room/],
  ['src/ui/a.ts', "import '../../demo/a.js';", /house\/rooms.*outside/],
  ['src/store/a.ts', "import { html } from 'lit';", /house\/rooms.*without Lit/],
  ['src/store/a.ts', "import { repeat } from 'lit/directives/repeat.js';", /without Lit/],
  ['src/provider/a.ts', "import { createContext } from '@lit/context';", /without Lit/],
  ['src/store/a.ts', 'export const a = document.title;', /no-restricted-globals/],
  ['src/model/a.ts', 'export const a = new Date();', /house\/no-own-clock.*clock/],
  ['src/ui/a.ts', 'export const a = Date.now();', /house\/no-own-clock.*clock/],
  ['src/model/a.ts', 'export default 1;', /house\/no-default-export/],
  ['src/model/a.ts', 'export enum A { B }', /house\/no-enum/],
  ['src/model/a.ts', 'export const a = (b: any) => b;', /no-explicit-any/],
  ['src/model/a.ts', 'export const a = (b?: string) => b!.length;', /no-non-null-assertion/],
  [
    'src/ui/a.ts',
    'export const a = html`<p style="top: ${b}">`;',
    /house\/no-style-attribute.*CSP/,
  ],
  ['stories/a.ts', 'export const a = html`<p style="top: 0">`;', /house\/no-style-attribute.*CSP/],
  [
    'src/ui/a.ts',
    "import { unsafeHTML } from 'lit/directives/unsafe-html.js';",
    /no-restricted-imports/,
  ],
  [
    'src/ui/a.ts',
    "import { unsafeSVG } from 'lit/directives/unsafe-svg.js';",
    /no-restricted-imports/,
  ],
  [
    'src/ui/a.ts',
    "import { styleMap } from 'lit/directives/style-map.js';",
    /no-restricted-imports/,
  ],
  ['test/a.test.ts', 'expect(1).to.be.accessible();', /house\/await-audits.*Await/],
  ['test/a.mjs', 'page.waitForFunction(async () => true);', /house\/no-async-wait.*Playwright/],
];

const sound = [
  ['src/store/a.ts', "import '../provider/memory/memory-provider.js';"],
  ['src/store/clock.ts', 'export const now = () => Date.now();'],
  ['src/model/a.ts', 'export const a = new Date(0);'],
  ['src/elements/activity-grid/a.ts', "import '../base/b.js'; import './c.js';"],
  ['src/elements/activity-grid/a.ts', "import { html } from 'lit'; import '../../ui/b.js';"],
  [
    'src/define/activity-form.ts',
    "import './activity-grid.js'; await import('./activity-grid.js');",
  ],
  ['src/index.ts', "export { a } from './elements/activity-grid/a.js';"],
  ['src/ui/a.ts', 'export const a = html`<p class="style">`;'],
];

const found = complaintsOf([...broken, ...sound]);

for (const [index, [file, code, expected]] of broken.entries()) {
  test(`${file} may not say: ${code}`, () => {
    const complaints = found[index];
    assert.ok(
      complaints.some((complaint) => expected.test(complaint)),
      `Expected ${expected}, found ${JSON.stringify(complaints)}`,
    );
  });
}

for (const [index, [file, code]] of sound.entries()) {
  test(`${file} may say: ${code}`, () => {
    assert.deepEqual(found[broken.length + index], []);
  });
}

test('no promise may be forgotten, taken for a value, or awaited where there is none', () => {
  const lines = [
    'declare function later(): Promise<void>;',
    'export async function a(): Promise<void> {',
    '  later();',
    '  if (later()) return;',
    '  await 1;',
    '  [1].forEach(async () => later());',
    '  await later();',
    '}',
  ];
  const complaints = complaintsIn({ 'a.ts': lines.join('\n') })['a.ts'];
  assert.deepEqual(complaints.map(({ line, text }) => `${line} ${text.split(':')[0]}`).sort(), [
    '3 typescript/no-floating-promises',
    '4 typescript/no-misused-promises',
    '5 typescript/await-thenable',
  ]);
});

/** Loaded by `import()` when they are needed, so that a page that needs none of them pays for none. */
const HEAVY = [
  'chrono-node',
  'dompurify',
  'papaparse',
  'rrule-temporal',
  'sortablejs',
  'write-excel-file',
];

test('what is heavy comes with none of the elements, but when it is needed', async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/define/define-all.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const { outputs } = metafile;
  const [entry] = Object.keys(outputs).filter((name) =>
    outputs[name].entryPoint?.endsWith('-all.ts'),
  );
  const eager = new Set();
  const follow = (name) => {
    if (eager.has(name)) return;
    eager.add(name);
    for (const { path: imported, kind } of outputs[name].imports) {
      if (kind === 'import-statement') follow(imported);
    }
  };
  follow(entry);
  const inputs = [...eager].flatMap((name) => Object.keys(outputs[name].inputs));
  const packages = inputs.flatMap(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
  );
  assert.ok(packages.includes('lit'));
  assert.deepEqual(
    HEAVY.filter((name) => packages.includes(name)),
    [],
  );
});
