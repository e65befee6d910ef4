import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import type { KeyedRequest } from '../../../platform/database/request-keys.js';
import { freeSlug, slugFrom } from '../products/slug.js';
import { withNames } from '../terms/name-translation.js';
import { refreshProductsOfTerm } from '../terms/products-of-terms.js';
import { lockTerms } from '../terms/term-lock.js';
import { assertEach, nextPosition } from './attribute-rules.js';
import { assertKeepsValues, lockValue, withCare } from './attribute-value-rules.js';
import {
  announceAttribute,
  lockAttribute,
  takeFromAll,
  writeAttributes,
  type AttributeDeps,
} from './attribute-writes.js';
import { AttributeValueEntity, type AttributeEntity } from './attribute.entity.js';
import * as sql from './attribute.statements.js';
import type { AttributeValueTranslationInput } from './attribute-value.input.js';

const MOST_VALUES = 500;

export interface NewValue {
  readonly attributeId: string;
  readonly translations: readonly AttributeValueTranslationInput[];
  readonly code: string | null;
  readonly swatch: string | null;
}

export interface ValueChanges {
  readonly expectedVersion: number;
  readonly translations?: readonly AttributeValueTranslationInput[] | undefined;
  readonly swatch?: string | null | undefined;
}

interface Written {
  readonly attribute: AttributeEntity;
  readonly actorId: string;
}

/**
 * Staff changes of the values of attributes. Every method is one transaction with the locks of `AttributeService`; the
 * version of the attribute goes up with its values.
 */
export class AttributeValueService {
  constructor(private readonly deps: AttributeDeps) {}

  /**
   * Makes a value, as the last of its attribute, and returns its id; a repeat with the same key returns the first one's.
   *
   * @throws CodeTakenError, NotFoundError; InvalidInputError for an attribute whose kind has no values of its own
   */
  async create(input: NewValue, actorId: string, keyed: KeyedRequest | null): Promise<string> {
    const { defaultLanguage } = await this.deps.reference.get();
    return writeAttributes(this.deps, async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { valueId: string }).valueId;
      await lockTerms(tx);
      const { attributeId, translations, swatch } = input;
      const attribute = await lockAttribute(tx, attributeId, null, 'attributeId');
      assertKeepsValues(attribute, swatch);
      const known = await tx.rows(sql.valueIds, { attributeId });
      if (known.length >= MOST_VALUES)
        throw new InvalidInputError(`An attribute has at most ${MOST_VALUES} values.`, ['attributeId']);
      const name = withNames({}, translations, defaultLanguage);
      const base = slugFrom(name[defaultLanguage] ?? '').slice(0, 36) || 'value';
      const code = input.code ?? freeSlug(base, new Set(known.map((value) => value.code)));
      const id = newId();
      const care = withCare({}, translations);
      const row = { id, attributeId, code, name, swatch, care, position: nextPosition(known) };
      await tx.repository(AttributeValueEntity).insert([row]);
      await tx.count(sql.giveUpFormerCode, { attributeId, code });
      await this.announce(tx, { attribute, actorId });
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { valueId: id });
      return id;
    });
  }

  /** Changes texts and color of a value. @throws StaleVersionError, InvalidInputError, NotFoundError */
  async update(id: string, changes: ValueChanges, actorId: string): Promise<void> {
    const { defaultLanguage } = await this.deps.reference.get();
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      const { value, attribute } = await lockValue(tx, id, changes.expectedVersion);
      if (changes.swatch) assertKeepsValues(attribute, changes.swatch);
      const before = JSON.stringify(value.name);
      const name = withNames(value.name, changes.translations, defaultLanguage);
      const care = withCare(value.care, changes.translations ?? []);
      const { swatch = value.swatch } = changes;
      if (!(await tx.repository(AttributeValueEntity).update(value, { name, care, swatch }))) return;
      const isRenamed = JSON.stringify(value.name) !== before;
      const productsLater = isRenamed && !(await refreshProductsOfTerm(tx, id));
      await this.announce(tx, { attribute, actorId }, { productsLater, valueId: id });
    });
  }

  /**
   * Gives every product of one value another one of the same attribute instead, and deletes the first; filters by it mean
   * the other from then on.
   *
   * @throws StaleVersionError, InvalidInputError, NotFoundError
   */
  async merge(
    id: string,
    { expectedVersion, intoId }: { readonly expectedVersion: number; readonly intoId: string },
    actorId: string,
  ): Promise<void> {
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      const { value, attribute } = await lockValue(tx, id, expectedVersion);
      const into = await tx.repository(AttributeValueEntity).lock({ id: intoId });
      if (!into) throw new NotFoundError('attribute value', ['intoId']);
      if (into.id === id || into.attributeId !== attribute.id)
        throw new InvalidInputError('Choose another value of the same attribute.', ['intoId']);
      assertKeepsValues(attribute, null);
      const formerCodes = [...into.formerCodes, ...value.formerCodes, value.code];
      await tx.repository(AttributeValueEntity).delete({ id });
      await tx.repository(AttributeValueEntity).update(into, { formerCodes });
      const named = { attributeId: attribute.id, valueIds: [id], into: intoId };
      const isRefreshed = await takeFromAll(tx, named);
      await this.announce(
        tx,
        { attribute, actorId },
        { productsLater: !isRefreshed, valueId: isRefreshed ? null : intoId },
      );
    });
  }

  /** Deletes a value; its products stay without it. @throws StaleVersionError, InvalidInputError, NotFoundError */
  async delete(id: string, expectedVersion: number, actorId: string): Promise<void> {
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      const { attribute } = await lockValue(tx, id, expectedVersion);
      assertKeepsValues(attribute, null);
      await tx.repository(AttributeValueEntity).delete({ id });
      const named = { attributeId: attribute.id, valueIds: [id], into: null };
      const isRefreshed = await takeFromAll(tx, named);
      await this.announce(tx, { attribute, actorId }, { productsLater: !isRefreshed });
    });
  }

  /** Puts the values of an attribute in order. @throws DomainError STALE_ORDER; NotFoundError */
  async reorder(attributeId: string, ids: readonly string[], actorId: string): Promise<void> {
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      const attribute = await lockAttribute(tx, attributeId, null, 'attributeId');
      const known = await tx.rows(sql.valueIds, { attributeId });
      assertEach(
        known.map(({ id }) => id),
        ids,
        'valueIds',
      );
      if ((await tx.count(sql.orderValues, { ids })) > 0) await this.announce(tx, { attribute, actorId });
    });
  }

  /** The version of the attribute goes up with its values. */
  private async announce(
    tx: Tx,
    { attribute, actorId }: Written,
    more: { readonly productsLater?: boolean; readonly valueId?: string | null } = {},
  ): Promise<void> {
    const version = attribute.version + 1;
    await tx.count(sql.raiseVersion, { id: attribute.id });
    await announceAttribute(tx, this.deps.outbox, attribute.id, {
      ...{ change: 'VALUES_CHANGED', version, changedBy: actorId },
      ...more,
    });
  }
}
