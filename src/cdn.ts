/** Everything in one file: registers every element, speaks Traditional Chinese too, and exports what a page without a build needs. */
import { registerMessages } from './i18n/locale.js';
import { zhTW } from './i18n/zh-TW.js';
import './define/define-all.js';

export * from './index.js';
export { createIndexedDbProvider } from './provider/indexeddb/indexeddb-provider.js';
export { createMemoryProvider } from './provider/memory/memory-provider.js';
export { createODataProvider } from './provider/odata/odata-provider.js';

registerMessages('zh-TW', zhTW);
