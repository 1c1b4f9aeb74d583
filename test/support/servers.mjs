import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRestServer } from '../../demo/rest/server.mjs';
import { root } from './install.mjs';

/**
 * A fresh OData server with the demo’s data, on a port of its own. `settings`: of its environment, see its README. It says its
 * address once it answers; what it printed is the error if it never does.
 */
export async function startOData(settings = {}) {
  const server = spawn(process.execPath, ['demo/odata/start.mjs'], {
    cwd: root,
    // Where Vite has built something, it has set this; in production the framework keeps its reasons to itself.
    env: { ...process.env, NODE_ENV: 'development', ...settings, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const url = await new Promise((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const said = /^OData: (\S+)$/m.exec(output);
        if (said) resolve(said[1]);
      });
    }
    server.once('exit', () => reject(new Error(`The OData server does not start.\n${output}`)));
  });
  return {
    port: Number(new URL(url).port),
    url,
    /** Back to the data it began with, which is quicker than another server. */
    reset: async () => {
      server.send('reset');
      await once(server, 'message');
    },
    stop: () => server.kill(),
  };
}

/** The reference REST server in front of a provider, on a port of its own unless one is named. */
export async function startRest(provider, more, port = 0) {
  const server = createRestServer(provider, more).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
