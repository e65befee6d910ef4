import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ELSEWHERE = 'https://shop-of-somebody.example';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false, env: { CORS_ORIGINS: ELSEWHERE } });
});
afterAll(() => shop.close());

const JSON_HEADERS = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_HEADERS, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${shop.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { 'x-vitrine-client': 'storefront', 'cache-control': 'max-age=0', ...headers },
  });
interface UserError {
  readonly errors: {
    readonly message: string;
    readonly path?: unknown[];
    readonly locations?: unknown[];
    readonly extensions: { code: string; reason?: string; inputPath?: string[]; requestId?: string };
  }[];
}
const userError = async (response: Response): Promise<UserError> => (await response.json()) as UserError;
const codeOf = async (response: Response): Promise<unknown> =>
  (await userError(response)).errors[0]?.extensions.code;

describe('a client of another origin', () => {
  it('may send what the usual clients and tracers send, and need not ask again for a day', async () => {
    const wanted = [
      'apollographql-client-name',
      'apollo-require-preflight',
      'traceparent',
      'sentry-trace',
      'baggage',
      'x-request-id',
      'cache-control',
      'authorization',
      'x-cart-token',
    ];

    const answer = await fetch(`${shop.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: ELSEWHERE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': wanted.join(','),
      },
    });

    const allowed = (answer.headers.get('access-control-allow-headers') ?? '').split(/, ?/);
    expect(wanted.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ELSEWHERE);
    expect(Number(answer.headers.get('access-control-max-age'))).toBeGreaterThan(3_600);
  });

  it('may read what the answers tell beside their body', async () => {
    const answer = await post({ query: '{ shop { name } }' }, { origin: ELSEWHERE });

    expect(answer.headers.get('access-control-expose-headers')).toMatch(/x-request-id.*retry-after/);
  });

  it('may open sockets too where everybody may, but is nobody there by the cookies of a browser', async () => {
    const open = await shop.beside({ worker: false, env: { CORS_ORIGINS: '*' } });
    const staff = await open.staff();
    const client = liveClient(open.url, {
      origin: 'https://anybody.example',
      cookie: staff.cookieHeader(),
      params: { client: 'admin' },
    });
    await client.ready();

    const heard = client.listen('subscription { orderPlaced { number } }');

    await shop.eventually(async () => heard.errors.length > 0);
    expect(heard.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    await client.close();
    await open.close();
  });
});

describe('who asks for the methods', () => {
  it('is told them, by OPTIONS that is no preflight too', async () => {
    const answer = await fetch(`${shop.url}/graphql`, { method: 'OPTIONS' });

    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, POST, OPTIONS']);
  });
});

describe('a person who opens the address in a browser', () => {
  const open = (at: TestShop): Promise<Response> =>
    fetch(`${at.url}/graphql`, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
      redirect: 'manual',
    });

  it('comes to the explorer', async () => {
    const answer = await open(shop);

    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/graphiql']);
  });

  it('sees no page of somebody else where there is none', async () => {
    const closed = await shop.beside({ worker: false, env: { GRAPHIQL: 'false' } });

    const answer = await open(closed);

    expect([answer.status, await codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
    await closed.close();
  });
});

describe('what is personal', () => {
  it('is kept by no cache, also when it was asked by GET', async () => {
    const staff = await shop.staff();
    for (const [query, cookie] of [
      ['{ cart { id } }', ''],
      ['{ customers { nodes { email } } }', staff.cookieHeader()],
    ] as const) {
      const answer = await get(query, { cookie, 'x-vitrine-client': 'admin' });

      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('vary')).toMatch(/cookie.*x-cart-token/);
    }
  });
});

describe('what is public', () => {
  const question = '{ categoryTree { id name } }';

  it('is kept by caches when it was asked by GET, and only then', async () => {
    const [byGet, byPost, again] = [
      await get(question),
      await post({ query: question }),
      await post({ query: question }),
    ];

    expect(byGet.headers.get('cache-control')).toMatch(/^public/);
    expect([byPost, again].map(({ headers }) => headers.get('cache-control'))).toEqual([
      'no-store',
      'no-store',
    ]);
    expect([byPost, again].map(({ headers }) => headers.get('etag'))).toEqual([null, null]);
  });

  it('is not sent again to who holds it, in a list or made weak by a proxy that packs', async () => {
    const etag = (await get(question)).headers.get('etag') ?? 'none';

    const tags = [etag, `W/${etag}`, `"other", W/${etag}`, '*', '"other"'];
    const statuses = await Promise.all(
      tags.map(async (tag) => (await get(question, { 'if-none-match': tag })).status),
    );

    expect(statuses).toEqual([304, 304, 304, 304, 200]);
  });

  it('says in which language it is', async () => {
    const languages = await Promise.all(
      ['en', 'fr'].map(async (language) =>
        (await get(question, { 'accept-language': language })).headers.get('content-language'),
      ),
    );

    expect(languages).toEqual(['en', 'fr']);
  });
});

describe('every request', () => {
  it('has an id: the one it came with, or one of ours when that could not stand in a log', async () => {
    const [given, odd] = [
      await post({ query: '{ shop { name } }' }, { 'x-request-id': 'trace-7.abc' }),
      await post({ query: '{ shop { name } }' }, { 'x-request-id': 'two words "quoted"' }),
    ];

    expect(given.headers.get('x-request-id')).toBe('trace-7.abc');
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('what cannot be read as a request', () => {
  it.each([
    ['a body that is no JSON', '{"query": ', {}, 400],
    ['an empty body', '', {}, 400],
    [
      'variables nested without end',
      `{"query":"{ __typename }","variables":{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}}`,
      {},
      400,
    ],
    ['a body that is too large', JSON.stringify({ query: `# ${'x'.repeat(300_000)}` }), {}, 413],
    ['a body that is far too large', 'x'.repeat(12_000_000), {}, 413],
    ['a form', 'query={shop{name}}', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a text', '{"query":"{ shop { name } }"}', { 'content-type': 'text/plain' }, 415],
    ['a document alone', '{ shop { name } }', { 'content-type': 'application/graphql' }, 415],
    ['a list of requests', '[{"query":"{ shop { name } }"}]', {}, 400],
    ['null', 'null', {}, 400],
    ['an operation name that is none', '{"query":"{ shop { name } }","operationName":7}', {}, 400],
    ['extensions that are none', '{"query":"{ shop { name } }","extensions":[1]}', {}, 400],
    ['variables that are none', '{"query":"{ shop { name } }","variables":"{}"}', {}, 400],
    ['a packed body', '{"query":"{ shop { name } }"}', { 'content-encoding': 'gzip' }, 415],
  ])('%s is refused as GraphQL refuses', async (_name, body, headers, status) => {
    const answer = await post(body, headers);

    expect(answer.status).toBe(status);
    expect(await codeOf(answer)).toBe('BAD_REQUEST');
  });

  it.each(['[', 'a b', '%', ':'])('the host %j is refused, and no fault of ours', async (host) => {
    const { port } = new URL(shop.url);
    const status = await new Promise((resolve, reject) => {
      const asked = request({
        port,
        path: '/graphql?query={__typename}',
        headers: { host, 'x-vitrine-client': 'storefront' },
      });
      asked.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject);
      asked.end();
    });

    expect(status).toBe(400);
  });

  it('another method is told which there are', async () => {
    for (const method of ['PUT', 'DELETE', 'HEAD']) {
      const answer = await fetch(`${shop.url}/graphql`, { method });

      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
      if (method !== 'HEAD') expect(await codeOf(answer)).toBe('BAD_REQUEST');
    }
  });

  it('a subscription is sent to the socket', async () => {
    const answer = await post({ query: 'subscription { orderUpdated(orderToken: "x") { number } }' });

    expect(answer.status).toBe(400);
    expect((await userError(answer)).errors[0]).toMatchObject({
      message: expect.stringContaining('WebSocket'),
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  it.each([
    ['a wrong hash', { version: 1, sha256Hash: 'ab'.repeat(32) }],
    [
      'another version',
      { version: 2, sha256Hash: createHash('sha256').update('{ shop { name } }').digest('hex') },
    ],
  ])('a persisted query with %s is the fault of who sent it', async (_name, persistedQuery) => {
    const answer = await post({ query: '{ shop { name } }', extensions: { persistedQuery } });

    expect([answer.status, await codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
  });

  it('a document that names one field a thousand times is told why it is refused', async () => {
    const answer = await post({ query: `{ shop { ${'name '.repeat(1_000)} } }` });

    expect((await userError(answer)).errors[0]?.message).toContain('so often');
  });

  it('a value that does not fit is not sent back in full', async () => {
    const answer = await post({
      query: 'query ($first: Int) { products(first: $first) { totalCount } }',
      variables: { first: 'x'.repeat(100_000) },
    });

    const [error] = (await userError(answer)).errors;
    expect(error?.message).toContain('at "first"');
    expect(error?.message).not.toContain('xxx');
    expect(error?.message.length).toBeLessThan(1_100);
  });

  it('a document that nests without end is told so', async () => {
    const answer = await post({ query: `{ product(slug: ${'['.repeat(4_000)}` });

    expect((await userError(answer)).errors[0]?.message).not.toMatch(/call stack/);
  });
});

describe('a refused argument', () => {
  it.each([
    ['{ a: products(first: 0) { totalCount } }', ['a']],
    ['{ products(first: 1000) { totalCount } }', ['products']],
  ])('%s has its place in the answer, in the document and in the input', async (query, path) => {
    const [error] = (await userError(await post({ query }))).errors;

    expect(error?.path).toEqual(path);
    expect(error?.locations).toEqual([{ line: 1, column: 3 }]);
    expect(error?.extensions.code).toBe('BAD_USER_INPUT');
    expect(error?.extensions.inputPath).toContain('first');
  });

  it('of a field within a list is refused, and not quietly made another', async () => {
    await shop.stock({ name: 'Alone', sku: 'ALONE-1', price: 5000, stock: 1 });
    const ask = async (query: string): Promise<unknown> => codeOf(await post({ query }));

    expect(await ask('{ product(slug: "alone-1") { relatedProducts(first: 13) { id } } }')).toBe(
      'BAD_USER_INPUT',
    );
    expect(await ask('{ product(slug: "alone-1") { relatedProducts(first: -1) { id } } }')).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('that is null although it has a default means the default', async () => {
    const staff = await shop.staff();
    for (const list of ['orders', 'customers', 'staffProducts', 'returns', 'stockItems', 'products']) {
      const { data, errors } = await staff.send(`{ ${list}(sort: null) { totalCount } }`);

      expect([list, errors]).toEqual([list, undefined]);
      expect(data[list]).toHaveProperty('totalCount');
    }
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-02-03T00:00:00',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+02:00',
  ])('%s is no moment', async (moment) => {
    const staff = await shop.staff();

    const { errors } = await staff.send(`{ orders(filter: { placedFrom: "${moment}" }) { totalCount } }`);

    expect(errors?.[0]?.message).toContain('DateTime');
  });
});

describe('who tries too often', () => {
  it('is told when to come back', async () => {
    const attempt = (): Promise<Response> =>
      post({
        query:
          'mutation { login(input: { email: "nobody@example.test", password: "wrong-password" }) { errors { code } } }',
      });
    let answer = await attempt();
    for (let i = 0; i < 12 && !answer.headers.has('retry-after'); i++) answer = await attempt();

    const [error] = (await userError(answer)).errors;
    expect(error?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect(Number(answer.headers.get('retry-after'))).toBe(
      (error!.extensions as { retryAfter?: number }).retryAfter,
    );
  });
});
