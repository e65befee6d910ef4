import { brandName } from '../app/brand';
import { defaultLanguage } from '../app/language';
import type { PageSettings } from '../app/settings';
import type { ProductPageQuery } from '../generated/catalog/graphql';

const schemaStock: Record<string, string> = { SOLD_OUT: 'OutOfStock', BACKORDER: 'BackOrder' };
type PageProduct = NonNullable<ProductPageQuery['product']>;

/** Address of a page for search engines, in the language of the page that names it. */
function addressOf(path: string, { origin, language }: PageSettings): string {
  return `${origin}${language === defaultLanguage ? '' : `/${language}`}${path}`;
}

/** schema.org/Product with one offer per variant. */
export function productData(product: PageProduct, settings: PageSettings): object {
  const address = addressOf(`/p/${product.slug}`, settings);
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    description: product.seo.description || product.summary || undefined,
    sku: product.variants[0]?.sku,
    image: product.images.map(({ url1000 }) =>
      url1000.startsWith('/') ? settings.origin + url1000 : url1000,
    ),
    brand: { '@type': 'Brand', name: brandName },
    offers: product.variants.map((variant) => ({
      '@type': 'Offer',
      sku: variant.sku,
      name: variant.name,
      price: variant.price.decimal,
      priceCurrency: variant.price.currency,
      availability: `https://schema.org/${schemaStock[variant.availability] ?? 'InStock'}`,
      itemCondition: 'https://schema.org/NewCondition',
      url: product.variants.length > 1 ? `${address}?variant=${encodeURIComponent(variant.sku)}` : address,
    })),
  };
}

/** schema.org/BreadcrumbList from the shop's front page down. */
export function breadcrumbData(
  crumbs: { slug: string; name: string }[],
  settings: PageSettings,
  homeName: string,
  last?: string,
): object {
  const places = [
    { name: homeName, item: addressOf('/', settings) },
    ...crumbs.map(({ slug, name }) => ({ name, item: addressOf(`/c/${slug}`, settings) })),
    ...(last ? [{ name: last, item: undefined }] : []),
  ];
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: places.map((place, index) => ({ '@type': 'ListItem', position: index + 1, ...place })),
  };
}
