import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'; // prettier-ignore
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';

const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, '.cache/odata');
/** Whatever is compiled and filled in comes from here, or from the packages in the lock file. */
const SOURCES = ['demo/odata', 'demo/data', 'src'];
const DAY = 24 * 60 * 60_000;

/** The file that keeps what a start with these settings has prepared: another one as soon as one of the sources differs. */
export function keptFile(settings) {
  const hash = createHash('sha256').update(JSON.stringify([process.version, settings]));
  for (const source of SOURCES) {
    for (const file of filesIn(path.join(root, source)))
      hash.update(file).update(readFileSync(file));
  }
  return path.join(folder, hash.digest('hex').slice(0, 32));
}

function filesIn(place) {
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(place, entry.name);
    // Or a link to them, which is no directory.
    if (entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesIn(inside) : [inside];
  });
}

/** What is kept there; undefined where nothing is, or nothing that can be read. */
export function readKept(file) {
  try {
    return deserialize(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** Keeps it for the next start, and lets go of what was kept on other days. */
export function writeKept(file, content) {
  try {
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder).map((name) => path.join(folder, name))) {
      if (statSync(old).mtimeMs < Date.now() - DAY) rmSync(old, { force: true });
    }
    // Another server may start at the same time: it finds all of it or nothing.
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, serialize(content));
    renameSync(whole, file);
  } catch {
    // Where nothing can be written, the next start takes as long as this one.
  }
}
