// The package as its users get it: packed, installed into an empty project, and used there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import nodeResolve from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { publint } from 'publint';
import { rollup } from 'rollup';
import { collectErrors, launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { serveFolder } from '../support/static-server.mjs';

const project = mkdtempSync(path.join(tmpdir(), 'activity-kit-package-'));
const installed = path.join(project, 'node_modules/activity-kit');
/** What is loaded in the browser. */
const pages = path.join(project, 'pages');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const entries = Object.keys(manifest.exports).map((entry) => entry.replace(/^\./, 'activity-kit'));
const modules = entries.filter((entry) => !entry.endsWith('.json'));
const tags = entries.flatMap(
  (entry) => entry.match(/^activity-kit\/(activity-[\w-]+)\.js$/)?.[1] ?? [],
);
/** These register what they are made of, too. */
const composites = ['activity-workspace', 'activity-form'];

/** Runs a command; what it printed is the error when it fails. */
function run(command, args, cwd = project) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
}

/**
 * An empty project that asks for the packed package, and a lock file with what comes along with it: the versions of the repository's own,
 * which npm knows already, without what only its development needs.
 */
function writeProject(tarball) {
  const asked = `file:${tarball}`;
  const user = { private: true, type: 'module', dependencies: { 'activity-kit': asked } };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(user));
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { version, dependencies } = manifest;
  const lock = {
    lockfileVersion: 3,
    packages: {
      ...Object.fromEntries(Object.entries(packages).filter(([, { dev }]) => !dev)),
      '': user,
      'node_modules/activity-kit': { version, resolved: asked, dependencies },
    },
  };
  writeFileSync(path.join(project, 'package-lock.json'), JSON.stringify(lock));
}

let tarball;
let browser;
let server;

before(async () => {
  // Not the whole build: the manifest is in the repository and has its own check.
  run('npm', ['run', 'build:modules'], root);
  run('npm', ['run', 'build:cdn'], root);
  run('npm', ['pack', '--ignore-scripts', `--pack-destination=${project}`], root);
  tarball = readdirSync(project).find((file) => file.endsWith('.tgz'));
  writeProject(tarball);
  run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']);
  mkdirSync(pages);
  browser = await launchChromium();
  server = await serveFolder(project);
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(project, { recursive: true, force: true });
});

describe('in plain Node, without a DOM', () => {
  for (const entry of modules) {
    test(`${entry} can be imported`, () => {
      run(process.execPath, ['--input-type=module', '--eval', `await import('${entry}')`]);
    });
  }
  for (const entry of entries.filter((name) => name.endsWith('.json'))) {
    test(`${entry} is there`, () => {
      const load = `import it from '${entry}' with { type: 'json' }; if (!it) throw new Error()`;
      run(process.execPath, ['--no-warnings', '--input-type=module', '--eval', load]);
    });
  }
});

describe('its shape', () => {
  test('publint finds nothing', async () => {
    // What is installed is what was packed: to pack it once more would only start npm again.
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    assert.deepEqual(messages, []);
  });

  test('its types resolve for ES modules', () => {
    const attw = path.join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--format', 'ascii']);
  });

  for (const [module, moduleResolution, compiler] of [
    ['NodeNext', 'NodeNext', 'typescript'],
    ['ESNext', 'Bundler', 'typescript-7'],
  ]) {
    test(`a strict project with ${moduleResolution} resolution compiles against it by ${compiler}`, () => {
      const used = [
        ...modules.map((entry, index) => `import * as m${index} from '${entry}';`),
        `void [${modules.map((_, index) => `m${index}`).join(', ')}];`,
        ...tags.map((tag) => `document.createElement('${tag}').updateComplete.then(() => {});`),
      ];
      writeFileSync(path.join(project, 'user.ts'), used.join('\n'));
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'ES2022', lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
        ...{ strict: true, noEmit: true, types: [] },
      };
      const config = { compilerOptions, files: ['user.ts'] };
      writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(config));
      run(process.execPath, [path.join(root, 'node_modules', compiler, 'bin/tsc')]);
    });
  }

  test('only what is listed registers anything', () => {
    const listed = manifest.sideEffects.filter((glob) => glob.startsWith('./dist/'));
    assert.deepEqual(listed, ['./dist/define/*.js', './dist/cdn.js', './dist/cdn/*.js']);
  });

  test('Lit is not inside the modules', () => {
    const files = readdirSync(path.join(installed, 'dist'), { recursive: true })
      .filter((file) => file.endsWith('.js') && !file.startsWith('cdn'))
      .map((file) => readFileSync(path.join(installed, 'dist', file), 'utf8'));
    assert.ok(files.length > 0);
    assert.ok(!files.some((text) => text.includes('litElementVersions')));
  });
});

/** What users write, by a name for it. */
const usages = {
  ...Object.fromEntries(tags.map((tag) => [tag, `import 'activity-kit/${tag}.js';`])),
  class: `import { ActivityGrid } from 'activity-kit'; globalThis.used = ActivityGrid;`,
  all: `import 'activity-kit/define-all.js';`,
};

