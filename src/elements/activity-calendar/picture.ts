import type { Day } from '../../model/time.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { DayNavigation } from './day-navigation.js';
import type { DealsController } from './deals-controller.js';
import type { RoomController } from './room.js';

/** What the parts of a calendar are drawn from, beside its days. */
export interface CalendarPicture {
  readonly host: ActivityElement;
  readonly navigation: DayNavigation;
  readonly room: RoomController;
  readonly deals: DealsController;
  /** Which days are shown, in words. */
  readonly heading: string;
  readonly isLoading: boolean;
  /** They could not be loaded; what is shown is what was there before. */
  readonly isFailed: boolean;
  /** It is certain that nothing stands on them. */
  readonly isEmpty: boolean;
  /** New appointments may be made. */
  readonly canCompose: boolean;
  /** A week shows all that takes whole days, not only the first few. */
  readonly showsAllWholeDay: boolean;
  /** Offers a new appointment: at that minute of the day, else at its next half hour. */
  compose(day: Day, minute?: number): void;
  /** Chooses a day and takes the focus to its list. */
  showList(day: Day): void;
  toggleWholeDay(): void;
}
