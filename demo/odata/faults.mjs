import { failure } from './dialect.mjs';

/*
 * What goes wrong on purpose: a request with the header `X-Demo-Fault` is answered as it says, so that a client's tests see each
 * kind of trouble on a real wire. `lost` does what was asked, and lets the connection go instead of answering.
 */

const PAGE = '<!doctype html><title>Sign in</title><form method="post" action="/login"></form>';
const THROTTLED = ['0x80072322', 'Number of requests exceeded the limit of 6000 over the last 300 seconds.']; // prettier-ignore

const FAULTS = {
  401: (_req, res) => res.status(401).end(),
  403: (_req, _res, next) =>
    next(failure(403, '0x80040220', 'SecLib::AccessCheckEx failed. Returned hr = -2147187962')),
  413: (_req, res) => res.status(413).type('text/plain').send('Request Entity Too Large'),
  429: (_req, res, next) => {
    res.set('Retry-After', '2');
    next(failure(429, ...THROTTLED));
  },
  500: (_req, _res, next) =>
    next(
      failure(500, '0x80040216', 'System.NullReferenceException\n   at Plugin.Execute(<script>)'),
    ),
  503: (_req, res) => res.status(503).set('Retry-After', '5').type('html').send(PAGE),
  page: (_req, res) => res.type('html').send(PAGE),
  login: (_req, res) => res.redirect('/login'),
  truncated: (_req, res) => {
    res.type('json').send('{"@odata.context":"x","value":[{"activityid":"1');
  },
  lost: (_req, res, next) => {
    res.writeHead = () => res;
    res.write = () => true;
    res.end = () => {
      res.socket?.destroy();
      return res;
    };
    next();
  },
};

export function failOnPurpose(req, res, next) {
  const fault = FAULTS[req.headers['x-demo-fault']];
  if (fault) fault(req, res, next);
  else next();
}
