// The house's rules are only worth something if they fire: each is shown a piece that breaks it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ESLint } from 'eslint';
import { root } from './support/install.mjs';

const eslint = new ESLint({
  cwd: root,
  overrideConfig: { rules: { '@typescript-eslint/no-unused-vars': 'off' } },
});

/** The rules that a piece of code in that file breaks, with what they say. */
async function complaints(file, code) {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${file}` });
  return result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
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
  ['src/model/a.ts', 'export const a = new Date();', /no-restricted-syntax.*clock/],
  ['src/ui/a.ts', 'export const a = Date.now();', /no-restricted-syntax.*clock/],
  ['src/model/a.ts', 'export default 1;', /no-restricted-syntax/],
  ['src/model/a.ts', 'export enum A { B }', /no-restricted-syntax/],
  ['src/model/a.ts', 'export const a = (b: any) => b;', /no-explicit-any/],
  ['src/model/a.ts', 'export const a = (b?: string) => b!.length;', /no-non-null-assertion/],
  ['src/ui/a.ts', 'export const a = html`<p style="top: ${b}">`;', /no-restricted-syntax.*CSP/],
  ['stories/a.ts', 'export const a = html`<p style="top: 0">`;', /no-restricted-syntax.*CSP/],
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
];

for (const [file, code, expected] of broken) {
  test(`${file} may not say: ${code}`, async () => {
    const found = await complaints(file, code);
    assert.ok(
      found.some((complaint) => expected.test(complaint)),
      `Expected ${expected}, found ${JSON.stringify(found)}`,
    );
  });
}

const sound = [
  ['src/store/a.ts', "import '../provider/memory/memory-provider.js';"],
  ['src/store/clock.ts', 'export const now = () => Date.now();'],
  ['src/model/a.ts', 'export const a = new Date(0);'],
  ['src/elements/activity-grid/a.ts', "import '../base/b.js'; import './c.js';"],
  ['src/elements/activity-grid/a.ts', "import { html } from 'lit'; import '../../ui/b.js';"],
  ['src/define/activity-form.ts', "import './activity-grid.js'; import('./activity-grid.js');"],
  ['src/index.ts', "export { a } from './elements/activity-grid/a.js';"],
  ['src/ui/a.ts', 'export const a = html`<p class="style">`;'],
];

for (const [file, code] of sound) {
  test(`${file} may say: ${code}`, async () => {
    assert.deepEqual(await complaints(file, code), []);
  });
}

test('no promise may be forgotten, taken for a value, or awaited where there is none', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'activity-kit-house-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  const compilerOptions = { strict: true, target: 'ES2022', types: [] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
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
  writeFileSync(path.join(folder, 'a.ts'), lines.join('\n'));
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=unix'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      OXLINT_TSGOLINT_PATH: path.join(root, 'node_modules/.bin/tsgolint'),
    },
  });
  const found = [...stdout.matchAll(/^a\.ts:(\d+):.*\((.*)\)\]$/gm)];
  assert.deepEqual(found.map(([, line, rule]) => `${line} ${rule}`).sort(), [
    '3 no-floating-promises',
    '4 no-misused-promises',
    '5 await-thenable',
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
