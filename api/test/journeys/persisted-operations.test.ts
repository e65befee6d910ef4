import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KnownOperations } from '../../src/app/graphql/known-operations.js';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const manifestOf = (...texts: string[]): string =>
  JSON.stringify(Object.fromEntries(texts.map((text) => [sha256(text), text])));

const NAME = 'query Name { shop { name } }';
const HEAR =
  'fragment Said on OrderChange { status } subscription Hear { orderUpdated(orderToken: "none") { ...Said } }';
const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
const manifest = join(folder, 'persisted-documents.json');

let shop: TestShop;
beforeAll(async () => {
  writeFileSync(manifest, manifestOf(NAME, HEAR));
  shop = await TestShop.open({ worker: false, env: { PERSISTED_OPERATIONS: folder } });
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly data?: { shop: { name: string } };
  readonly errors?: { message: string; extensions: { code: string } }[];
}
async function ask(body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Answer;
}
const byHash = (text: string): object => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
});
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions.code;

describe('a shop that was told its operations', () => {
  it('answers them by their hash from the first request on, and by their text, however it is printed', async () => {
    for (const body of [byHash(NAME), { query: NAME }, { query: 'query Name {\n  shop { name }\n}' }])
      expect((await ask(body)).data?.shop.name).toBeTruthy();
  });

  it.each([
    ['another question', '{ shop { currency } }'],
    ['a known question with one field more', 'query Name { shop { name currency } }'],
    ['the schema', '{ __schema { queryType { name } } }'],
    ['what is no GraphQL', '{ shop {'],
    ['what does not fit the schema, without a word of what would', 'query { shop { nam } }'],
  ])('refuses %s', async (_name, query) => {
    const answer = await ask({ query });

    expect(codeOf(answer)).toBe('PERSISTED_QUERY_REQUIRED');
    expect(answer.errors?.[0]?.message).not.toMatch(/did you mean/i);
  });

  it('learns nothing: what is sent with its own hash is refused, and stays unknown', async () => {
    const other = '{ shop { currency } }';

    expect(codeOf(await ask(byHash(other)))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(codeOf(await ask({ query: other, ...byHash(other) }))).toBe('PERSISTED_QUERY_REQUIRED');
    expect(codeOf(await ask(byHash(other)))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('says so on sockets too', async () => {
    const client = liveClient(shop.url);
    await client.ready();

    const unknown = client.listen('subscription { orderUpdated(orderToken: "none") { number } }');
    await shop.eventually(async () => unknown.errors.length > 0);
    const known = client.listen(HEAR);
    await shop.eventually(async () => known.errors.length > 0 || known.ended);

    expect(unknown.errors[0]?.extensions?.code).toBe('PERSISTED_QUERY_REQUIRED');
    expect(known.errors[0]?.extensions?.code).not.toBe('PERSISTED_QUERY_REQUIRED');
    await client.close();
  });
});

describe('a manifest', () => {
  it('that is missing, empty or holds a text under another hash stops the start', () => {
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify({ [sha256('other')]: NAME }));

    expect(() => new KnownOperations([wrong])).toThrow(/is not the SHA-256/);
    expect(() => new KnownOperations([join(folder, 'none.json')])).toThrow(/none\.json/);
  });
});
