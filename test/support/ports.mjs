import { createServer } from 'node:net';

/** A port nobody listens on, so that runs can stand side by side. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
