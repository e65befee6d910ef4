import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startEmbedded } from './server.js';

it(
  'the log of the built-in PostgreSQL tells that a row failed, but not what stood in it',
  { timeout: 180_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-log-'));
    const directory = join(folder, 'postgres');
    const server = await startEmbedded({ directory, keep: 'throwaway' });
    try {
      const client = new pg.Client({ connectionString: server.url('postgres') });
      await client.connect();
      await client.query('CREATE TABLE person (email text UNIQUE, phone text CHECK (length(phone) < 9))');
      const add = 'INSERT INTO person VALUES ($1, $2)';
      await client.query(add, ['ana@example.test', '0722']);
      for (const phone of ['0723', '0722123456'])
        await client.query(add, ['ana@example.test', phone]).catch(() => undefined);
      await client.end();

      const log = await readFile(`${server.directory}.log`, 'utf8');

      expect(log).toContain('person_email_key');
      expect(log).toContain('person_phone_check');
      expect(log).not.toMatch(/ana@example|0722123456/);
      // Nobody but its owner reads it.
      expect((await stat(`${server.directory}.log`)).mode & 0o077).toBe(0);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
