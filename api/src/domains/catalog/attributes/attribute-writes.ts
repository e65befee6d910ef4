import { NotFoundError } from '../../../kernel/errors.js';
import { violatedConstraint, type Database, type Tx } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { CodeTakenError } from '../catalog.errors.js';
import { announceCatalogChange } from '../listing/product-projection.js';
import { refreshAtOnce } from '../terms/products-of-terms.js';
import { AttributeEntity } from './attribute.entity.js';
import { attributeChanged } from './attribute.events.js';
import * as sql from './attribute.statements.js';

export interface AttributeDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly reference: CatalogLookup;
}

type Change = Parameters<typeof attributeChanged>[1];

/** One transaction on attributes; then every process reads them anew. What the database refuses becomes a user error. */
export async function writeAttributes<T>(
  { database, reference, outbox }: Pick<AttributeDeps, 'database' | 'reference' | 'outbox'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    const result = await database.transaction(work);
    reference.drop();
    outbox.notifyRelay();
    return result;
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'attribute_code_key' || constraint === 'attribute_value_attribute_id_code_key')
      throw new CodeTakenError();
    throw error;
  }
}

/** @throws NotFoundError; StaleVersionError unless the attribute has this version, or null is given */
export async function lockAttribute(
  tx: Tx,
  id: string,
  expectedVersion: number | null,
  field: string,
): Promise<AttributeEntity> {
  const stored = await tx.repository(AttributeEntity).lock({ id });
  if (!stored) throw new NotFoundError('attribute', [field]);
  if ((expectedVersion ?? stored.version) !== stored.version) throw new StaleVersionError(stored.version);
  return stored;
}

export async function announceAttribute(
  tx: Tx,
  outbox: Outbox,
  id: string,
  change: Omit<Change, 'productsLater' | 'valueId'> & Partial<Change>,
): Promise<void> {
  await outbox.append(tx, attributeChanged(id, { productsLater: false, valueId: null, ...change }));
  await announceCatalogChange(tx);
}

/**
 * Takes values of an attribute, and what products have of it besides, from all products, or gives them another value
 * instead. The caller holds the terms alone.
 *
 * @returns false where the products are too many for one transaction: a job is to refresh them
 */
export async function takeFromAll(
  tx: Tx,
  { into, ...named }: { attributeId: string; valueIds: readonly string[]; into: string | null },
): Promise<boolean> {
  const products = await tx.rows(sql.lockProductsOf, named);
  await tx.count(sql.takeFromProducts, { ...named, into });
  await tx.count(sql.takeFromVariants, { ...named, into });
  return refreshAtOnce(
    tx,
    products.map(({ id }) => id),
  );
}
