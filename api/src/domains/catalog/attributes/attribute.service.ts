import { InvalidInputError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { KeyedRequest } from '../../../platform/database/request-keys.js';
import { withNames, type NameTranslationInput } from '../terms/name-translation.js';
import { lockTerms } from '../terms/term-lock.js';
import {
  assertEach,
  assertFree,
  cleanUnit,
  changeYesAndNo,
  FILTERABLE,
  freeCode,
  insertYesAndNo,
  nextPosition,
} from './attribute-rules.js';
import {
  announceAttribute,
  lockAttribute,
  takeFromAll,
  writeAttributes,
  type AttributeDeps,
} from './attribute-writes.js';
import {
  AttributeEntity,
  AttributeValueEntity,
  type AttributeKindName,
  type AttributeLevelName,
} from './attribute.entity.js';
import * as sql from './attribute.statements.js';

const MOST_ATTRIBUTES = 200;

export interface NewAttribute {
  readonly translations: readonly NameTranslationInput[];
  readonly code: string | null;
  readonly kind: AttributeKindName;
  readonly level: AttributeLevelName;
  readonly unit: string | null;
  readonly filterable: boolean;
  readonly categoryIds: readonly string[];
}

export interface AttributeChanges {
  readonly expectedVersion: number;
  readonly translations?: readonly NameTranslationInput[] | undefined;
  readonly kind?: AttributeKindName | undefined;
  readonly level?: AttributeLevelName | undefined;
  readonly unit?: string | null | undefined;
  readonly filterable?: boolean | undefined;
  readonly categoryIds?: readonly string[] | undefined;
}

/**
 * Staff changes of attributes. Every method is one transaction that locks tags and attributes alone, first of all: no
 * product is given a value meanwhile that is taken away, and what a kind depends on stays as it was read. Then it locks
 * the attribute, then products by id, and the version of the catalog last.
 */
export class AttributeService {
  constructor(private readonly deps: AttributeDeps) {}

  /**
   * Makes an attribute and returns its id; a repeat with the same key returns the first one's. One of the kind BOOLEAN
   * has the values "yes" and "no" from the beginning.
   *
   * @throws CodeTakenError, InvalidInputError
   */
  async create(input: NewAttribute, actorId: string, keyed: KeyedRequest | null): Promise<string> {
    const { defaultLanguage } = await this.deps.reference.get();
    return writeAttributes(this.deps, async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { attributeId: string }).attributeId;
      await lockTerms(tx);
      const { translations, code: given, categoryIds, kind, ...plain } = input;
      const unit = cleanUnit(kind, input.unit);
      const name = withNames({}, translations, defaultLanguage);
      const id = newId();
      const code = given ?? (await freeCode(tx, name[defaultLanguage] ?? ''));
      const others = await tx.rows(sql.attributeIds);
      const position = nextPosition(others);
      if (others.length >= MOST_ATTRIBUTES)
        throw new InvalidInputError(`A shop has at most ${MOST_ATTRIBUTES} attributes.`);
      const filterable = plain.filterable && FILTERABLE.includes(kind);
      await tx
        .repository(AttributeEntity)
        .insert([{ ...plain, id, code, name, kind, unit, filterable, position }]);
      if (kind === 'BOOLEAN') await insertYesAndNo(tx, id);
      await tx.rows(sql.suggestFor, { attributeId: id, ids: categoryIds });
      await announceAttribute(tx, this.deps.outbox, id, {
        change: 'CREATED',
        version: 1,
        changedBy: actorId,
      });
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { attributeId: id });
      return id;
    });
  }

  /**
   * Changes an attribute and keeps what is not given. A change without effect keeps the version.
   *
   * @throws KindLockedError for another kind or level once products have it, or it has values that the kind has not
   * @throws UnitMismatchError for another unit while numbers in the former one are stored
   * @throws StaleVersionError, InvalidInputError, NotFoundError
   */
  async update(id: string, changes: AttributeChanges, actorId: string): Promise<void> {
    const { defaultLanguage } = await this.deps.reference.get();
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      const stored = await lockAttribute(tx, id, changes.expectedVersion, 'attributeId');
      const name = withNames(stored.name, changes.translations, defaultLanguage);
      const { kind = stored.kind, level = stored.level } = changes;
      const present = kind === 'NUMBER' ? stored.unit : null;
      const unit = changes.unit === undefined ? present : cleanUnit(kind, changes.unit);
      await assertFree(tx, stored, { kind, level, unit });
      if (kind !== stored.kind) await changeYesAndNo(tx, stored, kind);
      const filterable = (changes.filterable ?? stored.filterable) && FILTERABLE.includes(kind);
      const suggested =
        changes.categoryIds &&
        ((await tx.row(sql.suggestFor, { attributeId: id, ids: changes.categoryIds }))?.changed ?? 0) > 0;
      const written = { name, kind, level, unit, filterable };
      const isWritten = await tx.repository(AttributeEntity).update(stored, written);
      if (!isWritten && !suggested) return;
      if (!isWritten) await tx.count(sql.raiseVersion, { id });
      const version = isWritten ? stored.version : stored.version + 1;
      await announceAttribute(tx, this.deps.outbox, id, { change: 'UPDATED', version, changedBy: actorId });
    });
  }

  /** Deletes an attribute with its values; products lose what they have of it. @throws StaleVersionError, NotFoundError */
  async delete(id: string, expectedVersion: number, actorId: string): Promise<void> {
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      const { version } = await lockAttribute(tx, id, expectedVersion, 'attributeId');
      const values = await tx.rows(sql.valueIds, { attributeId: id });
      await tx.repository(AttributeValueEntity).delete({ attributeId: id });
      await tx.repository(AttributeEntity).delete({ id });
      const ids = values.map((value) => value.id);
      const isRefreshed = await takeFromAll(tx, { attributeId: id, valueIds: ids, into: null });
      await announceAttribute(tx, this.deps.outbox, id, {
        ...{ change: 'DELETED', version: version + 1, changedBy: actorId, productsLater: !isRefreshed },
      });
    });
  }

  /** Puts all attributes in order. @throws DomainError STALE_ORDER unless each is named once */
  async reorder(ids: readonly string[], actorId: string): Promise<void> {
    await writeAttributes(this.deps, async (tx) => {
      await lockTerms(tx);
      assertEach(
        (await tx.rows(sql.attributeIds)).map(({ id }) => id),
        ids,
        'attributeIds',
      );
      for (const { id, version } of await tx.rows(sql.orderAttributes, { ids }))
        await announceAttribute(tx, this.deps.outbox, id, { change: 'UPDATED', version, changedBy: actorId });
    });
  }
}
