import path from 'node:path';
import express from 'express';
import { LOGICAL_NAMES } from './dialect.mjs';
import { loadDemoData } from './demo-data.mjs';
import { allowOtherOrigins, asDataverseTakesIt } from './requests.mjs';
import { asDataverseAnswers } from './answers.mjs';
import { failOnPurpose } from './faults.mjs';
import { addBlocks } from './files.mjs';
import { keptFile, readKept, writeKept } from './kept.mjs';
import { toRows } from './seed.mjs';

const PATH = '/api/data/v9.2';
const SEND_EMAIL = new RegExp(
  String.raw`^${PATH}/emails\(([\w-]+)\)/Microsoft\.Dynamics\.CRM\.SendEmail$`,
);
const ADD_RECURRENCE = new RegExp(
  String.raw`^${PATH}/appointments\(([\w-]+)\)/Microsoft\.Dynamics\.CRM\.AddRecurrence$`,
);
const COPY_ALL = 'INSERT OR REPLACE INTO stored_PastActivities SELECT * FROM stored_Activities';

/** Without them, a filter on parties reads all parties for each activity. */
const INDEXES = [
  'CREATE INDEX IF NOT EXISTS parties_of ON stored_Parties (_activityid_value)',
  'CREATE INDEX IF NOT EXISTS regarding ON stored_Activities (_regardingobjectid_value)',
];

/**
 * Starts the server and fills its database, unless that is a file which holds data already.
 * Answers its address, the way back to the data it began with, and the way to stop it. One per process: the framework keeps its database and services globally.
 * `countLimit`: where counting stops. `lagMs`: for how long lists still show what was before a write. `every`: only each so-manyth
 * activity is kept, so that tests are quick.
 */
export async function startServer({
  port = 0,
  today,
  timeZone,
  database = ':memory:',
  countLimit = 5000,
  lagMs = 0,
  every = 1,
}) {
  process.env.CDS_CONFIG = JSON.stringify(settings(database));
  const { default: cds } = await import('@sap/cds');
  const { addRules, sendEmail } = await import('./rules.mjs');
  cds.root = import.meta.dirname;

  // To compile the model and to fill a database in memory takes longer than all else, so the next start finds it done.
  const file = database === ':memory:' ? keptFile({ today, timeZone, every }) : undefined;
  const kept = file && readKept(file);
  const model = path.join(import.meta.dirname, 'service.cds');
  const csn = kept?.csn ?? (await cds.load(model));
  // Not kept, as it cannot be enumerated; without it, the framework finds no words for an error and never answers.
  if (kept) Object.defineProperty(csn, '$sources', { value: [model] });
  cds.model = cds.compile.for.nodejs(csn);
  const db = await cds.connect.to('db');
  const { userId, directory } = kept ?? (await deploy(cds, db, { today, timeZone, every }));
  if (kept) db.content = kept.content;
  else if (file) writeKept(file, { csn, userId, directory, content: await db.takeContent() });
  const begin = async () => {
    if (lagMs > 0) await db.run(COPY_ALL);
  };
  await begin();

  const app = express();
  app.disable('x-powered-by');
  app.use(allowOtherOrigins);
  app.use(
    PATH,
    asDataverseAnswers(PATH),
    failOnPurpose,
    express.json({ limit: '10mb' }),
    express.text({ limit: '10mb', type: 'multipart/mixed' }),
    asDataverseTakesIt({ countLimit }),
    // What is refused before the framework's routes is not for its own words, which know no context yet.
    sayError,
  );
  app.get(`${PATH}/WhoAmI`, (_req, res) =>
    res.json({
      '@odata.context': '$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse',
      UserId: userId,
    }),
  );
  // Before the framework's own routes, which know no such messages.
  addBlocks(app, PATH, {
    create: (set, row) => cds.services.Dataverse.create(set).entries(row),
    update: (set, key, row) => cds.services.Dataverse.update(set, { [key]: row[key] }).with(row),
  });
  let series;
  const message = (address, run) =>
    app.post(address, async (req, res, next) => {
      try {
        const answer = await run(req);
        if (answer) res.json(answer);
        else res.status(204).end();
      } catch (error) {
        next(error);
      }
    });
  message(SEND_EMAIL, ({ params, body }) => sendEmail(cds.services.Dataverse, params[0], body));
  message(ADD_RECURRENCE, ({ params, body }) => series.addRecurrence(params[0], body));
  message(`${PATH}/DeleteOpenInstances`, ({ body }) => series.deleteOpenInstances(body));
  await cds.serve('all', { silent: true }).in(app);
  series = await addRules(cds.services.Dataverse, {
    directory,
    userId,
    firstVersion: await lastVersion(cds),
    lagMs,
    timeZone,
  });
  app.use(sayError);

  const server = await new Promise((resolve, reject) => {
    const listening = app.listen(port, () => resolve(listening));
    listening.once('error', reject);
  });
  // A busy client must not find its connection closed by the time it writes.
  server.keepAliveTimeout = 120_000;
  return {
    url: `http://localhost:${server.address().port}${PATH}/`,
    /** Only of a database in memory: the next connection opens it with what it held at the start. */
    reset: async () => {
      await db.disconnect();
      await begin();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await cds.disconnect();
    },
  };
}

