import type { Contestant } from './data.js';

const STEPS = 60;

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves when what was left to do of the act before is done: two frames in time, and then an idle moment. */
async function atRest(): Promise<void> {
  let before = await frame();
  for (let inTime = 0; inTime < 2;) {
    const now = await frame();
    inTime = now - before < 17.7 ? inTime + 1 : 0;
    before = now;
  }
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}

/** How long until it is painted, in ms. */
async function painted(act: () => unknown, isThere: () => boolean): Promise<number> {
  const from = performance.now();
  await act();
  for (let tries = 0; tries < 1200; tries++) {
    await frame();
    if (isThere()) {
      // In the frame after the next callback it has been painted.
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - from;
    }
  }
  return Number.NaN;
}

function countNodes(root: ParentNode): number {
  let count = 0;
  for (const element of root.querySelectorAll('*')) {
    count += 1;
    if (element.shadowRoot) count += countNodes(element.shadowRoot);
  }
  return count;
}

async function scrollThrough(contestant: Contestant) {
  const scroller = contestant.scroller();
  if (!scroller) throw new Error('nothing scrolls');
  const end = scroller.scrollHeight - scroller.clientHeight;
  const from = performance.now();
  let [late, stuck, blank] = [0, 0, 0];
  let before = await frame();
  for (let step = 1; step <= STEPS; step++) {
    scroller.scrollTop = (end * step) / STEPS;
    const now = await frame();
    if (now - before > 17.7) late += 1;
    if (now - before > 50) stuck += 1;
    before = now;
    // What was painted in this frame, whoever drew it before whom.
    await new Promise((resolve) => setTimeout(resolve));
    const seen = contestant.subjects();
    if (seen.length === 0 || seen.includes('')) blank += 1;
  }
  const took = performance.now() - from;
  await painted(
    () => undefined,
    () => {
      const seen = contestant.subjects();
      return seen.length > 5 && !seen.includes('');
    },
  );
  return { took, settled: performance.now() - from, late, stuck, blank };
}

/** All lines of one contestant at one number of rows. */
export async function measure(contestant: Contestant, count: number) {
  const place = document.createElement('div');
  place.style.blockSize = '100vh';
  document.body.append(place);
  const seen = (): string => contestant.subjects().join('|');
  const isFull = (): boolean => {
    const subjects = contestant.subjects();
    return subjects.length > 5 && !subjects.includes('');
  };
  contestant.prepare(count);
  await atRest();
  const from = performance.now();
  const first = await painted(() => contestant.mount(place, count), isFull);
  await atRest();
  const rest = performance.now() - from;
  const nodes = countNodes(place);
  const update = await painted(
    () => contestant.update('Changed by the benchmark'),
    () => contestant.subjects().includes('Changed by the benchmark'),
  );
  await atRest();
  const scroll = await scrollThrough(contestant);
  const most = countNodes(place);
  const scroller = contestant.scroller();
  if (scroller) scroller.scrollTop = 0;
  await painted(() => undefined, isFull);
  await atRest();
  const before = seen();
  const sort = await painted(
    () => contestant.sort(),
    () => isFull() && seen() !== before,
  );
  await atRest();
  const sorted = seen();
  const filter = await painted(
    () => contestant.filter(),
    () => isFull() && seen() !== sorted && contestant.subjects().every((one) => one.includes('7')),
  );
  return { first, rest, update, ...scroll, sort, filter, nodes: Math.max(nodes, most) };
}

/** Selects and completes a thousand, on a page of its own. */
export async function measureComplete(contestant: Contestant) {
  const place = document.createElement('div');
  place.style.blockSize = '100vh';
  document.body.append(place);
  contestant.prepare(1000);
  await painted(
    () => contestant.mount(place, 1000),
    () => contestant.subjects().length > 5,
  );
  await atRest();
  return painted(
    () => contestant.completeAll(),
    () => true,
  );
}
