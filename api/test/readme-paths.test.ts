import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PLACES = ['', 'api/src/domains'];

it('the README names no file or folder that is not there', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## I want to change …');
  const [list = ''] = section.split('\n## ');
  const paths = [...list.matchAll(/`([\w./-]+\/[\w./-]*)`/g)].map(([, path]) => path ?? '');

  const gone = paths
    .filter((path) => path !== 'mails/')
    .filter((path) => !PLACES.some((place) => existsSync(join(ROOT, place, path))));

  expect(gone).toEqual([]);
  expect(paths.length).toBeGreaterThan(40);
});
