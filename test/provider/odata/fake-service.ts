/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  /** Decoded, without the address of the service. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export const URL = 'https://org.example/api/data/v9.2';

/** A service of recorded answers: the first whose key begins `METHOD path` as the request does; a list is used up one by one. */
export class FakeService {
  readonly sent: SentRequest[] = [];
  readonly #answers: Map<string, Answer | Answer[]>;

  constructor(answers: { readonly [beginning: string]: Answer | Answer[] }) {
    this.#answers = new Map(Object.entries(answers));
  }

  /** The last request that begins so. */
  last(beginning: string): SentRequest {
    const found = this.sent.findLast(({ method, path }) =>
      `${method} ${path}`.startsWith(beginning),
    );
    if (!found) throw new Error(`${beginning} was never sent`);
    return found;
  }

  readonly fetch: typeof globalThis.fetch = (input, init) => {
    const method = init?.method ?? 'GET';
    const path = decodeURIComponent(String(input as string).replace(`${URL}/`, ''));
    const headers = new Headers(init?.headers);
    const isJson = headers.get('Content-Type') === 'application/json';
    const text = typeof init?.body === 'string' ? init.body : undefined;
    const body: unknown = isJson && text !== undefined ? JSON.parse(text) : text;
    this.sent.push({ method, path, headers, body });
    if (init?.signal?.aborted) return Promise.reject(new DOMException('', 'AbortError'));

    for (const [beginning, answers] of this.#answers) {
      if (!`${method} ${path}`.startsWith(beginning)) continue;
      const answer = Array.isArray(answers) ? answers.shift() : answers;
      if (answer) return Promise.resolve(toResponse(answer));
    }
    return Promise.resolve(
      toResponse({ status: 404, body: { error: { code: '', message: path } } }),
    );
  };
}

function toResponse({ status = 200, body, headers }: Answer): Response {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return new Response(text ?? null, {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
