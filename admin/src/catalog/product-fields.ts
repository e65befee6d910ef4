import { languageName } from '@vitrine/client/languages';
import { currentLanguage } from '../app/i18n';
type Translate = (key: string, values?: Record<string, string>) => string;

const LABELS: Record<string, string> = {
  name: 'products.name',
  summary: 'product.summary',
  description: 'product.description',
  seoTitle: 'product.seoTitle',
  seoDescription: 'product.seoDescription',
  slug: 'product.slug',
  status: 'products.status',
  featured: 'product.featured',
  taxClass: 'product.taxClass',
  labels: 'product.labels',
  categoryIds: 'product.categories',
  tags: 'product.tags',
  attributeValueIds: 'product.attributes',
  sku: 'product.sku',
  barcode: 'product.barcode',
  price: 'product.priceAlone',
  compareAtPrice: 'product.compareAt',
  weightGrams: 'product.weight',
  imageId: 'product.variantImage',
};

/** The label of a product field: "Name, Română" or "Price, Blue". */
export function nameOfField(
  name: string,
  t: Translate,
  variants: readonly { id: string; name: string }[],
): string {
  const [group, owner, field] = name.split('.');
  const label = t(LABELS[field ?? group ?? ''] ?? 'product.fields');
  if (group === 'translations') return `${label}, ${languageName(owner ?? '', currentLanguage())}`;
  const variant = variants.find(({ id }) => `#${id}` === owner);
  return variant ? `${label}, ${variant.name}` : label;
}
