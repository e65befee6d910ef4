import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startEmbedded } from './embedded.js';
import { runningEmbedded } from './embedded-running.js';

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
      const { rows } = await client.query('SELECT 1 AS answer');
      await client.end();
      await server.stop();

      expect(url).toBe(server.url('postgres'));
      expect(rows).toEqual([{ answer: 1 }]);
      expect(await runningEmbedded(directory, 'postgres')).toBeNull();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
