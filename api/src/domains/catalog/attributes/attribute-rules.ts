import { DomainError, InvalidInputError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { visibleText } from '../../../kernel/invisible-characters.js';
import type { Tx } from '../../../platform/database/database.js';
import { inEveryLanguage } from '../../../platform/messages.js';
import { KindLockedError, UnitMismatchError } from '../catalog.errors.js';
import { freeSlug, slugFrom } from '../products/slug.js';
import { AttributeValueEntity, type AttributeEntity, type AttributeKindName } from './attribute.entity.js';
import * as sql from './attribute.statements.js';

/** Kinds that lists can be narrowed by. */
export const FILTERABLE: readonly AttributeKindName[] = ['ENUM', 'COLOR', 'BOOLEAN', 'NUMBER'];
/** Kinds with values that staff keep. */
const WITH_VALUES: readonly AttributeKindName[] = ['ENUM', 'COLOR'];

/** @throws DomainError STALE_ORDER unless the ids are these, each once */
export function assertEach(known: readonly string[], ids: readonly string[], field: string): void {
  if (ids.length !== known.length || new Set([...ids, ...known]).size !== known.length)
    throw new DomainError('STALE_ORDER', 'This is not each of them once.', [field]);
}

export async function freeCode(tx: Tx, name: string): Promise<string> {
  const code = slugFrom(name).slice(0, 36).replace(/-+$/, '') || 'attribute';
  return freeSlug(code, new Set((await tx.rows(sql.codesLike, { code })).map((row) => row.code)));
}

/** Behind the last one: where one was deleted its place stays free. */
export function nextPosition(others: readonly { readonly position: number }[]): number {
  return Math.max(-1, ...others.map(({ position }) => position)) + 1;
}

export function tidyUnit(given: string | null): string | null {
  return visibleText((given ?? '').replace(/[\p{Cc}\s]+/gu, ' ')).trim() || null;
}

/** A unit as it is stored; null where nothing was written. @throws InvalidInputError for one of no number */
export function cleanUnit(kind: AttributeKindName, given: string | null): string | null {
  const unit = tidyUnit(given);
  if (unit !== null && kind !== 'NUMBER') throw new InvalidInputError('Only numbers have a unit.', ['unit']);
  return unit;
}

export async function assertFree(
  tx: Tx,
  stored: AttributeEntity,
  { kind, level, unit }: Pick<AttributeEntity, 'kind' | 'level' | 'unit'>,
): Promise<void> {
  const isOther = kind !== stored.kind || level !== stored.level;
  if (!isOther && unit === stored.unit) return;
  const values = await tx.rows(sql.valueIds, { attributeId: stored.id });
  const valueIds = values.map(({ id }) => id);
  const { products = 0, hasData = false } =
    (await tx.row(sql.usesOf, { attributeId: stored.id, valueIds })) ?? {};
  const keepsValues = WITH_VALUES.includes(stored.kind) && valueIds.length > 0;
  if (isOther && (products > 0 || (keepsValues && !WITH_VALUES.includes(kind))))
    throw new KindLockedError(products, [kind === stored.kind ? 'level' : 'kind']);
  // A number without a unit may get the one that was meant.
  if (unit !== stored.unit && stored.unit !== null && hasData)
    throw new UnitMismatchError(stored.unit, ['unit']);
}

export async function changeYesAndNo(
  tx: Tx,
  { id, kind: before }: AttributeEntity,
  kind: string,
): Promise<void> {
  if (before === 'BOOLEAN') await tx.repository(AttributeValueEntity).delete({ attributeId: id });
  if (kind === 'BOOLEAN') await insertYesAndNo(tx, id);
}

export async function insertYesAndNo(tx: Tx, attributeId: string): Promise<void> {
  await tx.repository(AttributeValueEntity).insert(
    (['yes', 'no'] as const).map((code, position) => ({
      ...{ id: newId(), attributeId, code, position, swatch: null },
      name: inEveryLanguage('api', `attributes.${code}`),
    })),
  );
}
