import { beforeEach, expect, it } from 'vitest';
import { focusTile } from './tile-focus';

/** Three images; the first cannot go further to the front, the last not further to the back. */
const tile = (index: number): string =>
  `<li><button data-part="earlier" ${index === 0 ? 'disabled' : ''}></button>` +
  `<button data-part="later" ${index === 2 ? 'disabled' : ''}></button><button data-part="remove"></button></li>`;

let list: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = `<ol>${[0, 1, 2].map(tile).join('')}</ol>`;
  list = document.querySelector('ol')!;
});

function focused(): string {
  const tiles = [...list.children];
  const at = tiles.findIndex((one) => one.contains(document.activeElement));
  return `${at} ${document.activeElement?.getAttribute('data-part')}`;
}

it('an image is moved on with the same key, wherever it went', () => {
  expect(focusTile(list, 1, ['earlier', 'later'])).toBe(true);
  expect(focused()).toBe('1 earlier');
});

it('an image that reached the front can be moved back', () => {
  focusTile(list, 0, ['earlier', 'later']);
  expect(focused()).toBe('0 later');
});

it('after a deleted image stands the one that took its place, after the last one the one before', () => {
  focusTile(list, 1, ['remove']);
  expect(focused()).toBe('1 remove');
  focusTile(list, 3, ['remove']);
  expect(focused()).toBe('2 remove');
});

it('without images nothing is focused', () => {
  list.innerHTML = '';
  expect(focusTile(list, 0, ['remove'])).toBe(false);
});
