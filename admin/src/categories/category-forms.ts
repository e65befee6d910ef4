import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  CategoryCreateDocument,
  CategoryDeleteDocument,
  CategoryMoveDocument,
  CategoryUpdateDocument,
  type CategoryDeletePreviewQuery,
  type CategoryTranslationInput,
  type CategoryViewFragment,
} from '../generated/categories/graphql';
import ImageChoice from '../media/ImageChoice.vue';
import { defineForm } from '../ui/forms/define-form';
import { canonicalUrl } from '../content/seo/canonical-url';
import { optionalText, requiredText } from '../ui/forms/fields/codecs';
import type { FieldDefinition } from '../ui/forms/fields/field';
import { translations } from '../ui/forms/fields/translations';
import type { FilterChoice } from '../ui/lists/list';
import type { Tools } from '../ui/useTools';
import { branchOf, childrenOf } from './category-tree';

type Category = CategoryViewFragment;
export type DeletePreview = Omit<
  NonNullable<CategoryDeletePreviewQuery['categoryDeletePreview']>,
  '__typename'
>;

/** Stands for no category in choices, which have no empty value. */
const TOP = 'TOP';
const NONE = 'NONE';
const idOf = (choice: string): string | null => (choice === TOP || choice === NONE ? null : choice);

/** What is written of a category is told to every query that read one. */
const CONTEXT = { additionalTypenames: ['Category', 'Media'] };
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Categories as choices, each with those above it, so that the search finds both. */
function choicesOf(categories: readonly Category[], without = new Set<string>()): FilterChoice[] {
  const names = new Map<string, string>();
  for (const { id, name, parent } of categories)
    names.set(id, parent ? `${names.get(parent.id) ?? ''} › ${name}` : name);
  return categories.flatMap(({ id }) => (without.has(id) ? [] : [{ value: id, label: names.get(id) ?? '' }]));
}

const atTop = ({ t }: Tools): FilterChoice => ({ value: TOP, label: t('categories.top') });

const TEXTS: FieldDefinition<Category>['parts'] = {
  name: { label: 'categories.name', kind: 'text' },
  description: {
    label: 'categories.description',
    help: 'categories.descriptionHelp',
    kind: 'long-text',
    isOptional: true,
  },
  seoTitle: { label: 'product.seoTitle', kind: 'text', isOptional: true },
  seoDescription: { label: 'product.seoDescription', kind: 'long-text', isOptional: true },
};

interface CategoryValues {
  translations: CategoryTranslationInput[];
  slug: string;
  imageId: string | null;
  noindex: boolean;
  canonicalUrl: string | null;
  shareImageId: string | null;
  isHidden: boolean;
}

/** Texts and address of a category. */
export const categoryForm = defineForm<Category, CategoryValues>({
  name: 'category',
  titleOf: ({ name }) => name,
  schema: (tools) =>
    z.object({
      translations: translations(
        tools,
        {
          name: requiredText(tools.t('categories.nameMissing')),
          description: optionalText(),
          seoTitle: optionalText(),
          seoDescription: optionalText(),
        },
        { mustHave: 'default' },
      ),
      slug: z.string().trim().regex(SLUG, tools.t('product.slugInvalid')),
      imageId: z.string().nullable(),
      noindex: z.boolean(),
      canonicalUrl: canonicalUrl(tools),
      shareImageId: z.string().nullable(),
      isHidden: z.boolean(),
    }),
  toFields: (category) => ({
    translations: (category?.translations ?? []).map(
      ({ locale, name, description, seoTitle, seoDescription }) => ({
        ...{ locale, name, description: description ?? null },
        ...{ seoTitle: seoTitle ?? null, seoDescription: seoDescription ?? null },
      }),
    ),
    slug: category?.slug ?? '',
    imageId: category?.imageMedia?.id ?? null,
    noindex: category?.seo.noindex ?? false,
    canonicalUrl: category?.seo.canonicalUrl ?? null,
    shareImageId: category?.seo.imageMedia?.id ?? null,
    isHidden: category?.isHidden ?? false,
  }),
  fields: {
    translations: { label: 'product.texts', kind: 'translations', parts: TEXTS },
    imageId: {
      label: 'categories.image',
      help: 'categories.imageHelp',
      kind: 'own',
      component: ImageChoice,
      isOptional: true,
    },
    slug: { label: 'product.slug', help: 'categories.slugHelp', kind: 'code' },
    noindex: { label: 'seo.noindex', help: 'seo.noindexHelp', kind: 'switch' },
    canonicalUrl: {
      label: 'seo.canonicalUrl',
      help: 'seo.canonicalUrlHelp',
      kind: 'code',
      isOptional: true,
    },
    shareImageId: {
      ...{ label: 'seo.image', help: 'seo.imageHelp', kind: 'own', component: ImageChoice },
      ...{ isOptional: true, inputName: 'imageId' },
    },
    isHidden: { label: 'categories.isHidden', help: 'categories.isHiddenHelp', kind: 'switch' },
  },
  fieldOfCode: { SLUG_TAKEN: 'slug' },
  update: (client, { id, version }, { noindex, canonicalUrl: url, shareImageId, ...values }) =>
    onVersion(version, async (expectedVersion) => {
      const seo = { noindex, canonicalUrl: url, imageId: shareImageId };
      const input = { categoryId: id, expectedVersion, ...values, seo };
      const result = await client.mutation(CategoryUpdateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.categoryUpdate.errors };
    }),
});

