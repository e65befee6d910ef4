import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.js';
import { startError } from './start-problems.js';
import { keptSecret } from './stored-secret.js';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'vitrine-folders-'));
  await writeFile(join(place, 'file'), '');
  await symlink(join(place, 'loop'), join(place, 'loop'));
  await symlink(join(place, 'nowhere', 'at', 'all'), join(place, 'lost'));
  await mkdir(join(place, 'with-a-file'));
  await writeFile(join(place, 'with-a-file', 'media'), '');
  await mkdir(join(place, 'with-a-folder', 'secret'), { recursive: true });
});
afterAll(() => rm(place, { recursive: true }));

const problemOf = (work: () => void): string | null => {
  try {
    work();
    return 'none';
  } catch (error) {
    return startError(error, { databaseUrl: 'postgres://shop@localhost/vitrine', dataDir: place });
  }
};

describe('the data folder', () => {
  it('is made with all that it is in, as often as the shop starts', () => {
    const folder = join(place, 'a', 'new', 'one');
    for (let time = 0; time < 2; time++) openDataFolder(folder);

    expect(existsSync(join(folder, 'media'))).toBe(true);
  });

  it.each([
    ['file', /file is not a folder\. Set DATA_DIR/],
    ['file/below', /file(\/below)? is not a folder\. Set DATA_DIR/],
    ['with-a-file', /with-a-file\/media is not a folder\. Set DATA_DIR/],
    ['loop', /loop is a link that leads back to itself\. Set DATA_DIR/],
    ['loop/below', /loop(\/below)? is a link that leads back to itself\. Set DATA_DIR/],
    ['lost', /lost is not a folder\. Set DATA_DIR/],
    ['x'.repeat(300), /too long\. Set DATA_DIR/],
  ])('is refused in one sentence when it cannot be one: %s', (name, words) => {
    expect(problemOf(() => openDataFolder(join(place, name)))).toMatch(words);
    expect(problemOf(() => void keptSecret(join(place, name)))).toMatch(
      name === 'with-a-file' ? /^none$/ : words,
    );
  });

  it.each(['/proc/x', '/proc/x/y', '/sys/x', '/proc'])(
    'is refused at once where nothing can be made or written: %s',
    (folder) => {
      expect(problemOf(() => openDataFolder(folder))).toMatch(/^\/\w+\S* cannot be .* DATA_DIR/);
    },
  );

  it('says so when the secret in it is no file', () => {
    expect(problemOf(() => void keptSecret(join(place, 'with-a-folder')))).toMatch(
      /with-a-folder\/secret is not a file\. Set DATA_DIR/,
    );
  });
});
