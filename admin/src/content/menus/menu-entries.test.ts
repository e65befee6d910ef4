import { describe, expect, it } from 'vitest';
import { withDeeper, withHigher, withMoved, without } from './menu-entries';

const menu = (...lines: string[]) =>
  lines.map((line) => {
    const key = line.trim();
    const kind = key === 'goods' ? ('CATEGORIES' as const) : ('LINK' as const);
    return { key, depth: (line.length - key.length) / 2, kind };
  });
const said = (entries: ReturnType<typeof menu> | null) =>
  entries?.map(({ key, depth }) => '  '.repeat(depth) + key) ?? null;

const MENU = menu('shop', '  mugs', '    small', '  bowls', 'about', 'goods');

describe('an entry of a menu', () => {
  it('moves past its neighbour with all that is below it, and not out of its place', () => {
    expect(said(withMoved(MENU, 'mugs', 1))).toEqual([
      ...['shop', '  bowls', '  mugs', '    small'],
      ...['about', 'goods'],
    ]);
    expect(said(withMoved(MENU, 'about', -1))).toEqual([
      ...['about', 'shop', '  mugs', '    small'],
      ...['  bowls', 'goods'],
    ]);
    expect(withMoved(MENU, 'mugs', -1)).toBeNull();
    expect(withMoved(MENU, 'small', 1)).toBeNull();
  });

  it('goes below the one before it, three levels deep at most and never below the categories', () => {
    expect(said(withDeeper(MENU, 'bowls'))).toContain('    bowls');
    expect(said(withDeeper(MENU, 'goods'))?.at(-1)).toBe('  goods');
    expect(withDeeper(MENU, 'shop')).toBeNull();
    expect(withDeeper(MENU, 'small')).toBeNull();
    expect(withDeeper(menu('goods', 'about'), 'about')).toBeNull();
    expect(withDeeper(menu('one', 'two', '  three', '    four'), 'two')).toBeNull();
  });

  it('comes out after what it was below, and takes no neighbour along', () => {
    expect(said(withHigher(MENU, 'mugs'))).toEqual([
      ...['shop', '  bowls', 'mugs', '  small'],
      ...['about', 'goods'],
    ]);
    expect(withHigher(MENU, 'shop')).toBeNull();
  });

  it('is taken out with all that is below it', () => {
    expect(said(without(MENU, 'shop'))).toEqual(['about', 'goods']);
    expect(said(without(MENU, 'none'))).toEqual(said(MENU));
  });
});
