import { rootLanguage } from '../app/messages/language';
import type { Shop as Frame } from '../app/shop';
import type { PageSettings } from '../app/settings';
import type { ProductPageQuery } from '../generated/catalog/graphql';

const schemaStock: Record<string, string> = { SOLD_OUT: 'OutOfStock', BACKORDER: 'BackOrder' };
type PageProduct = NonNullable<ProductPageQuery['product']>;
type Shop = Pick<ProductPageQuery['shop'], 'name' | 'homeCountry' | 'returnDays' | 'shippingMethods'>;

/** The absolute address of a page, in the language of the current page. */
function addressOf(path: string, { origin, language }: PageSettings): string {
  return `${origin}${language === rootLanguage() ? '' : `/${language}`}${path}`;
}

/** schema.org/Product with one offer per variant, shipping costs and return policy. */
export function productData(product: PageProduct, settings: PageSettings, shop: Shop): object {
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
    brand: { '@type': 'Brand', name: shop.name },
    offers: product.variants.map((variant) => ({
      '@type': 'Offer',
      sku: variant.sku,
      name: variant.name,
      price: variant.price.decimal,
      priceCurrency: variant.price.currency,
      availability: `https://schema.org/${schemaStock[variant.availability] ?? 'InStock'}`,
      itemCondition: 'https://schema.org/NewCondition',
      hasMerchantReturnPolicy: returnPolicy(shop),
      shippingDetails: shop.shippingMethods.map((method) =>
        shippingDetails(method, variant.price, shop.homeCountry),
      ),
      url: product.variants.length > 1 ? `${address}?variant=${encodeURIComponent(variant.sku)}` : address,
    })),
  };
}

/** The shipping cost of one unit at this price within the home country. */
function shippingDetails(
  method: Shop['shippingMethods'][number],
  price: { amount: number },
  homeCountry: string,
): object {
  const { freeFrom, estimatedDaysMin: min, estimatedDaysMax: max } = method;
  const isFree = freeFrom != null && price.amount >= freeFrom.amount;
  const days = { '@type': 'QuantitativeValue', minValue: min ?? max, maxValue: max, unitCode: 'DAY' };
  return {
    '@type': 'OfferShippingDetails',
    shippingRate: {
      '@type': 'MonetaryAmount',
      value: isFree ? '0' : method.price.gross.decimal,
      currency: method.price.gross.currency,
    },
    shippingDestination: { '@type': 'DefinedRegion', addressCountry: homeCountry },
    ...(max == null ? {} : { deliveryTime: { '@type': 'ShippingDeliveryTime', transitTime: days } }),
  };
}

function returnPolicy({ returnDays: days, homeCountry }: Shop): object {
  const category = days > 0 ? 'MerchantReturnFiniteReturnWindow' : 'MerchantReturnNotPermitted';
  return {
    '@type': 'MerchantReturnPolicy',
    applicableCountry: homeCountry,
    returnPolicyCategory: `https://schema.org/${category}`,
    ...(days > 0 ? { merchantReturnDays: days, returnMethod: 'https://schema.org/ReturnByMail' } : {}),
  };
}

/** The shop and its search, for the home page. */
export function shopData(settings: PageSettings, shop: Frame | null): object[] {
  const home = addressOf('/', settings);
  return [
    {
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: shop?.name,
      legalName: shop?.seller.name,
      email: shop?.contact.email ?? undefined,
      telephone: shop?.contact.phone ?? undefined,
      sameAs: shop?.contact.links.length ? shop.contact.links : undefined,
      url: `${settings.origin}/`,
      logo: `${settings.origin}/icon-512.png`,
    },
    {
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      name: shop?.name,
      url: home,
      inLanguage: settings.language,
      potentialAction: {
        '@type': 'SearchAction',
        target: `${addressOf('/search', settings)}?q={search_term_string}`,
        'query-input': 'required name=search_term_string',
      },
    },
  ];
}

/** schema.org/ItemList of the products on a page of a list. */
export function listData(products: readonly { slug: string }[], settings: PageSettings): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    itemListElement: products.map(({ slug }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      url: addressOf(`/p/${slug}`, settings),
    })),
  };
}

/** schema.org/BreadcrumbList from the home page down. */
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
