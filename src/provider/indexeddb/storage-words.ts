/* What a user is told of the browser's storage. A provider speaks the language it is asked in; what it has none for, it says in English. */

export const STORAGE_WORDS = {
  full: 'There is no room left in this browser’s storage. Delete what you no longer need, or export your data and clear other sites’ data.',
  newer: 'Another tab stored data in a newer format: reload this page.',
  invalid: 'This browser’s storage can’t keep this.',
  silent: 'This browser’s storage does not answer.',
  slow: 'This browser’s storage takes too long to answer.',
  blocked: 'Another tab holds an older form of this data: close it, or reload it, and try again.',
  none: 'This browser keeps no data here (a private window, perhaps).',
} as const;

const ZH_TW: { readonly [key in keyof typeof STORAGE_WORDS]: string } = {
  full: '此瀏覽器的儲存空間已滿。請刪除不再需要的資料，或匯出資料並清除其他網站的資料。',
  newer: '另一個分頁以較新的格式儲存了資料：請重新載入此頁面。',
  invalid: '此瀏覽器的儲存空間無法保存這項內容。',
  silent: '此瀏覽器的儲存空間沒有回應。',
  slow: '此瀏覽器的儲存空間回應過慢。',
  blocked: '另一個分頁仍在使用舊格式的資料：請關閉或重新載入該分頁，然後再試一次。',
  none: '此瀏覽器不會在這裡保存資料（可能是無痕視窗）。',
};

/** The same failure in the language of who asked. */
export function inLanguageOf(locale: string, thrown: unknown): unknown {
  if (!/^zh\b/i.test(locale) || !(thrown instanceof Error)) return thrown;
  const found = Object.entries(STORAGE_WORDS).find(([, words]) => words === thrown.message);
  if (found) thrown.message = ZH_TW[found[0] as keyof typeof STORAGE_WORDS];
  return thrown;
}
