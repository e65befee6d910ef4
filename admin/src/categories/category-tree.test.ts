import { expect, it } from 'vitest';
import { branchOf, dropPlace, stepPlace, zoneAt, type TreeRow, type TreeStep } from './category-tree';

const row = (id: string, parent?: string): TreeRow => ({
  ...{ id, name: id, depth: 1 },
  parent: parent ? { id: parent } : null,
});
/* cups (mugs (small, big), bowls), plates */
const rows = [
  ...[row('cups'), row('mugs', 'cups'), row('small', 'mugs'), row('big', 'mugs')],
  ...[row('bowls', 'cups'), row('plates')],
];

it.each<[string, TreeStep, [string | null, number] | null]>([
  ['bowls', 'up', ['cups', 0]],
  ['mugs', 'up', null],
  ['mugs', 'down', ['cups', 1]],
  ['bowls', 'down', null],
  ['bowls', 'in', ['mugs', 2]],
  ['mugs', 'in', null],
  ['big', 'out', ['cups', 1]],
  ['bowls', 'out', [null, 1]],
  ['plates', 'out', null],
  ['plates', 'in', ['cups', 2]],
])('takes %s one step %s', (id, step, place) => {
  expect(stepPlace(rows, id, step)).toEqual(place && { parentId: place[0], position: place[1] });
});

it('puts what is dragged before, behind or into another, counted without itself', () => {
  const drop = (id: string, target: string, zone: 'before' | 'after' | 'inside') =>
    dropPlace(rows, id, { id: target, zone });

  expect(drop('plates', 'mugs', 'before')).toEqual({ parentId: 'cups', position: 0 });
  expect(drop('mugs', 'bowls', 'after')).toEqual({ parentId: 'cups', position: 1 });
  expect(drop('plates', 'mugs', 'inside')).toEqual({ parentId: 'mugs', position: 2 });
  expect(drop('cups', 'plates', 'after')).toEqual({ parentId: null, position: 1 });
});

it('never puts a category below itself', () => {
  expect([...branchOf(rows, 'mugs')]).toEqual(['mugs', 'small', 'big']);
  for (const target of ['cups', 'mugs', 'small', 'bowls'])
    expect(dropPlace(rows, 'cups', { id: target, zone: 'inside' })).toBeNull();
});

it('takes the upper and the lower quarter of a row for before and behind', () => {
  const box = { top: 100, height: 40 };
  expect([105, 120, 135].map((y) => zoneAt(y, box))).toEqual(['before', 'inside', 'after']);
});
