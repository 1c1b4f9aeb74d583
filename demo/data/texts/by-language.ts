import { ar } from './ar.js';
import { de } from './de.js';
import { el } from './el.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { he } from './he.js';
import { ja } from './ja.js';
import { ko } from './ko.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import type { Language, Texts } from './texts.js';
import { zh } from './zh.js';

export const textsByLanguage: Readonly<Record<Language, Texts>> = {
  ar,
  de,
  el,
  en,
  es,
  fr,
  he,
  ja,
  ko,
  nl,
  pl,
  zh,
};