/** The last resort for an error: its status, and its words in the shape of OData. Express knows it by its four parameters. */
function sayError(error, _req, res, next) {
  if (res.headersSent) return next(error);
  const status = error.status ?? error.statusCode ?? 500;
  return res
    .status(status)
    .json({ error: { code: String(error.code ?? ''), message: error.message } });
}

function settings(database) {
  return {
    requires: {
      db: {
        kind: 'sqlite',
        impl: path.join(import.meta.dirname, 'database.cjs'),
        credentials: { url: database },
        driver: driverFor(database),
      },
      auth: { kind: 'dummy' },
    },
    query: { limit: { default: 5000, max: 5000 } },
    log: {
      levels: {
        error: 'silent',
        odata: 'warn',
        cds: 'warn',
        deploy: 'warn',
        server: 'warn',
        serve: 'warn',
      },
    },
    odata: { version: 'v4' },
  };
}

/** SQLite as WebAssembly needs no compiler, but keeps everything in memory; for a file there is Node's own since 22.13. */
function driverFor(database) {
  if (database === ':memory:') return 'sql.js';
  if (process.getBuiltinModule?.('node:sqlite')) return 'node';
  throw new Error(
    'A database file needs Node 22.13 or newer: leave DB out to keep the data in memory.',
  );
}

/** Makes the tables, and fills them unless they hold data already. Answers who asks, and all who can be named. */
async function deploy(cds, db, { today, timeZone, every }) {
  const all = await loadDemoData({ today, timeZone });
  const demo = { ...all, activities: all.activities.filter((_, index) => index % every === 0) };
  await cds.deploy(cds.model).to(db, { silent: true });
  for (const index of INDEXES) await db.run(index);
  const entities = cds.entities('stored');
  if (!(await cds.ql.SELECT.one.from(entities.Activities).columns('activityid'))) {
    for (const [name, entries] of Object.entries(toRows(demo, timeZone)))
      await cds.ql.INSERT.into(entities[name]).entries(entries);
  }
  return { userId: demo.user.id, directory: directoryOf(demo) };
}

async function lastVersion(cds) {
  const { Activities, Annotations } = cds.entities('stored');
  const [a, b] = await Promise.all(
    [Activities, Annotations].map((entity) =>
      cds.ql.SELECT.one.from(entity).columns('max(versionnumber) as last'),
    ),
  );
  return Math.max(a?.last ?? 0, b?.last ?? 0);
}

/** Names and tables of all records that a lookup can hold. */
function directoryOf({ records, teams }) {
  const logicalNames = Object.values(LOGICAL_NAMES);
  return new Map(
    [...records.map(({ ref }) => ref), ...teams].map(({ kind, id, name }) => [
      id,
      {
        name,
        logicalName:
          kind === 'user' ? 'systemuser' : logicalNames.includes(kind) ? kind : 'account',
      },
    ]),
  );
}
