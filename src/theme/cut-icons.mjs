// Writes icons.ts: the paths of the icons below, cut from Fluent's set.
//   node src/theme/cut-icons.mjs
// The set (20,000 files) is fetched into a temporary folder each time, so that nobody who installs the kit has to.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const from = '@fluentui/svg-icons';
const version = '1.1.343';

/** The kit's name → Fluent's, in 20 × 20, regular unless it ends in `:filled`. */
const icons = {
  // Kinds of activity
  task: 'clipboard_task',
  phonecall: 'call',
  email: 'mail',
  appointment: 'calendar_ltr',
  letter: 'mail_read',
  fax: 'fax',
  note: 'note',
  unknown: 'question_circle',

  // Kinds of record
  account: 'building',
  contact: 'person',
  lead: 'person_available',
  opportunity: 'money',
  user: 'person',
  team: 'people_team',
  record: 'document',

  // Acts
  complete: 'checkmark_circle',
  'complete-filled': 'checkmark_circle:filled',
  cancel: 'dismiss',
  close: 'dismiss',
  delete: 'delete',
  assign: 'person_arrow_right',
  edit: 'edit',
  add: 'add',
  search: 'search',
  filter: 'filter',
  sort: 'arrow_sort',
  'sort-up': 'arrow_up',
  'sort-down': 'arrow_down',
  more: 'more_horizontal',
  undo: 'arrow_undo',
  redo: 'arrow_redo',
  refresh: 'arrow_clockwise',
  copy: 'copy',
  save: 'save',
  send: 'send',
  reply: 'arrow_reply',
  'reply-all': 'arrow_reply_all',
  forward: 'arrow_forward',
  attach: 'attach',
  download: 'arrow_download',
  pin: 'pin',
  'pin-filled': 'pin:filled',
  unpin: 'pin_off',
  link: 'link',
  open: 'open',
  collapse: 'subtract',
  snooze: 'alert_snooze',
  settings: 'settings',
  columns: 'column_triple',
  group: 'group_list',
  drag: 're_order_dots_vertical',
  check: 'checkmark',
  bold: 'text_bold',
  italic: 'text_italic',
  underline: 'text_underline',
  heading: 'text_header_2',
  bullets: 'text_bullet_list_ltr',
  numbers: 'text_number_list_ltr',
  quote: 'text_quote',
  mic: 'mic',
  sparkle: 'sparkle',

  // Ways
  'chevron-down': 'chevron_down',
  'chevron-up': 'chevron_up',
  'chevron-left': 'chevron_left',
  'chevron-right': 'chevron_right',
  grid: 'text_bullet_list_ltr',
  calendar: 'calendar_ltr',
  kanban: 'board',
  timeline: 'history',
  today: 'calendar_today',
  panel: 'panel_right',

  // States and facts
  lock: 'lock_closed',
  clock: 'clock',
  repeat: 'arrow_repeat_all',
  location: 'location',
  video: 'video',
  file: 'document',
  image: 'image',
  star: 'star',
  'star-filled': 'star:filled',
  warning: 'warning',
  error: 'error_circle',
  info: 'info',
  denied: 'shield_lock',
  offline: 'cloud_off',
  saving: 'arrow_sync',
  hidden: 'eye_off',
  'priority-high': 'important',
  'priority-low': 'arrow_down',
  'person-empty': 'person',
};

const folder = mkdtempSync(path.join(tmpdir(), 'cut-icons-'));
try {
  const options = ['--no-save', '--ignore-scripts', '--prefix', folder];
  execFileSync('npm', ['install', ...options, `${from}@${version}`], { stdio: 'inherit' });
  const lines = Object.entries(icons).map(([name, file]) => {
    const [base, style = 'regular'] = file.split(':');
    const svg = path.join(folder, 'node_modules', from, 'icons', `${base}_20_${style}.svg`);
    const paths = [...readFileSync(svg, 'utf8').matchAll(/<path d="([^"]+)"/g)];
    return `  '${name}': '${paths.map(([, d]) => d).join('')}',`;
  });
  const file = path.join(import.meta.dirname, 'icons.ts');
  writeFileSync(
    file,
    `// Written by cut-icons.mjs; do not edit.
//
// The paths are of ${from} ${version} (https://github.com/microsoft/fluentui-system-icons):
// MIT License, Copyright (c) 2020 Microsoft Corporation. Permission is hereby granted, free of charge, to any person
// obtaining a copy of this software and associated documentation files, to deal in the Software without restriction,
// including the rights to use, copy, modify, merge, publish, distribute, sublicense and sell copies, provided that this
// notice is included in all copies or substantial portions. The Software is provided "as is", without warranty of any kind.

/** Icons by name, each the \`d\` of a path in a box of 20 × 20. */
export const icons = {
${lines.join('\n')}
} as const;

/** A name of the kit's icon set. */
export type IconName = keyof typeof icons;
`,
  );
  execFileSync('npx', ['oxfmt', file], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
