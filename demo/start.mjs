// `npm start`: the demo on a fresh clone, with nothing installed but Node.
import path from 'node:path';
import { installPackages, root } from '../test/support/install.mjs';

installPackages(root, '--ignore-scripts');

const { createServer } = await import('vite');
const server = await createServer({ configFile: path.join(root, 'vite.config.ts') });
await server.listen();
server.printUrls();
