import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/logger.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let text = '';
interface Line {
  msg: string;
  route?: string;
  security?: string;
  accountId?: string | null;
  network?: string | null;
  what?: string;
}
const lines = (): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
const securityLines = (): Line[] => lines().filter(({ security }) => security);

beforeAll(async () => {
  const output = { write: (line: string) => void (text += line) };
  shop = await TestShop.open({ worker: false, logger: createLogger('warn', output) });
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.sql('DELETE FROM rate_limit');
  text = '';
});

describe('a fault outside GraphQL', () => {
  it.each([
    ['POST', '/webhooks/stripe', '/webhooks/stripe', 'webhook_inbox'],
    ['PUT', '/uploads/a-token-of-somebody', '/uploads/:token', 'return_photo'],
  ])(
    'is one line in the log and a plain sentence to whoever asked: %s %s',
    async (method, path, route, table) => {
      await shop.sql(`ALTER TABLE ${table} RENAME TO out_of_order`);
      const response = await fetch(`${shop.url}${path}`, {
        method,
        headers: { 'content-type': 'image/png' },
        body: JSON.stringify({ id: 'evt_1', type: 'x' }),
      });
      const body = await response.text();
      await shop.sql(`ALTER TABLE out_of_order RENAME TO ${table}`);

      expect([response.status, response.headers.get('content-type')]).toEqual([
        500,
        'text/plain; charset=utf-8',
      ]);
      expect(body).toBe('Something went wrong on our side. Nothing was lost; please try again.');
      expect(lines()).toMatchObject([{ msg: 'A request failed', route }]);
      expect(text).not.toContain('a-token-of-somebody');
    },
  );

  it.each([
    [
      'a body that is no JSON',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'a body of another type',
      { method: 'POST', body: 'x', headers: { 'content-type': 'application/xml' } },
      415,
    ],
  ])('answers GraphQL clients in their own form: %s', async (_what, init, status) => {
    const response = await fetch(`${shop.url}/graphql`, init);

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it.each(['/graphiql/constructor', '/graphiql/toString', '/nothing'])('is none at %s', async (path) => {
    const response = await fetch(`${shop.url}${path}`);

    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/plain; charset=utf-8',
    ]);
    expect(lines()).toEqual([]);
  });
});

describe('an attack on sign-in leaves a trace', () => {
  const login = (email: string, password: string, headers: Record<string, string> = {}) =>
    shop
      .guest(headers)
      .send(
        'mutation($email: EmailAddress!, $password: String!) { login(input: { email: $email, password: $password, tokenDelivery: BODY }) { tokens { accessToken refreshToken } errors { code } } }',
        { email, password },
      );
  const from = (ip: string) => ({ 'x-forwarded-for': ip });

  it('of each refused password and each limit, by account and network, with neither named', async () => {
    for (let i = 0; i < 11; i++) await login('bob@example.com', `wrong number ${i}`, from('203.0.113.7'));
    await login('bob@example.com', 'wrong', from('198.51.100.9'));

    const refused = securityLines().filter(({ security }) => security === 'login-refused');
    expect(refused).toHaveLength(11);
    expect(new Set(refused.map(({ accountId }) => accountId)).size).toBe(1);
    expect(refused[0]?.accountId).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(refused.map(({ network }) => network)).size).toBe(2);
    expect(securityLines().filter(({ security }) => security === 'rate-limited')).toMatchObject([
      { what: 'login' },
    ]);
    expect(text).not.toMatch(/203\.0\.113|198\.51\.100|bob@|wrong/);
  });

  it('of a refresh token that comes back after it was spent, which is a theft', async () => {
    const { tokens } = (await login('alice@example.com', 'Alice@123')).data['login'];
    const refresh = () =>
      shop
        .guest()
        .ask(
          'mutation($token: String!) { tokenRefresh(input: { refreshToken: $token }) { errors { code } } }',
          {
            token: tokens.refreshToken,
          },
        );
    await refresh();
    await shop.sql(`UPDATE user_session SET rotated_at = now() - interval '11 seconds'`);
    await refresh();
    await refresh();

    expect(securityLines().map(({ security }) => security)).toEqual(['refresh-token-reused']);
    expect(text).not.toContain(tokens.refreshToken);
  });

  it('of a password that changed, and of a link for a new one', async () => {
    const browser = await shop.customer('alice@example.com', 'Alice@123');
    await browser.ask(
      'mutation { passwordChange(input: { currentPassword: "Alice@123", newPassword: "something else 9" }) { ok } }',
    );
    await shop.guest().ask('mutation { passwordResetRequest(input: { email: "alice@example.com" }) { ok } }');

    expect(securityLines().map(({ security }) => security)).toEqual([
      'password-changed',
      'password-reset-requested',
    ]);
  });
});

describe('nothing of the API runs in a page of somebody else', () => {
  it.each([
    '/health',
    '/graphql?query={__typename}',
    '/nothing',
    '/media/none.webp',
    '/documents/invoices/x',
  ])('not %s', async (path) => {
    const { headers } = await fetch(`${shop.url}${path}`, { headers: { 'x-vitrine-client': 'storefront' } });

    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it.each(['/graphiql', '/dev/inbox'])('while %s keeps a policy of its own', async (path) => {
    const { headers } = await fetch(`${shop.url}${path}`);

    expect(headers.get('content-security-policy')).toMatch(/default-src '(self|none)'; /);
  });
});
