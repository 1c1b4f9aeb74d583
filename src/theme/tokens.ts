/**
 * Every public token of the kit, as data: the sheet (`tokens.styles.ts`) is made of it, and so are the tables in the docs.
 *
 * A host sets `--activity-<name>` anywhere above an element; left out, the Fluent 2 name counts, then the kit's own value.
 * Inside an element it is read as `var(--_<name>)`, never by its public name.
 */

interface TokenSource {
  /** Fluent 2's name of the custom property that is taken when the host does not set the kit's. */
  readonly fluent?: string;
}

/** A colour for each scheme. */
export interface ColorToken extends TokenSource {
  readonly light: string;
  readonly dark: string;
}

/** A length, time or font; where the densities differ, `value` is the comfortable one. */
export interface SizeToken extends TokenSource {
  readonly value: string;
  readonly compact?: string;
  readonly touch?: string;
}

export type Token = ColorToken | SizeToken;

/** The kinds of activity that have a hue of their own; every other kind brings a colour or is drawn as unknown. */
export const hues = [
  'task',
  'phonecall',
  'email',
  'appointment',
  'note',
  'letter',
  'fax',
  'unknown',
] as const;
export type Hue = (typeof hues)[number];

const color = (light: string, dark: string, fluent?: string): ColorToken => ({
  light,
  dark,
  ...(fluent && { fluent }),
});
const size = (value: string, fluent?: string): SizeToken => ({ value, ...(fluent && { fluent }) });

export const colors = {
  surface: color('#ffffff', '#1f1f1f', 'colorNeutralBackground1'),
  'surface-sunken': color('#f5f5f5', '#161616', 'colorNeutralBackground3'),
  'surface-raised': color('#ffffff', '#292929', 'colorNeutralBackground1'),
  'surface-hover': color('#f5f5f5', '#333333', 'colorNeutralBackground1Hover'),
  'surface-pressed': color('#ebebeb', '#3d3d3d', 'colorNeutralBackground1Pressed'),
  'surface-selected': color('#ebf3fc', '#0f2f4d', 'colorBrandBackground2'),
  'surface-inverse': color('#242424', '#3d3d3d', 'colorNeutralBackgroundInverted'),
  scrim: color('rgb(0 0 0 / 0.4)', 'rgb(0 0 0 / 0.6)', 'colorBackgroundOverlay'),

  text: color('#242424', '#ffffff', 'colorNeutralForeground1'),
  'text-quiet': color('#616161', '#adadad', 'colorNeutralForeground3'),
  'text-disabled': color('#8a8a8a', '#7a7a7a', 'colorNeutralForegroundDisabled'),
  'text-inverse': color('#ffffff', '#ffffff', 'colorNeutralForegroundInverted'),
  'link-inverse': color('#8ec6ff', '#8ec6ff', 'colorBrandForegroundInverted'),

  border: color('#e0e0e0', '#3d3d3d', 'colorNeutralStroke2'),
  'border-control': color('#757575', '#adadad', 'colorNeutralStrokeAccessible'),
  focus: color('#242424', '#ffffff', 'colorStrokeFocus2'),

  brand: color('#0f6cbd', '#1f74c8', 'colorBrandBackground'),
  'brand-hover': color('#115ea3', '#115ea3', 'colorBrandBackgroundHover'),
  'brand-text': color('#0f6cbd', '#62abf5', 'colorBrandForeground1'),
  'on-brand': color('#ffffff', '#ffffff', 'colorNeutralForegroundOnBrand'),

  danger: color('#b10e1c', '#b9232f', 'colorStatusDangerBackground3'),
  'danger-text': color('#b10e1c', '#f37a84', 'colorStatusDangerForeground1'),
  'danger-surface': color('#fdf3f4', '#3b1519', 'colorStatusDangerBackground1'),
  'warning-text': color('#8a3707', '#faa06b', 'colorStatusWarningForeground3'),
  'warning-surface': color('#fff4e5', '#42240d', 'colorStatusWarningBackground1'),
  'success-text': color('#0e700e', '#6fcf6f', 'colorStatusSuccessForeground1'),
  'success-surface': color('#f1faf1', '#10331a', 'colorStatusSuccessBackground1'),

  task: color('#0f6cbd', '#62abf5'),
  'task-soft': color('#e8f2fb', '#10304d'),
  phonecall: color('#0b7a4b', '#5fc99a'),
  'phonecall-soft': color('#e6f5ee', '#0f3526'),
  email: color('#7a55ad', '#b9a0dd'),
  'email-soft': color('#f2edf8', '#2c2340'),
  appointment: color('#b4470f', '#f59d6c'),
  'appointment-soft': color('#fdefe6', '#43230f'),
  note: color('#7a6400', '#e3c95b'),
  'note-soft': color('#fbf5dc', '#383006'),
  letter: color('#00707a', '#5cc5cf'),
  'letter-soft': color('#e2f4f6', '#0a3439'),
  fax: color('#a83279', '#ea92c4'),
  'fax-soft': color('#fae9f3', '#41182f'),
  unknown: color('#616161', '#adadad'),
  'unknown-soft': color('#efefef', '#353535'),

  'face-1': color('#dfe7ef', '#3a4653'),
  'face-1-text': color('#25394d', '#dbe6f1'),
  'face-2': color('#efe3f5', '#463652'),
  'face-2-text': color('#4b2a5f', '#ecdcf7'),
  'face-3': color('#e0f0e6', '#2f4a3a'),
  'face-3-text': color('#1c4a30', '#d8f0e2'),
  'face-4': color('#f7e6dc', '#553a2b'),
  'face-4-text': color('#5c2f16', '#f8e2d4'),
  'face-5': color('#f5ecc8', '#4b431f'),
  'face-5-text': color('#4c4106', '#f4ebc4'),
  'face-6': color('#dcf0f1', '#274a4d'),
  'face-6-text': color('#0c474c', '#d3eff1'),
} as const satisfies Record<string, ColorToken>;

