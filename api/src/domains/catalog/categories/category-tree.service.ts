import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import { announceCatalogChange } from '../listing/product-projection.js';
import { lockCategoryTree } from './category-lock.js';
import { categoryChanged } from './category.events.js';
import { lockCategory, writeTree, type CategoryDeps } from './category.service.js';
import { passSlugs } from '../../routing/index.js';
import * as sql from './category.statements.js';
import { refreshProductsBelow } from './products-of-categories.js';
import { CategoryEntity } from './taxonomy.entity.js';

export interface CategoryPlace {
  /** Null for the top. */
  readonly parentId: string | null;
  /** Among those beside it, from 0; beyond the last it becomes the last. */
  readonly position: number;
}

export interface CategoryDeletion {
  readonly expectedVersion: number;
  /** Where the categories directly below it go; undefined: they take its place. Null for the top. */
  readonly childrenTo: string | null | undefined;
  /** Null: its products are only taken out of it. */
  readonly productsTo: string | null;
}

/** What deleting a category touches. */
export interface CategoryDeletePreview {
  readonly children: number;
  readonly products: number;
  readonly onSale: number;
  readonly onlyHere: number;
}

/**
 * Moves and deletes categories. Every method is one transaction that locks the tree alone, first of all: no product is
 * put into a category meanwhile, and of two moves that together would form a cycle the second is refused. Then it locks
 * the category, then products by id, and the version of the catalog last. A checkout waits only at the products, and
 * those are refreshed by a job where they are many.
 */
export class CategoryTreeService {
  constructor(private readonly deps: Omit<CategoryDeps, 'keys'>) {}

  /**
   * Puts a category, with all below it, to a place in the tree. Without another place nothing is written.
   *
   * @throws CategoryCycleError, CategoryTooDeepError, NotFoundError
   */
  async move(id: string, { parentId, position }: CategoryPlace, actorId: string): Promise<void> {
    await writeTree(this.deps, async (tx) => {
      await lockCategoryTree(tx);
      const stored = await lockCategory(tx, id, null);
      if (parentId) await assertCategory(tx, parentId, 'parentId');
      const left = stored.parentId;
      const beside = (await idsBelow(tx, parentId)).filter((other) => other !== id);
      const at = Math.min(position, beside.length);
      const order = [...beside.slice(0, at), id, ...beside.slice(at)];
      if (!(await tx.repository(CategoryEntity).update(stored, { parentId, position: at }))) return;
      await tx.count(sql.numberCategories, { ids: order });
      if (left !== parentId) await tx.count(sql.numberCategories, { ids: await idsBelow(tx, left) });
      const productsLater = left !== parentId && !(await refreshProductsBelow(tx, id));
      const { version } = stored;
      await this.deps.outbox.append(
        tx,
        categoryChanged(id, { change: 'MOVED', version, changedBy: actorId, productsLater }),
      );
      await announceCatalogChange(tx);
    });
  }

  /** What deleting it would touch; null when there is no such category. */
  async deletePreview(id: string): Promise<CategoryDeletePreview | null> {
    const { database } = this.deps;
    if (!(await database.repository(CategoryEntity).find({ id }))) return null;
    return database.row(sql.countTouched, { id });
  }

  /**
   * Deletes a category. Those below it and its products stay, where the caller says; its addresses lead to the category
   * that takes its products, else to the one above it.
   *
   * @throws StaleVersionError; CategoryCycleError when the categories below it would lie below themselves
   * @throws CategoryTooDeepError, InvalidInputError, NotFoundError
   */
  async delete(id: string, deletion: CategoryDeletion, actorId: string): Promise<void> {
    await writeTree(this.deps, (tx) => this.deleteIn(tx, id, deletion, actorId), ['childrenTo']);
  }

  private async deleteIn(
    tx: Tx,
    id: string,
    { expectedVersion, productsTo, ...deletion }: CategoryDeletion,
    actorId: string,
  ): Promise<void> {
    await lockCategoryTree(tx);
    const { parentId, version } = await lockCategory(tx, id, expectedVersion);
    const { childrenTo = parentId } = deletion;
    for (const [field, to] of Object.entries({ childrenTo, productsTo })) {
      if (to === id) throw new InvalidInputError('It is deleted itself.', [field]);
      if (to) await assertCategory(tx, to, field);
    }
    await placeChildren(tx, { id, parentId, childrenTo });
    await tx.rows(sql.lockProductsOfCategory, { id });
    await tx.count(sql.takeOutOfCategory, { id, to: productsTo });
    const heir = productsTo ?? parentId;
    if (heir) await tx.count(passSlugs, { from: id, to: heir });
    await tx.repository(CategoryEntity).delete({ id });
    await tx.count(sql.numberCategories, { ids: await idsBelow(tx, parentId) });
    // Products still name it among the categories above them: that is how they are found.
    const productsLater = !(await refreshProductsBelow(tx, id));
    await this.deps.outbox.append(
      tx,
      categoryChanged(id, { change: 'DELETED', version: version + 1, changedBy: actorId, productsLater }),
    );
    await announceCatalogChange(tx);
  }
}

/** The categories below a deleted one: in its place when they go up, else as the last below another. */
async function placeChildren(
  tx: Tx,
  { id, parentId, childrenTo }: { id: string; parentId: string | null; childrenTo: string | null },
): Promise<void> {
  const children = await idsBelow(tx, id);
  if (children.length === 0) return;
  const beside = await idsBelow(tx, childrenTo);
  await tx.count(sql.moveChildren, { ids: children, parentId: childrenTo });
  const at = childrenTo === parentId ? beside.indexOf(id) : beside.length;
  await tx.count(sql.numberCategories, { ids: [...beside.slice(0, at), ...children, ...beside.slice(at)] });
}

async function idsBelow(tx: Tx, parentId: string | null): Promise<string[]> {
  return (await tx.rows(sql.categoriesBelow, { parentId })).map(({ id }) => id);
}

async function assertCategory(tx: Tx, id: string, field: string): Promise<void> {
  if (!(await tx.repository(CategoryEntity).find({ id }))) throw new NotFoundError('category', [field]);
}
