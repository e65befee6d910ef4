import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import {
  violatedCheck,
  violatedConstraint,
  type Database,
  type Tx,
} from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { CategoryCycleError, CategoryTooDeepError, SlugTakenError } from '../catalog.errors.js';
import { announceCatalogChange } from '../listing/product-projection.js';
import type { MediaUses } from '../../media/index.js';
import { slugsLike, urlChanged } from '../../routing/index.js';
import { withSeo, type SeoInput } from '../products/seo.input.js';
import { CATEGORY_PAGES } from '../addresses/pages.js';
import { freeSlug, isSlug, slugFrom } from '../products/slug.js';
import { holdCategoryTree, lockCategoryTree } from './category-lock.js';
import { NO_TEXTS, withCategoryTexts, withHints } from './category-texts.js';
import { holdMediaOf, showMedia, withImage } from './category-media.js';
import { categoryChanged } from './category.events.js';
import type { CategoryTranslationInput } from './category.input.js';
import * as sql from './category.statements.js';
import { refreshProductsBelow } from './products-of-categories.js';
import { CategoryEntity } from './taxonomy.entity.js';

export interface CategoryDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly reference: CatalogLookup;
  readonly uses: MediaUses;
}

export interface NewCategory {
  readonly parentId: string | null;
  readonly translations: readonly CategoryTranslationInput[];
  readonly slug: string | null;
  readonly seo: SeoInput | null;
  /** An image of the media library. */
  readonly imageId?: string | null | undefined;
  readonly isHidden?: boolean | null | undefined;
}

export interface CategoryChanges {
  readonly expectedVersion: number;
  readonly translations?: readonly CategoryTranslationInput[] | undefined;
  readonly slug?: string | undefined;
  readonly seo?: SeoInput | undefined;
  /** An image of the media library; null for none. */
  readonly imageId?: string | null | undefined;
  readonly isHidden?: boolean | undefined;
}

/**
 * Staff changes of categories. Every method is one transaction: first the lock of the tree, then the images that the
 * category is to show (see MediaUses), then the rows of categories, then those of products by id, and the version of the
 * catalog last.
 */
export class CategoryService {
  constructor(private readonly deps: CategoryDeps) {}

  /**
   * Creates a category as the last of those at its place, and returns its id; a repeat with the same key returns the
   * first one's. A slug that is derived from the name is made unique.
   *
   * @throws SlugTakenError, CategoryTooDeepError, InvalidInputError, NotFoundError for the category above
   */
  async create(input: NewCategory, actorId: string, keyed: KeyedRequest | null): Promise<string> {
    const { defaultLanguage } = await this.deps.reference.get();
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { categoryId: string }).categoryId;
      const { parentId, translations } = input;
      await lockCategoryTree(tx);
      const images = await holdMediaOf(tx, this.deps.uses, input);
      const written = withCategoryTexts(NO_TEXTS, translations, defaultLanguage);
      const texts = { ...withHints(written, input.seo, images.shared), ...withImage(null, images.own) };
      const rows = tx.repository(CategoryEntity);
      if (parentId && !(await rows.find({ id: parentId }))) throw new NotFoundError('category', ['parentId']);
      const [id, slug] = [newId(), await newSlug(tx, input.slug, texts.name[defaultLanguage] ?? '')];
      const position = (await tx.rows(sql.categoriesBelow, { parentId })).length;
      await rows.insert([{ id, parentId, slug, position, hidden: input.isHidden ?? false, ...texts }]);
      await showMedia(tx, this.deps.uses, id, images);
      await this.deps.outbox.append(
        tx,
        categoryChanged(id, { change: 'CREATED', version: 1, changedBy: actorId, productsLater: false }),
      );
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { categoryId: id });
      await announceCatalogChange(tx);
      return id;
    });
  }

  /**
   * Changes texts, slug, images and whether it is hidden, and keeps what is not given. A change without effect keeps the version. Products are found
   * by the names of their categories: they are refreshed with it, or by a job where they are many.
   *
   * @throws StaleVersionError if another change came first; nothing is written
   * @throws SlugTakenError, InvalidInputError, NotFoundError
   */
  async update(id: string, changes: CategoryChanges, actorId: string): Promise<void> {
    const { defaultLanguage } = await this.deps.reference.get();
    await this.write(async (tx) => {
      await holdCategoryTree(tx);
      const images = await holdMediaOf(tx, this.deps.uses, changes);
      const stored = await lockCategory(tx, id, changes.expectedVersion);
      const { name: before, slug } = stored;
      const texts = changes.translations && withCategoryTexts(stored, changes.translations, defaultLanguage);
      const hints = changes.seo && { seo: withSeo((texts ?? stored).seo, changes.seo, images.shared) };
      if (changes.slug) assertSlug(changes.slug);
      const hidden = changes.isHidden ?? stored.hidden;
      const image = withImage(stored.image, images.own);
      const written = { ...texts, ...hints, ...image, hidden, ...(changes.slug && { slug: changes.slug }) };
      if (!(await tx.repository(CategoryEntity).update(stored, written))) return;
      await showMedia(tx, this.deps.uses, id, images);
      const isRenamed = JSON.stringify(before) !== JSON.stringify(stored.name);
      const productsLater = isRenamed && !(await refreshProductsBelow(tx, id));
      const { version } = stored;
      if (stored.slug !== slug) {
        const path = `${CATEGORY_PAGES}${slug}`;
        await this.deps.outbox.append(
          tx,
          urlChanged(id, { kind: 'CATEGORY', change: 'UPDATED', path, version }),
        );
      }
      await this.deps.outbox.append(
        tx,
        categoryChanged(id, { change: 'UPDATED', version, changedBy: actorId, productsLater }),
      );
      await announceCatalogChange(tx);
    });
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return writeTree(this.deps, work);
  }
}

/** One transaction on the tree; then every process reads it anew. What the database refuses becomes a user error. */
export async function writeTree<T>(
  { database, reference, outbox }: Pick<CategoryDeps, 'database' | 'reference' | 'outbox'>,
  work: (tx: Tx) => Promise<T>,
  path?: readonly string[],
): Promise<T> {
  try {
    const result = await database.transaction(work);
    reference.drop();
    outbox.notifyRelay();
    return result;
  } catch (error) {
    if (violatedConstraint(error) === 'category_slug_key') throw new SlugTakenError();
    if (violatedCheck(error) === 'category_cycle') throw new CategoryCycleError(path);
    if (violatedCheck(error) === 'category_depth') throw new CategoryTooDeepError(path);
    throw error;
  }
}

/** @throws NotFoundError; StaleVersionError unless the category has this version, or null is given */
export async function lockCategory(
  tx: Tx,
  id: string,
  expectedVersion: number | null,
): Promise<CategoryEntity> {
  const stored = await tx.repository(CategoryEntity).lock({ id });
  if (!stored) throw new NotFoundError('category', ['categoryId']);
  if ((expectedVersion ?? stored.version) !== stored.version) throw new StaleVersionError(stored.version);
  return stored;
}

async function newSlug(tx: Tx, requested: string | null, name: string): Promise<string> {
  if (requested) {
    assertSlug(requested);
    return requested;
  }
  const slug = slugFrom(name) || 'category';
  const taken = await tx.rows(slugsLike, { kind: 'CATEGORY', slug });
  return freeSlug(slug, new Set(taken.map((row) => row.slug)));
}

function assertSlug(slug: string): void {
  if (!isSlug(slug))
    throw new InvalidInputError('Small letters, digits and single dashes, at most 80.', ['slug']);
}