export const sizes = {
  row: { value: '40px', compact: '32px', touch: '52px' },
  control: { value: '32px', compact: '28px', touch: '44px' },
  'control-small': { value: '26px', compact: '24px', touch: '44px' },
  chip: { value: '28px', compact: '24px', touch: '44px' },
  gap: { value: '8px', compact: '4px', touch: '12px' },
  padding: { value: '16px', compact: '12px', touch: '16px' },

  space: size('4px', 'spacingHorizontalXS'),
  radius: size('4px', 'borderRadiusMedium'),
  'radius-large': size('8px', 'borderRadiusXLarge'),
  'radius-round': size('999px', 'borderRadiusCircular'),
  stroke: size('1px', 'strokeWidthThin'),
  'stroke-focus': size('2px', 'strokeWidthThick'),

  font: size(
    "'Segoe UI Variable', 'Segoe UI', 'Open Sans', 'Noto Sans', var(--_font-cjk), system-ui, sans-serif",
    'fontFamilyBase',
  ),
  'font-size': size('14px', 'fontSizeBase300'),
  'line-height': size('20px', 'lineHeightBase300'),
  'font-size-small': size('12px', 'fontSizeBase200'),
  'line-height-small': size('16px', 'lineHeightBase200'),
  'font-size-large': size('16px', 'fontSizeBase400'),
  'line-height-large': size('22px', 'lineHeightBase400'),
  'font-size-title': size('20px', 'fontSizeBase500'),
  'line-height-title': size('28px', 'lineHeightBase500'),
  strong: size('600', 'fontWeightSemibold'),

  shadow: size(
    '0 0 2px light-dark(rgb(0 0 0 / 0.12), rgb(0 0 0 / 0.24)), 0 1px 2px light-dark(rgb(0 0 0 / 0.14), rgb(0 0 0 / 0.28))',
    'shadow2',
  ),
  'shadow-raised': size(
    '0 0 2px light-dark(rgb(0 0 0 / 0.12), rgb(0 0 0 / 0.24)), 0 8px 16px light-dark(rgb(0 0 0 / 0.14), rgb(0 0 0 / 0.28))',
    'shadow16',
  ),

  duration: size('150ms', 'durationFast'),
  'duration-move': size('200ms', 'durationNormal'),
  ease: size('cubic-bezier(0.1, 0.9, 0.2, 1)', 'curveDecelerateMid'),
} as const satisfies Record<string, SizeToken>;
