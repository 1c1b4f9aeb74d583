import path from 'node:path';
import js from '@eslint/js';
import globals from 'globals';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import ts from 'typescript-eslint';

/**
 * The rooms of src/, from the foundation up. A room may import from itself and from the rooms above
 * it in this list, never from one below. Whoever adds a room adds it here.
 */
const rooms = [
  'model',
  'provider',
  'store',
  'events',
  'i18n',
  'theme',
  'ui',
  'elements',
  'define',
  'testing',
  'index.ts',
  'cdn.ts',
];

/** Rooms that run anywhere JavaScript does: no Lit, nothing that a worker has not. */
const pureRooms = ['model', 'provider', 'store'];

const src = path.join(import.meta.dirname, 'src');

/** Reports imports that go down the house, from one element into another, or into what registers. */
const roomsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unknown: '"{{room}}" is no room of src/; the rooms are listed in eslint.config.js.',
      down: '"{{from}}" may import only from the rooms above it, and "{{to}}" is below.',
      sideways: 'Element "{{from}}" may not import from element "{{to}}": use it by its tag.',
      registers: 'Only define/ and cdn.ts may import from define/: all else must register nothing.',
      outside: 'src/ may not import from outside src/ by path.',
      lit: '"{{from}}" must run without Lit.',
    },
  },
  create(context) {
    const [from, fromElement] = path.relative(src, context.filename).split(path.sep);
    const level = rooms.indexOf(from);

    function check(node) {
      if (node?.type !== 'Literal' || typeof node.value !== 'string') return;
      const specifier = node.value;
      const report = (messageId, data) => context.report({ node, messageId, data });

      if (!specifier.startsWith('.')) {
        if (pureRooms.includes(from) && /^(@?lit\b|@lit\/|@lit-labs\/)/.test(specifier)) {
          report('lit', { from });
        }
        return;
      }
      const target = path.relative(src, path.resolve(path.dirname(context.filename), specifier));
      const [room, toElement] = target.replace(/^index\.js$/, 'index.ts').split(path.sep);
      const to = rooms.indexOf(room);

      if (room === '..') report('outside');
      else if (to < 0) report('unknown', { room });
      else if (to > level) report('down', { from, to: room });
      else if (room === 'define' && from !== 'define' && from !== 'cdn.ts') report('registers');
      else if (
        from === 'elements' &&
        room === 'elements' &&
        toElement !== fromElement &&
        toElement !== 'base'
      ) {
        report('sideways', { from: fromElement, to: toElement });
      }
    }

    return {
      Program(node) {
        if (level < 0) context.report({ node, messageId: 'unknown', data: { room: from } });
      },
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
    };
  },
};

const noStyleAttribute = {
  selector:
    'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle=/]',
  message: 'A strict CSP blocks style attributes: set geometry through CSSOM.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Write a union of strings instead.' };
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'A named export keeps one name everywhere.',
};
const noOwnClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time from the clock that is passed in (src/store/clock.ts).',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Take the time from the clock that is passed in (src/store/clock.ts).',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Take the time from the clock that is passed in (src/store/clock.ts).',
  },
];

const bannedDirectives = {
  patterns: [
    {
      regex: '/directives/(unsafe-html|unsafe-svg|unsafe-mathml)(\\.js)?$',
      message: 'Nothing from data reaches the DOM as HTML: insert a sanitised fragment.',
    },
    {
      regex: '/directives/style-map(\\.js)?$',
      message: 'Its first render writes a style attribute, which a strict CSP blocks.',
    },
  ],
};

/** What a window has and a worker has not. */
const windowGlobals = [
  'window',
  'document',
  'customElements',
  'localStorage',
  'sessionStorage',
  'history',
  'HTMLElement',
  'Element',
  'Node',
  'Document',
  'ShadowRoot',
  'DocumentFragment',
  'MutationObserver',
  'ResizeObserver',
  'IntersectionObserver',
  'getComputedStyle',
  'matchMedia',
  'requestAnimationFrame',
  'DOMParser',
];

// Rules that ask for types stand in .oxlintrc.json.
export default ts.config(
  { ignores: ['dist', '.cache', '**/node_modules', 'demo/odata/gen'] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-restricted-imports': ['error', bannedDirectives],
      'no-restricted-syntax': ['error', noStyleAttribute, noEnum],
    },
  },
  {
    files: ['src/**/*.ts', 'stories/**/*.ts', 'demo/**/*.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    languageOptions: { globals: globals.browser },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/recommended'].rules,
      ...litA11y.configs.recommended.rules,
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { rooms: roomsRule } } },
    rules: {
      'house/rooms': 'error',
      'no-console': ['error', { allow: ['warn'] }],
      'no-restricted-syntax': ['error', noStyleAttribute, noEnum, noDefaultExport, ...noOwnClock],
    },
  },
  {
    // The one place that asks the machine for the time.
    files: ['src/store/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', noStyleAttribute, noEnum, noDefaultExport] },
  },
  {
    files: pureRooms.map((room) => `src/${room}/**/*.ts`),
    rules: { 'no-restricted-globals': ['error', ...windowGlobals] },
  },
  {
    // Chai asserts by reading a property.
    files: ['test/**/*.ts'],
    languageOptions: { globals: { ...globals.browser, ...globals.mocha } },
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-syntax': [
        'error',
        noEnum,
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='accessible']",
          message: 'Await it: an audit nobody waits for cannot fail.',
        },
      ],
    },
  },
  {
    files: ['demo/**/*.{js,mjs}', 'test/**/*.{js,mjs}'],
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='waitForFunction'] > :function[async=true]",
          message: 'Playwright takes its promise for true: use untilAnswered of test/support.',
        },
      ],
    },
  },
);
