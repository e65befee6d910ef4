import { languageDataOf, localeOf } from '@vitrine/client/languages';
import { useHead } from '@unhead/vue';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useRoute } from 'vue-router';
import { offeredBy, pathInLanguage, type Language, type ShopLanguages } from './messages/language';
import type { PagePaths } from './messages/page-paths';
import { usePageResponse } from './page-response';
import { useShop, type Shop } from './shop';
import { usePageSettings, type PageSettings } from './settings';
import { GALLERY_SIZES, srcsetOf, type ShopImage } from '../ui/shop-image';

export interface PageHead {
  title: MaybeRefOrGetter<string | undefined>;
  /** The title is an SEO title, shown without the shop's name after it. */
  isWholeTitle?: MaybeRefOrGetter<boolean>;
  description?: MaybeRefOrGetter<string | undefined>;
  image?: MaybeRefOrGetter<string | undefined>;
  kind?: 'website' | 'product';
  /** The main image of the first screen, preloaded first. */
  hero?: MaybeRefOrGetter<ShopImage | null | undefined>;
  /** Cart, checkout, account: never cached, never indexed. */
  isPrivate?: boolean;
  noindex?: MaybeRefOrGetter<boolean>;
  /** The address that search engines should prefer to this one, where staff named one. */
  canonical?: MaybeRefOrGetter<string | null | undefined>;
  /** Structured data, written as JSON-LD. */
  structured?: () => object[];
  /** The paths of the page in each language, where they differ by more than the prefix. */
  paths?: () => PagePaths | null;
  /** Query parameters that are part of the canonical address, such as `after`. */
  canonicalQuery?: string[];
}

/** Title, description, canonical, hreflang and sharing tags of a page. All of it is reactive. */
export function usePageHead(head: PageHead): void {
  const settings = usePageSettings();
  const { language, origin } = settings;
  const shop = useShop();
  const brandName = (): string => shop.value?.name ?? '';
  const route = useRoute();
  const response = usePageResponse();
  if (head.isPrivate) response.isPrivate = true;

  const path = computed(() => {
    const kept = (head.canonicalQuery ?? []).filter((name) => typeof route.query[name] === 'string');
    const query = kept.map((name) => `${name}=${encodeURIComponent(String(route.query[name]))}`).join('&');
    return query ? `${route.path}?${query}` : route.path;
  });
  const addressIn = (code: Language): string =>
    origin + (head.paths?.()?.[code] ?? pathInLanguage(path.value, code));
  const isHidden = (): boolean => Boolean(head.isPrivate || toValue(head.noindex));

  useHead({
    // Left to right is what a page is without the attribute.
    htmlAttrs: { lang: language, dir: languageDataOf(language).direction === 'rtl' ? 'rtl' : undefined },
    title: () => toValue(head.title) ?? '',
    titleTemplate: (title?: string) => fullTitle(title, brandName(), Boolean(toValue(head.isWholeTitle))),
    meta: () => [
      ...(isHidden() ? [{ name: 'robots', content: 'noindex' }] : []),
      ...sharingTags(head, addressIn(language), settings, shop.value),
    ],
    link: () => [
      ...heroLinks(toValue(head.hero)),
      ...(isHidden()
        ? []
        : preferred(toValue(head.canonical), addressIn(language), () => alternates(shop.value, addressIn))),
    ],
    script: () =>
      (head.structured?.() ?? []).map((object) => ({
        type: 'application/ld+json',
        innerHTML: JSON.stringify(object),
      })),
  });
}

/** A page that stands aside for another has no languages of its own for search engines. */
function preferred(
  elsewhere: string | null | undefined,
  own: string,
  languages: () => ReturnType<typeof alternates>,
) {
  const canonical = { rel: 'canonical' as const, href: elsewhere ?? own };
  return elsewhere ? [canonical] : [canonical, ...languages()];
}

/** The same page in each language that the shop offers. */
function alternates(shop: ShopLanguages | null, addressIn: (language: Language) => string) {
  const { offered, main } = offeredBy(shop);
  const named = [...offered.map((code) => [code, code] as const), ['x-default', main] as const];
  return named.map(([hreflang, code]) => ({ rel: 'alternate' as const, hreflang, href: addressIn(code) }));
}

type PreloadLink = {
  rel: 'preload';
  as: 'image';
  fetchpriority: 'high';
  imagesrcset: string;
  imagesizes: string;
};

function heroLinks(hero: ShopImage | null | undefined): PreloadLink[] {
  const imagesrcset = hero && srcsetOf(hero);
  if (!imagesrcset) return [];
  return [{ rel: 'preload', as: 'image', fetchpriority: 'high', imagesrcset, imagesizes: GALLERY_SIZES }];
}

export function fullTitle(title: string | undefined, brandName: string, isWhole: boolean): string {
  if (!title) return brandName;
  return isWhole || brandName === '' || title.includes(brandName) ? title : `${title} · ${brandName}`;
}

type Tag = { name: string; content: string } | { property: string; content: string };

/** Open Graph tags for link previews. */
function sharingTags(
  head: PageHead,
  address: string,
  { language, origin }: PageSettings,
  shop: Shop | null,
): Tag[] {
  const title = toValue(head.title) ?? '';
  const description = toValue(head.description);
  // Its own, else that of what it shows, else that of the shop.
  const image = toValue(head.image) ?? shop?.brand.shareImage?.url1000;
  return [
    ...(description ? [{ name: 'description', content: description }] : []),
    { property: 'og:type', content: head.kind ?? 'website' },
    { property: 'og:site_name', content: shop?.name ?? '' },
    { property: 'og:title', content: title },
    ...(description ? [{ property: 'og:description', content: description }] : []),
    { property: 'og:url', content: address },
    { property: 'og:locale', content: localeOf(language).replace('-', '_') },
    ...(image ? [{ property: 'og:image', content: image.startsWith('/') ? origin + image : image }] : []),
    { name: 'twitter:card', content: image ? 'summary_large_image' : 'summary' },
  ];
}
