import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

it('shows an outline before its code has come, whose looks need nothing that its policy refuses', () => {
  const page = read('index.html');
  const shown = new DOMParser().parseFromString(page, 'text/html').querySelector('#app');
  const looks = [...(shown?.querySelectorAll('[class]') ?? [])].flatMap((part) => [...part.classList]);

  expect(shown?.querySelectorAll('i').length).toBeGreaterThan(5);
  expect(
    looks.filter(
      (name) => !read('src/main.css').includes(`.${name} {`) && !read('src/main.css').includes(`.${name} >`),
    ),
  ).toEqual([]);
  expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)/);
});
