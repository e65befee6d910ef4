import { computed, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { pathInLanguage } from '../../app/messages/language';
import { usePageHead } from '../../app/page-head';
import { usePageQuery } from '../../app/page-query';
import { usePageResponse } from '../../app/page-response';
import { usePageSettings } from '../../app/settings';
import { useI18n } from '../../app/messages/i18n';
import { ProductPageDocument } from '../../generated/catalog/graphql';
import { breadcrumbData, productData } from '../structured-data';
import { useVariantPicker } from './useVariantPicker';

/** The data of a product page, with its HTTP status, its head and the chosen variant in `?variant=`. */
export function useProductPage(slug: () => string) {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  const response = usePageResponse();
  const settings = usePageSettings();

  const { data, error, fetching } = usePageQuery(
    { query: ProductPageDocument, variables: () => ({ slug: slug() }) },
    (answer) => {
      if (!answer?.product) response.status = 404;
      else if (answer.product.slug !== slug()) {
        response.status = 301;
        response.redirect = pathInLanguage(`/p/${answer.product.slug}`, settings.language);
      } else response.values = { variant: answer.product.variants.map(({ sku }) => sku) };
    },
  );
  // While another product loads, `data` still holds the previous one.
  const product = computed(() =>
    fetching.value && data.value?.product?.slug !== slug() ? null : data.value?.product,
  );

  watch(product, (found) => {
    if (found && found.slug !== slug())
      void router.replace({ params: { ...route.params, slug: found.slug } });
  });

  const picker = useVariantPicker(
    () => product.value,
    () => (typeof route.query.variant === 'string' ? route.query.variant : undefined),
    (sku) => void router.replace({ query: { ...route.query, variant: sku } }),
  );

  usePageHead({
    title: () => (product.value ? product.value.seo.title || product.value.name : t('missing.title')),
    isWholeTitle: () => Boolean(product.value && product.value.seo.title !== product.value.name),
    description: () => product.value?.seo.description || product.value?.summary || undefined,
    image: () => product.value?.seo.image?.url1000 ?? product.value?.images[0]?.url1000,
    hero: () => product.value?.images[0],
    kind: 'product',
    noindex: () => !product.value || product.value.seo.noindex,
    canonical: () => product.value?.seo.canonicalUrl,
    structured: () =>
      product.value && data.value
        ? [
            productData(product.value, settings, data.value.shop),
            breadcrumbData(product.value.breadcrumbs, settings, t('nav.home'), product.value.name),
          ]
        : [],
  });

  return { product, shop: computed(() => data.value?.shop), picker, error, fetching };
}
