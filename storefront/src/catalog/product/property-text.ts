import { dateIn, localeOf } from '@vitrine/client/languages';
import type { Property_AttributeFragment } from '../../generated/catalog/graphql';

/** What a product has of a property, in words: "Clay, wood", "12.5 cm", "30 November 2026". */
export function propertyText(
  { values, number, unit, day, text }: Property_AttributeFragment,
  language: string,
): string {
  if (number != null)
    return [new Intl.NumberFormat(localeOf(language)).format(number), unit ?? ''].join(' ').trim();
  // A day has no time zone.
  if (day) return dateIn(language, new Date(`${day}T12:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' });
  return text ?? values.map(({ name }) => name).join(', ');
}
