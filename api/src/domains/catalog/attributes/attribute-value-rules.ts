import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import { cleanText } from '../products/safe-html.js';
import { lockAttribute } from './attribute-writes.js';
import { AttributeValueEntity, type AttributeEntity } from './attribute.entity.js';
import type { AttributeValueTranslationInput } from './attribute-value.input.js';

export async function lockValue(
  tx: Tx,
  id: string,
  expectedVersion: number,
): Promise<{ value: AttributeValueEntity; attribute: AttributeEntity }> {
  const value = await tx.repository(AttributeValueEntity).lock({ id });
  if (!value) throw new NotFoundError('attribute value', ['valueId']);
  const attribute = await lockAttribute(tx, value.attributeId, expectedVersion, 'valueId');
  return { value, attribute };
}

/** Of BOOLEAN only the words of "yes" and "no" change. */
export function assertKeepsValues({ kind }: AttributeEntity, swatch: string | null): void {
  if (kind !== 'ENUM' && kind !== 'COLOR')
    throw new InvalidInputError('Attributes of this kind have no values to keep.', ['attributeId']);
  if (swatch !== null && kind !== 'COLOR')
    throw new InvalidInputError('Only a color has a swatch.', ['swatch']);
}

export function withCare(
  stored: LocalizedText,
  translations: readonly AttributeValueTranslationInput[],
): LocalizedText {
  const care = { ...stored };
  for (const { locale, care: given } of translations) {
    if (given === undefined) continue;
    const text = cleanText(given ?? '');
    if (text) care[locale] = text;
    else delete care[locale];
  }
  return care;
}