interface NewCategory {
  translations: CategoryTranslationInput[];
  parentId: string;
}

/** A new category below this one, or at the top; `made` is told its id. */
export function newCategoryForm(
  categories: readonly Category[],
  parentId: string | null,
  made: (id: string) => void,
) {
  return defineForm<Category, NewCategory>({
    name: 'new-category',
    newTitle: 'categories.new',
    submitLabel: 'categories.create',
    done: 'categories.created',
    titleOf: ({ name }) => name,
    schema: (tools) =>
      z.object({
        translations: translations(
          tools,
          { name: requiredText(tools.t('categories.nameMissing')) },
          { mustHave: 'default' },
        ),
        parentId: z.string(),
      }),
    toFields: () => ({ translations: [], parentId: parentId ?? TOP }),
    fields: {
      translations: {
        label: 'categories.name',
        kind: 'translations',
        parts: { name: { label: 'categories.name', kind: 'text' } },
      },
      parentId: {
        label: 'categories.parent',
        kind: 'search',
        choices: (tools) => [atTop(tools), ...choicesOf(categories)],
      },
    },
    create: async (client, values, idempotencyKey) => {
      const input = { ...values, parentId: idOf(values.parentId), idempotencyKey };
      const result = await client.mutation(CategoryCreateDocument, { input }, CONTEXT);
      const id = result.data?.categoryCreate.category?.id;
      if (id) made(id);
      return { result, userErrors: result.data?.categoryCreate.errors };
    },
  });
}

/** Puts a category below another that is chosen by its name, as the last there. */
export function moveCategoryForm(categories: readonly Category[]) {
  return defineForm<Category, { parentId: string }>({
    titleOf: ({ name }, { t }) => t('categories.moveTitle', { name }),
    hint: 'categories.moveHint',
    submitLabel: 'categories.move',
    done: 'categories.moved',
    schema: () => z.object({ parentId: z.string() }),
    toFields: (category) => ({ parentId: category?.parent?.id ?? TOP }),
    fields: {
      parentId: {
        label: 'categories.parent',
        kind: 'search',
        choices: (tools, category) => [
          atTop(tools),
          ...choicesOf(categories, category && branchOf(categories, category.id)),
        ],
      },
    },
    update: async (client, { id }, values) => {
      const parentId = idOf(values.parentId);
      const input = { categoryId: id, parentId, position: childrenOf(categories, parentId).length };
      const result = await client.mutation(CategoryMoveDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.categoryMove.errors };
    },
  });
}

/** Deletes a category; asks where what is in it goes, as far as there is something. */
export function deleteCategoryForm(categories: readonly Category[], preview: DeletePreview) {
  const others = (category: Category | undefined) =>
    choicesOf(categories, new Set(category ? [category.id] : []));
  return defineForm<Category, { childrenTo: string; productsTo: string }>({
    titleOf: ({ name }, { t }) => t('categories.deleteTitle', { name }),
    hintOf: (_category, tools) => previewText(preview, tools),
    submitLabel: 'common.delete',
    done: 'categories.deleted',
    isDanger: true,
    schema: () => z.object({ childrenTo: z.string(), productsTo: z.string() }),
    toFields: (category) => ({ childrenTo: category?.parent?.id ?? TOP, productsTo: NONE }),
    fields: {
      childrenTo: {
        label: 'categories.childrenTo',
        kind: 'search',
        isFor: () => preview.children > 0,
        choices: (tools, category) => [
          atTop(tools),
          ...choicesOf(categories, category && branchOf(categories, category.id)),
        ],
      },
      productsTo: {
        label: 'categories.productsTo',
        kind: 'search',
        isFor: () => preview.products > 0,
        choices: ({ t }, category) => [
          { value: NONE, label: t('categories.productsOut') },
          ...others(category),
        ],
        explain: ({ t, n }, _category, { productsTo }) =>
          productsTo === NONE && preview.onlyHere > 0
            ? t('categories.productsWithout', { count: n(preview.onlyHere) }, preview.onlyHere)
            : undefined,
      },
    },
    update: (client, { id, version }, values) =>
      onVersion(version, async (expectedVersion) => {
        const [childrenTo, productsTo] = [idOf(values.childrenTo), idOf(values.productsTo)];
        const input = { categoryId: id, expectedVersion, childrenTo, productsTo };
        const result = await client.mutation(CategoryDeleteDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.categoryDelete.errors };
      }),
  });
}

function previewText({ children, products, onSale }: DeletePreview, { t, n }: Tools): string {
  const parts = [
    ...(children > 0 ? [t('categories.hasChildren', { count: n(children) }, children)] : []),
    ...(products > 0
      ? [t('categories.hasProducts', { count: n(products), onSale: n(onSale) }, products)]
      : []),
  ];
  return [...(parts.length > 0 ? parts : [t('categories.isEmpty')]), t('categories.addressLeads')].join(' ');
}
