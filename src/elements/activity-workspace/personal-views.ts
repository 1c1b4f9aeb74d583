import { isObject, sameJson, type Json } from '../../model/json.js';
import { filtersOf, toFilters, type WorkspaceFilters } from './workspace-state.js';

/** A view that a user saved under a name. */
export interface PersonalView {
  readonly id: string;
  readonly name: string;
  readonly filters: WorkspaceFilters;
}

/** What was kept, as far as it is views. */
export function toPersonalViews(kept: unknown): readonly PersonalView[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((one: unknown) => {
    if (!isObject(one)) return [];
    const { id, name } = one;
    const filters = toFilters(one['filters']);
    return typeof id === 'string' && typeof name === 'string' && filters
      ? [{ id, name, filters }]
      : [];
  });
}

export function toJson(views: readonly PersonalView[]): Json {
  return JSON.parse(JSON.stringify(views)) as Json;
}

/** The view of this name, whatever its case and however its accents are written: two that look the same could not be told apart. */
export function viewNamed(views: readonly PersonalView[], name: string): PersonalView | undefined {
  const looks = (text: string): string => text.trim().toLocaleLowerCase().normalize();
  return views.find((view) => looks(view.name) === looks(name));
}

/** With this view in place of the one with its id or its name, or at the end. */
export function withView(
  views: readonly PersonalView[],
  view: PersonalView,
): readonly PersonalView[] {
  const named = viewNamed(views, view.name);
  const others = views.filter(({ id }) => id !== view.id && id !== named?.id);
  const at = views.findIndex(({ id }) => id === view.id || id === named?.id);
  return at < 0 ? [...others, view] : [...others.slice(0, at), view, ...others.slice(at)];
}

/** With this view again, behind those that stood ahead of it. Where its name was given to another meanwhile, it gets a number. */
export function withViewBehind(
  views: readonly PersonalView[],
  view: PersonalView,
  ahead: readonly PersonalView[],
): readonly PersonalView[] {
  const others = views.filter(({ id }) => id !== view.id);
  const at = others.findLastIndex(({ id }) => ahead.some((one) => one.id === id)) + 1;
  let { name } = view;
  for (let number = 2; viewNamed(others, name); number += 1) name = `${view.name} (${number})`;
  return [...others.slice(0, at), { ...view, name }, ...others.slice(at)];
}

export function hasChanged(view: PersonalView, filters: WorkspaceFilters): boolean {
  return !sameJson(filtersOf(view.filters), filtersOf(filters));
}
