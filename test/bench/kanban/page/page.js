// What is measured in the page itself. `?with=` names the board.
const boards = {
  kit: () => import('./kit.ts'),
  floor: () => import('./floor.js'),
  'ej2-kanban': () => import('./syncfusion.js'),
  jkanban: () => import('./jkanban.js'),
  'hello-pangea': () => import('./hello-pangea.js'),
};

const frame = () => new Promise(requestAnimationFrame);
const place = document.querySelector('#place');
const lanes = ['open', 'scheduled', 'completed', 'canceled'];

export function cardsOf(count) {
  return Array.from({ length: count }, (_, index) => ({
    id: `card-${index}`,
    lane: lanes[index % 4],
    subject: `Activity ${index}: call back about the delivery`,
    about: `Customer ${index % 97}`,
    order: index,
  }));
}

/** Milliseconds until what was done is in the page and a frame with it has been drawn. */
async function timed(act, isThere) {
  const start = performance.now();
  await act();
  // The frame before which it is found to be there shows it; with the next one that has been drawn.
  do await frame();
  while (!isThere());
  await frame();
  return performance.now() - start;
}

let board;
let data;
Object.assign(window, {
  async load(name) {
    board = await boards[name]();
    await board.prepare?.();
    await frame();
  },
  /** Cards in the form that the board takes them in. */
  make(count) {
    data = board.dataOf(cardsOf(count));
  },
  paint: () =>
    timed(
      () => board.mount(place, data),
      () => board.find('card-0') !== undefined,
    ),
  /** The uppermost card of the first lane goes to the third. */
  move: () =>
    timed(
      () => board.move('card-4', 'completed'),
      () => board.laneOf('card-4') === 'completed',
    ),
  add: () =>
    timed(
      () => board.add({ ...cardsOf(1)[0], id: 'card-new', subject: 'A new one', order: -1 }),
      () => board.find('card-new') !== undefined,
    ),
  /** Where a card, and the middles of the lanes, are. */
  places() {
    const { left, top, width, height } = board.find('card-8').getBoundingClientRect();
    const middles = lanes.map((lane) => {
      const box = board.lane(lane).getBoundingClientRect();
      return box.left + box.width / 2;
    });
    return { x: left + width / 2, y: top + height - 8, middles };
  },
  /** Counts frames that came late, from now to `stopFrames()`. */
  startFrames() {
    const gaps = [];
    let last = performance.now();
    let isOn = true;
    const tick = (now) => {
      gaps.push(now - last);
      last = now;
      if (isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    window.stopFrames = () => {
      isOn = false;
      return {
        frames: gaps.length,
        // A frame that took more than one and a half is a frame not shown.
        late: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / 16.7) - 1), 0),
      };
    };
  },
});
