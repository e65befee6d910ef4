import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startEmbedded } from './server.js';
import { runningEmbedded } from './running.js';
import { embeddedUrl } from './url.js';

it(
  'finds the database of a running start for a command, and none before or after',
  { timeout: 180_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-running-'));
    const directory = join(folder, 'postgres');
    try {
      expect(await runningEmbedded(directory, 'postgres')).toBeNull();

      const server = await startEmbedded({ directory, keep: 'durable' });
      const url = await runningEmbedded(directory, 'postgres');
      const client = new pg.Client({ connectionString: url ?? '' });
      await client.connect();
      const { rows } = await client.query('SELECT inet_server_addr() AS network');
      await client.end();
      await server.stop();

      expect(url).toBe(server.url('postgres'));
      // By the socket in its folder.
      expect(rows).toEqual([{ network: null }]);
      expect(await runningEmbedded(directory, 'postgres')).toBeNull();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

it('is reached by the network of the machine where a folder is too deep for a socket', () => {
  const at = (directory: string): string => embeddedUrl({ directory, port: 5433, password: 'p' }, 'vitrine');

  expect(at('/srv/my shop/postgres')).toBe(
    'postgres://vitrine:p@127.0.0.1:5433/vitrine?host=%2Fsrv%2Fmy%20shop%2Fpostgres',
  );
  expect(at(`/srv/${'deep/'.repeat(20)}postgres`)).toBe('postgres://vitrine:p@127.0.0.1:5433/vitrine');
});
