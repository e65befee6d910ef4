// @vitest-environment node
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertBuilt, listenProblem } from './start-problems';

const other = createServer();
let taken: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  taken = (other.address() as AddressInfo).port;
});
afterAll(() => void other.close());

const problemAt = (host: string, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(listenProblem(code ?? '', { host, port })),
    );
    server.listen(port, host, () => server.close(() => reject(new Error('It listens.'))));
  });

describe('a storefront that cannot start', () => {
  it.each([
    ['nohost.invalid', 0, /nohost\.invalid of STOREFRONT_HOST is not known/],
    ['203.0.113.9', 0, /does not have the address 203\.0\.113\.9 of STOREFRONT_HOST/],
    ['2001:db8::9', 0, /does not have the address 2001:db8::9 of STOREFRONT_HOST/],
  ])('says that the host is wrong: %s', async (host, port, words) => {
    expect(await problemAt(host, port)).toMatch(words);
  });

  it('says that the port is taken, and names every other reason', async () => {
    expect(await problemAt('127.0.0.1', taken)).toMatch(`Port ${taken} is taken`);
    expect(listenProblem('EODD', { host: '::', port: 1 })).toMatch(/STOREFRONT_HOST and STOREFRONT_PORT/);
  });

  it('says that its pages are not built', () => {
    expect(() => assertBuilt('/no/such/folder')).toThrow(/not built: run npm run build/);
  });
});
