import { z } from 'zod';
import { CONTENT_LANGUAGES } from '../app/content-languages';
import type { LanguageCode } from '../generated/catalog/graphql';
import { parsePrice } from '../ui/money';
import { checksOfFields } from './product-fields';

type Translate = (key: string) => string;

export const priceField = (t: Translate, currency: string) =>
  z.string().refine((text) => parsePrice(text, currency) !== null, t('product.priceInvalid'));

export const optionalPriceField = (t: Translate, currency: string) =>
  z
    .string()
    .refine((text) => text.trim() === '' || parsePrice(text, currency) !== null, t('product.priceInvalid'));

export const wholeNumberField = (t: Translate) =>
  z.string().refine((text) => /^\d{0,9}$/.test(text.trim()), t('product.wholeNumber'));

const text = z.object({
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  seoTitle: z.string(),
  seoDescription: z.string(),
});

/** Translations and image order of a product, for creation and editing. */
export function organiseSchema(t: Translate, defaultLanguage: LanguageCode) {
  return z.object({
    ...checksOfFields(t),
    translations: z.record(z.enum(CONTENT_LANGUAGES), text).superRefine((texts, context) => {
      for (const language of CONTENT_LANGUAGES) {
        const isUsed = Object.values(texts[language]).some((part) => part.trim() !== '');
        if (texts[language].name.trim() === '' && (isUsed || language === defaultLanguage)) {
          context.addIssue({ code: 'custom', path: [language, 'name'], message: t('product.nameMissing') });
        }
      }
    }),
  });
}

export function editSchema(t: Translate, currency: string, defaultLanguage: LanguageCode) {
  const price = priceField(t, currency);
  const organised = organiseSchema(t, defaultLanguage);
  return organised.extend({
    slug: z.string().min(1, t('product.slugInvalid')).pipe(organised.shape.slug),
    variants: z.array(
      z
        .object({
          id: z.string(),
          sku: z.string().trim().min(1, t('product.skuMissing')),
          barcode: z.string(),
          price,
          compareAtPrice: optionalPriceField(t, currency),
          weightGrams: wholeNumberField(t),
          imageId: z.string(),
        })
        .superRefine((variant, context) => {
          const now = parsePrice(variant.price, currency);
          const before = parsePrice(variant.compareAtPrice, currency);
          if (now !== null && before !== null && before <= now) {
            context.addIssue({
              code: 'custom',
              path: ['compareAtPrice'],
              message: t('product.compareTooLow'),
            });
          }
        }),
    ),
  });
}
