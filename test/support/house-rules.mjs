// The house's own rules, as a plug-in of oxlint (.oxlintrc.json).
import path from 'node:path';

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

const src = path.join(import.meta.dirname, '../../src');

/** Reports imports that go down the house, from one element into another, or into what registers. */
const roomsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unknown:
        '"{{room}}" is no room of src/; the rooms are listed in test/support/house-rules.mjs.',
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

/** Reports what matches a selector: the same for what stands in one line each. */
const noSyntax = (description, selectors) => ({
  meta: { type: 'problem', schema: [], docs: { description } },
  create: (context) =>
    Object.fromEntries(
      Object.entries(selectors).map(([selector, message]) => [
        selector,
        (node) => context.report({ node, message }),
      ]),
    ),
});

const CLOCK = 'Take the time from the clock that is passed in (src/store/clock.ts).';

export default {
  meta: { name: 'house' },
  rules: {
    rooms: roomsRule,
    'no-style-attribute': noSyntax('Templates keep to a strict policy', {
      'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle=/]':
        'A strict CSP blocks style attributes: set geometry through CSSOM.',
    }),
    'no-enum': noSyntax('No enums', {
      TSEnumDeclaration: 'Write a union of strings instead.',
    }),
    'no-default-export': noSyntax('No default exports', {
      ExportDefaultDeclaration: 'A named export keeps one name everywhere.',
    }),
    'no-own-clock': noSyntax('One clock', {
      "NewExpression[callee.name='Date'][arguments.length=0]": CLOCK,
      "CallExpression[callee.name='Date']": CLOCK,
      "MemberExpression[object.name='Date'][property.name='now']": CLOCK,
    }),
    'await-audits': noSyntax('Audits are awaited', {
      "ExpressionStatement > CallExpression[callee.property.name='accessible']":
        'Await it: an audit nobody waits for cannot fail.',
    }),
    'no-async-wait': noSyntax('Playwright waits for no promise', {
      "CallExpression[callee.property.name='waitForFunction'] > :function[async=true]":
        'Playwright takes its promise for true: use untilAnswered of test/support.',
    }),
  },
};
