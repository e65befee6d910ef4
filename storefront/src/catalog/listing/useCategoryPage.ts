import { computed, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { pathInLanguage } from '../../app/messages/language';
import { usePageHead } from '../../app/page-head';
import { usePageQuery } from '../../app/page-query';
import { usePageResponse } from '../../app/page-response';
import { usePageSettings } from '../../app/settings';
import { useI18n } from '../../app/messages/i18n';
import { CategoryHeadDocument } from '../../generated/catalog/graphql';
import { breadcrumbData } from '../structured-data';

/** A category with its breadcrumbs and children, HTTP status and head. The products come from `useProductList`. */
export function useCategoryPage(slug: () => string) {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  const response = usePageResponse();
  const settings = usePageSettings();

  const { data, fetching, error } = usePageQuery(
    { query: CategoryHeadDocument, variables: () => ({ slug: slug() }) },
    (answer) => {
      if (!answer?.category) response.status = 404;
      else if (answer.category.slug !== slug()) {
        // A former address.
        response.status = 301;
        response.redirect = pathInLanguage(`/c/${answer.category.slug}`, settings.language);
      }
    },
  );
  const category = computed(() =>
    data.value?.category?.slug === slug() || !fetching.value ? data.value?.category : null,
  );
  watch(category, (found) => {
    if (found && found.slug !== slug())
      void router.replace({ params: { ...route.params, slug: found.slug }, query: route.query });
  });
  /** Categories that are hidden are reached by their address only: no way leads to them, and no search engine. */
  const crumbs = computed(() => category.value?.breadcrumbs.filter(({ isHidden }) => !isHidden) ?? []);
  const isHidden = computed(() => category.value?.breadcrumbs.some((crumb) => crumb.isHidden) ?? false);
  const siblings = computed(() => {
    const own = category.value;
    return own?.children.length ? own.children : (own?.parent?.children ?? []);
  });

  usePageHead({
    title: () => category.value?.seo.title ?? category.value?.name,
    isWholeTitle: () => Boolean(category.value && category.value.seo.title !== category.value.name),
    image: () => category.value?.seo.image?.url1000 ?? category.value?.image?.url1000,
    description: () => category.value?.seo.description || category.value?.description || undefined,
    noindex: () => !category.value || category.value.seo.noindex || isHidden.value,
    canonical: () => category.value?.seo.canonicalUrl,
    canonicalQuery: ['after'],
    structured: () => (category.value ? [breadcrumbData(crumbs.value, settings, t('nav.home'))] : []),
  });

  return { category, crumbs, siblings, error, fetching };
}
