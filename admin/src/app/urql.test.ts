import { gql } from '@urql/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeClient } from './urql';

interface Sent {
  operation: string;
  method: string;
  headers: Headers;
}

/** A server that refuses the access token until `tokenRefresh` has been called. */
function expiredServer(options: { refreshWorks: boolean; refreshAnswers?: boolean }) {
  const sent: Sent[] = [];
  let isSignedIn = false;

  const answer = (operation: string): unknown => {
    if (operation === 'TokenRefresh') {
      isSignedIn = options.refreshWorks;
      const user = isSignedIn ? { __typename: 'User', id: 'user_1' } : null;
      return { data: { tokenRefresh: { __typename: 'AuthPayload', user, errors: [] } } };
    }
    if (!isSignedIn)
      return { data: null, errors: [{ message: 'x', extensions: { code: 'UNAUTHENTICATED' } }] };
    return { data: { [operation]: operation } };
  };

  const fetch: typeof globalThis.fetch = async (url, init) => {
    const body = typeof init?.body === 'string' ? init.body : null;
    const named = body
      ? (JSON.parse(body) as { operationName: string }).operationName
      : (new URL(String(url)).searchParams.get('operationName') ?? '');
    sent.push({ operation: named, method: init?.method ?? 'GET', headers: new Headers(init?.headers) });
    if (named === 'TokenRefresh' && options.refreshAnswers === false) throw new TypeError('Failed to fetch');
    // Both requests are in flight before the first error arrives.
    await new Promise((resolve) => setTimeout(resolve, 5));
    return new Response(JSON.stringify(answer(named)), { headers: { 'content-type': 'application/json' } });
  };
  return { sent, fetch };
}

function open(server: ReturnType<typeof expiredServer>) {
  let lost = 0;
  const client = makeClient({
    url: 'http://shop.test/graphql',
    language: 'ro',
    fetch: server.fetch,
    onSessionLost: () => (lost += 1),
  });
  return { client, timesLost: () => lost };
}

const orders = gql`
  query orders {
    orders
  }
`;
const products = gql`
  query products {
    products
  }
`;

describe('a session that runs out while somebody works', () => {
  beforeEach(() => localStorage.clear());

  it('is renewed once for all questions that failed together, and they are asked again', async () => {
    const server = expiredServer({ refreshWorks: true });
    const { client, timesLost } = open(server);

    const [first, second] = await Promise.all([
      client.query(orders, {}).toPromise(),
      client.query(products, {}).toPromise(),
    ]);

    expect(first.data).toEqual({ orders: 'orders' });
    expect(second.data).toEqual({ products: 'products' });
    expect(server.sent.filter(({ operation }) => operation === 'TokenRefresh')).toHaveLength(1);
    expect(timesLost()).toBe(0);
  });

  it('ends at the sign-in page when it cannot be renewed, without asking forever', async () => {
    const server = expiredServer({ refreshWorks: false });
    const { client, timesLost } = open(server);

    const { error } = await client.query(orders, {}).toPromise();

    expect(error?.graphQLErrors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(timesLost()).toBe(1);
    expect(server.sent.map(({ operation }) => operation)).toEqual(['orders', 'TokenRefresh', 'orders']);
  });

  it('is not given up because the line broke while it was renewed', async () => {
    const server = expiredServer({ refreshWorks: true, refreshAnswers: false });
    const { client, timesLost } = open(server);

    const { error } = await client.query(orders, {}).toPromise();

    expect(error).toBeDefined();
    expect(timesLost()).toBe(0);
  });

  it('says in every request that it is the admin and in which language', async () => {
    const server = expiredServer({ refreshWorks: true });
    const { client } = open(server);

    await client.query(orders, {}).toPromise();

    for (const { headers } of server.sent) {
      expect(headers.get('x-vitrine-client')).toBe('admin');
      expect(headers.get('accept-language')).toBe('ro');
    }
  });
});
