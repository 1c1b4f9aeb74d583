// @types/sortablejs describes only the build with every plug-in; the core build has the same class.
declare module 'sortablejs/modular/sortable.core.esm.js' {
  export { default, type SortableEvent, type Options } from 'sortablejs';
}
