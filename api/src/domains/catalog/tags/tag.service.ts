import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { violatedConstraint, type Database, type Tx } from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { SlugTakenError } from '../catalog.errors.js';
import { announceCatalogChange } from '../listing/product-projection.js';
import { withNames, type NameTranslationInput } from '../terms/name-translation.js';
import { refreshAtOnce, refreshProductsOfTerm } from '../terms/products-of-terms.js';
import { lockTerms } from '../terms/term-lock.js';
import { assertSlug, formerSlugs, newSlug } from './tag-slugs.js';
import { TagEntity } from './tag.entity.js';
import { tagChanged } from './tag.events.js';
import * as sql from './tag.statements.js';

interface TagDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly reference: CatalogLookup;
}

export interface NewTag {
  readonly translations: readonly NameTranslationInput[];
  readonly slug: string | null;
}

export interface TagChanges {
  readonly expectedVersion: number;
  readonly translations?: readonly NameTranslationInput[] | undefined;
  readonly slug?: string | undefined;
}

type Change = Parameters<typeof tagChanged>[1];

/**
 * Staff changes of tags. Every method is one transaction that locks tags and attributes alone, first of all: no product
 * gets a tag meanwhile that is merged or deleted. Then it locks the rows of tags, then those of products by id, and the
 * version of the catalog last.
 */
export class TagService {
  constructor(private readonly deps: TagDeps) {}

  /**
   * Makes a tag and returns its id; a repeat with the same key returns the first one's. A slug that is derived from the
   * name is made unique.
   *
   * @throws SlugTakenError, InvalidInputError
   */
  async create(input: NewTag, actorId: string, keyed: KeyedRequest | null): Promise<string> {
    const { defaultLanguage } = await this.deps.reference.get();
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { tagId: string }).tagId;
      await lockTerms(tx);
      const name = withNames({}, input.translations, defaultLanguage);
      const [id, slug] = [newId(), await newSlug(tx, input.slug, name[defaultLanguage] ?? '')];
      await tx.repository(TagEntity).insert([{ id, slug, name }]);
      await tx.count(sql.giveUpFormerSlug, { slug, except: id });
      await this.announce(tx, id, { change: 'CREATED', version: 1, changedBy: actorId });
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { tagId: id });
      return id;
    });
  }

  /**
   * Changes names and slug of a tag; by the former slug it is found, too. A change without effect keeps the version.
   *
   * @throws StaleVersionError if another change came first; nothing is written
   * @throws SlugTakenError, InvalidInputError, NotFoundError
   */
  async update(id: string, { slug, ...changes }: TagChanges, actorId: string): Promise<void> {
    const { defaultLanguage } = await this.deps.reference.get();
    await this.write(async (tx) => {
      await lockTerms(tx);
      const stored = await lockTag(tx, id, changes.expectedVersion);
      const before = JSON.stringify(stored.name);
      const name = withNames(stored.name, changes.translations, defaultLanguage);
      const moved = slug && slug !== stored.slug ? { slug, formerSlugs: formerSlugs(stored, slug) } : {};
      if (slug) assertSlug(slug);
      if (!(await tx.repository(TagEntity).update(stored, { name, ...moved }))) return;
      await tx.count(sql.giveUpFormerSlug, { slug: stored.slug, except: id });
      const isRenamed = JSON.stringify(stored.name) !== before;
      const productsLater = isRenamed && !(await refreshProductsOfTerm(tx, id));
      await this.announce(tx, id, {
        ...{ change: 'UPDATED', version: stored.version, changedBy: actorId, productsLater },
      });
    });
  }

  /**
   * Gives every product of one tag another one instead, and deletes the first; its addresses lead to the other.
   *
   * @throws StaleVersionError, InvalidInputError for the tag itself, NotFoundError
   */
  async merge(
    id: string,
    { expectedVersion, intoId }: { readonly expectedVersion: number; readonly intoId: string },
    actorId: string,
  ): Promise<void> {
    if (intoId === id) throw new InvalidInputError('Choose another tag.', ['intoId']);
    await this.write(async (tx) => {
      await lockTerms(tx);
      const { slug, formerSlugs: former, version } = await lockTag(tx, id, expectedVersion);
      const into = await tx.repository(TagEntity).lock({ id: intoId });
      if (!into) throw new NotFoundError('tag', ['intoId']);
      await tx.rows(sql.lockProductsOfTag, { id });
      await tx.count(sql.replaceTag, { id, into: intoId });
      await tx.repository(TagEntity).delete({ id });
      await tx.repository(TagEntity).update(into, { formerSlugs: [...into.formerSlugs, ...former, slug] });
      const productsLater = !(await refreshProductsOfTerm(tx, intoId));
      await this.announce(tx, id, {
        ...{ change: 'MERGED', version: version + 1, changedBy: actorId, mergedInto: intoId, productsLater },
      });
    });
  }

  /** Deletes a tag; its products stay without it. @throws StaleVersionError, NotFoundError */
  async delete(id: string, expectedVersion: number, actorId: string): Promise<void> {
    await this.write(async (tx) => {
      await lockTerms(tx);
      const { version } = await lockTag(tx, id, expectedVersion);
      const products = await tx.rows(sql.lockProductsOfTag, { id });
      await tx.count(sql.replaceTag, { id, into: null });
      await tx.repository(TagEntity).delete({ id });
      const ids = products.map((product) => product.id);
      const productsLater = !(await refreshAtOnce(tx, ids));
      await this.announce(tx, id, {
        ...{ change: 'DELETED', version: version + 1, changedBy: actorId, productsLater },
      });
    });
  }

  private async announce(
    tx: Tx,
    id: string,
    change: Omit<Change, 'mergedInto' | 'productsLater'> & Partial<Change>,
  ): Promise<void> {
    await this.deps.outbox.append(tx, tagChanged(id, { mergedInto: null, productsLater: false, ...change }));
    await announceCatalogChange(tx);
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await this.deps.database.transaction(work);
      this.deps.reference.drop();
      this.deps.outbox.notifyRelay();
      return result;
    } catch (error) {
      throw violatedConstraint(error) === 'tag_slug_key' ? new SlugTakenError() : error;
    }
  }
}

/** @throws NotFoundError; StaleVersionError unless the tag has this version */
async function lockTag(tx: Tx, id: string, expectedVersion: number): Promise<TagEntity> {
  const stored = await tx.repository(TagEntity).lock({ id });
  if (!stored) throw new NotFoundError('tag', ['tagId']);
  if (stored.version !== expectedVersion) throw new StaleVersionError(stored.version);
  return stored;
}
