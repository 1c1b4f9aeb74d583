import { setBlockType, toggleMark, wrapIn, lift } from 'prosemirror-commands';
import type { MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import type { MessageKey } from '../../i18n/messages.js';
import { schema } from './schema.js';

/** One button of the toolbar. */
export interface Tool {
  readonly name: string;
  readonly label: MessageKey;
  readonly icon: string;
  readonly keys?: string;
  isOn(state: EditorState): boolean;
  readonly run: Command;
}

const { marks, nodes } = schema;

function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  return empty
    ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, type);
}

function isIn(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type === type) return true;
  }
  return false;
}

function mark(
  name: 'strong' | 'em' | 'underline',
  label: MessageKey,
  icon: string,
  keys: string,
): Tool {
  const type = marks[name] as MarkType;
  return { name, label, icon, keys, isOn: (state) => hasMark(state, type), run: toggleMark(type) };
}

function list(name: 'bullet_list' | 'ordered_list', label: MessageKey, icon: string): Tool {
  const type = nodes[name] as NodeType;
  const item = nodes['list_item'] as NodeType;
  return {
    name,
    label,
    icon,
    isOn: (state) => isIn(state, type),
    run: (state, dispatch) =>
      isIn(state, type) ? liftListItem(item)(state, dispatch) : wrapInList(type)(state, dispatch),
  };
}

const quote = nodes['blockquote'] as NodeType;
const heading = nodes['heading'] as NodeType;
const paragraph = nodes['paragraph'] as NodeType;

export const tools: readonly Tool[] = [
  mark('strong', 'editor.bold', 'bold', 'Mod-b'),
  mark('em', 'editor.italic', 'italic', 'Mod-i'),
  mark('underline', 'editor.underline', 'underline', 'Mod-u'),
  {
    name: 'heading',
    label: 'editor.heading',
    icon: 'heading',
    isOn: (state) => isIn(state, heading),
    run: (state, dispatch) =>
      isIn(state, heading)
        ? setBlockType(paragraph)(state, dispatch)
        : setBlockType(heading, { level: 3 })(state, dispatch),
  },
  list('bullet_list', 'editor.bullets', 'bullets'),
  list('ordered_list', 'editor.numbers', 'numbers'),
  {
    name: 'blockquote',
    label: 'editor.quote',
    icon: 'quote',
    isOn: (state) => isIn(state, quote),
    run: (state, dispatch) =>
      isIn(state, quote) ? lift(state, dispatch) : wrapIn(quote)(state, dispatch),
  },
];

export const link = marks['link'] as MarkType;

export function isLinked(state: EditorState): boolean {
  return hasMark(state, link);
}
