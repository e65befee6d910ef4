import DataLoader from 'dataloader';
import { perRequest } from '../../../platform/graphql/context.js';
import { productsByAttribute, productsByValue } from './attribute.statements.js';

/** How many products have something, one statement for any number of values and one for attributes. */
export const attributeLoaders = perRequest(({ database }) => ({
  productsOfValue: new DataLoader<string, number>(async (ids) =>
    inOrder(ids, await database.rows(productsByValue, { ids })),
  ),
  productsOfAttribute: new DataLoader<string, number>(async (ids) =>
    inOrder(ids, await database.rows(productsByAttribute, { ids })),
  ),
}));

function inOrder(
  ids: readonly string[],
  counts: readonly { readonly id: string; readonly count: number }[],
): number[] {
  const known = new Map(counts.map(({ id, count }) => [id, count]));
  return ids.map((id) => known.get(id) ?? 0);
}
