/* Further routes for server.mjs: `createRestServer(provider, extras)`, and `extras: ['bulk', …]` for the provider in the page. */

export const extras = {
  'POST /activities/bulk': (to, { json, call }) => to.bulk(json().changes, call),
  'POST /activities/:id/send': (provider, { id, call }) => provider.send(id, call),

  'GET /activities/:id/attachments': (provider, { id, call }) =>
    provider.attachments.list(id, call),
  'POST /activities/:id/attachments': async (provider, { id, of, bytes, call, request }) => {
    const type = request.headers['content-type'];
    const file = new File([bytes], of.get('name') ?? 'file', { type });
    return provider.attachments.upload(id, file, call);
  },
  'GET /activities/:id/attachments/:part': async (provider, { id, part, call, response }) => {
    const file = await provider.attachments.download(id, part, call);
    const bytes = Buffer.from(await file.arrayBuffer());
    // A file is data, whatever it claims to be: no browser is to open it as a page of this origin.
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(bytes);
  },
  'DELETE /activities/:id/attachments/:part': (provider, { id, part, call }) =>
    provider.attachments.remove(id, part, call),

  /** Changes as they come, for the browser's EventSource. */
  'GET /events': (provider, { response }) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    // Sends the head at once, or nobody knew that somebody listens; and says how soon to come back.
    response.write('retry: 1000\n\n');
    const end = provider.subscribe((change) =>
      response.write(`data: ${JSON.stringify(change)}\n\n`),
    );
    response.on('close', end);
  },
};
