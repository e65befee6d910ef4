import type { CategoryViewFragment } from '../generated/categories/graphql';

/** What of a category says where it lies. */
export type TreeRow = Pick<CategoryViewFragment, 'id' | 'name' | 'depth'> & {
  parent?: { id: string } | null;
};

/** A place in the tree: among those below `parentId` (null: at the top), not counting the one that is moved. */
export interface TreePlace {
  readonly parentId: string | null;
  readonly position: number;
}

/** A step of a category by keys: before the one above it, behind the one below it, into the former, or out to the level above. */
export type TreeStep = 'up' | 'down' | 'in' | 'out';

/** Where a dragged category is let go: before or behind another, or on it. */
export type DropZone = 'before' | 'after' | 'inside';

const parentOf = (row: TreeRow): string | null => row.parent?.id ?? null;

export const childrenOf = <Row extends TreeRow>(rows: readonly Row[], parentId: string | null): Row[] =>
  rows.filter((row) => parentOf(row) === parentId);

/** The category and everything below it. */
export function branchOf(rows: readonly TreeRow[], id: string): Set<string> {
  const branch = new Set([id]);
  // Each stands before those below it.
  for (const row of rows) if (branch.has(parentOf(row) ?? '')) branch.add(row.id);
  return branch;
}

/** Where a step leads to; null where there is nothing that way. */
export function stepPlace(rows: readonly TreeRow[], id: string, step: TreeStep): TreePlace | null {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) return null;
  const parentId = parentOf(row);
  const beside = childrenOf(rows, parentId);
  const at = beside.findIndex((other) => other.id === id);
  if (step === 'up') return at > 0 ? { parentId, position: at - 1 } : null;
  if (step === 'down') return at < beside.length - 1 ? { parentId, position: at + 1 } : null;
  if (step === 'in') {
    const before = beside[at - 1];
    return before ? { parentId: before.id, position: childrenOf(rows, before.id).length } : null;
  }
  const above = rows.find((candidate) => candidate.id === parentId);
  if (!above) return null;
  const grandparentId = parentOf(above);
  const position = childrenOf(rows, grandparentId).findIndex((other) => other.id === above.id) + 1;
  return { parentId: grandparentId, position };
}

/** Where a category comes to that is let go at another; null on itself and on what lies below it. */
export function dropPlace(
  rows: readonly TreeRow[],
  id: string,
  target: { readonly id: string; readonly zone: DropZone },
): TreePlace | null {
  if (branchOf(rows, id).has(target.id)) return null;
  if (target.zone === 'inside') return { parentId: target.id, position: childrenOf(rows, target.id).length };
  const row = rows.find((candidate) => candidate.id === target.id);
  if (!row) return null;
  const parentId = parentOf(row);
  const beside = childrenOf(rows, parentId).filter((other) => other.id !== id);
  const at = beside.findIndex((other) => other.id === target.id);
  return { parentId, position: target.zone === 'before' ? at : at + 1 };
}

/** The zone of a row at this height of it: its upper and its lower quarter stand for before and behind. */
export function zoneAt(y: number, { top, height }: { top: number; height: number }): DropZone {
  const share = (y - top) / height;
  if (share < 0.25) return 'before';
  return share > 0.75 ? 'after' : 'inside';
}