/** Bundles all usages, by name: answers the script to load, from `pages`, and the files of which something is in it or in what it loads. */
const bundlers = {
  /** Each by itself, in one file. */
  async esbuild() {
    const bundled = {};
    for (const [name, code] of Object.entries(usages)) {
      const { metafile } = await esbuild({
        stdin: { contents: code, resolveDir: project },
        bundle: true,
        format: 'esm',
        outfile: path.join(pages, `esbuild/${name}.js`),
        metafile: true,
        logLevel: 'silent',
        absWorkingDir: project,
      });
      const [{ inputs }] = Object.values(metafile.outputs);
      const files = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
      bundled[name] = { script: `esbuild/${name}.js`, files };
    }
    return bundled;
  },
  /** As pages of one site, which share chunks: to build each by itself takes ten times as long. */
  async Rollup() {
    const folder = path.join(project, 'usages');
    mkdirSync(folder);
    const input = Object.keys(usages).map((name) => path.join(folder, `${name}.js`));
    for (const file of input) writeFileSync(file, usages[path.basename(file, '.js')]);
    const bundle = await rollup({
      input,
      plugins: [nodeResolve({ browser: true })],
      onwarn: () => {},
    });
    const { output } = await bundle.write({ format: 'es', dir: path.join(pages, 'rollup') });
    const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
    const filesOf = (fileName, seen) => {
      const chunk = chunks.get(fileName);
      if (!chunk || seen.has(fileName)) return [];
      seen.add(fileName);
      const { modules, imports, dynamicImports } = chunk;
      const own = Object.keys(modules).filter((file) => modules[file].renderedLength > 0);
      const loaded = [...imports, ...dynamicImports];
      return [...own, ...loaded.flatMap((name) => filesOf(name, seen))];
    };
    return Object.fromEntries(
      Object.keys(usages).map((name) => [
        name,
        { script: `rollup/${name}.js`, files: filesOf(`${name}.js`, new Set()) },
      ]),
    );
  },
};

/** The elements whose sources are among these files. */
function elementsIn(files) {
  const folders = files.map((file) => /dist\/elements\/(activity-[\w-]+)\//.exec(file)?.[1]);
  return [...new Set(folders.filter(Boolean))];
}

/** Loads a script into an empty page of its own and tells which of the kit's tags are then registered. */
async function tagsAfter(script) {
  writeFileSync(
    path.join(pages, 'index.html'),
    `<!doctype html><title>Empty</title><script type="module" src="${script}"></script>`,
  );
  const page = await browser.newPage();
  const errors = collectErrors(page);
  await page.goto(`${server.url}/pages/index.html`);
  const registered = await page.evaluate(
    (all) => all.filter((tag) => customElements.get(tag)),
    tags,
  );
  await page.close();
  assert.deepEqual(errors, []);
  return registered;
}

for (const [name, bundle] of Object.entries(bundlers)) {
  describe(`bundled by ${name}`, () => {
    let bundled;
    before(async () => {
      bundled = await bundle();
    });

    for (const tag of tags) {
      test(`${tag}.js brings and registers ${tag}`, async () => {
        const { script, files } = bundled[tag];
        const registered = await tagsAfter(script);
        if (composites.includes(tag)) {
          assert.ok(registered.includes(tag));
        } else {
          assert.deepEqual(elementsIn(files), [tag]);
          assert.deepEqual(registered, [tag]);
        }
      });
    }

    test('a class brings its element only, and registers nothing', async () => {
      const { script, files } = bundled.class;
      assert.deepEqual(elementsIn(files), ['activity-grid']);
      assert.deepEqual(await tagsAfter(script), []);
    });

    test('define-all.js registers all', async () => {
      assert.deepEqual(await tagsAfter(bundled.all.script), tags);
    });
  });
}

describe('the CDN file in a plain page', () => {
  test('registers all elements, exports what the package does, and shows an element', async () => {
    writeFileSync(
      path.join(pages, 'cdn.html'),
      `<!doctype html><title>CDN</title><activity-grid></activity-grid>
       <script type="module" src="/node_modules/activity-kit/dist/cdn/activity-kit.js"></script>`,
    );
    const page = await browser.newPage();
    const errors = collectErrors(page);
    const requests = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/pages/cdn.html`);
    const seen = await page.evaluate(async (all) => {
      const kit = await import('/node_modules/activity-kit/dist/cdn/activity-kit.js');
      const grid = document.querySelector('activity-grid');
      await grid.updateComplete;
      return {
        registered: all.filter((tag) => customElements.get(tag)),
        isExported: grid instanceof kit.ActivityGrid,
        isShown: grid.shadowRoot.childElementCount > 0,
      };
    }, tags);
    await page.close();
    assert.deepEqual(errors, []);
    assert.deepEqual(seen, { registered: tags, isExported: true, isShown: true });
    const scripts = requests.filter((request) => request.endsWith('.js'));
    assert.deepEqual(scripts, ['/node_modules/activity-kit/dist/cdn/activity-kit.js']);
  });
});
