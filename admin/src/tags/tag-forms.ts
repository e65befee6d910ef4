import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  TagCreateDocument,
  TagDeleteDocument,
  TagMergeDocument,
  TagUpdateDocument,
  type NameTranslationInput,
  type TagRowFragment,
} from '../generated/tags/graphql';
import { defineForm } from '../ui/forms/define-form';
import { optionalText, requiredText } from '../ui/forms/fields/codecs';
import { translations } from '../ui/forms/fields/translations';
import type { Tools } from '../ui/useTools';

export type TagRow = TagRowFragment;

/** What is written of tags is told to every query that read them, and their products. */
const CONTEXT = { additionalTypenames: ['Tag', 'Product'] };
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface TagValues {
  translations: NameTranslationInput[];
  slug: string | null;
}

/** The names of a tag, and its address. */
export const tagForm = defineForm<TagRow, TagValues>({
  name: 'tag',
  newTitle: 'tags.new',
  titleOf: ({ name }) => name,
  schema: (tools, tag) =>
    z.object({
      translations: translations(
        tools,
        { name: requiredText(tools.t('tags.nameMissing')) },
        { mustHave: 'default' },
      ),
      slug: optionalText().refine(
        (text) => (text === null ? !tag : SLUG.test(text)),
        tools.t('product.slugInvalid'),
      ),
    }),
  toFields: (tag) => ({
    translations: (tag?.translations ?? []).map(({ locale, name }) => ({ locale, name })),
    slug: tag?.slug ?? null,
  }),
  fields: {
    translations: {
      label: 'tags.names',
      kind: 'translations',
      parts: { name: { label: 'tags.name', kind: 'text', letters: 60 } },
    },
    slug: {
      label: 'tags.slug',
      kind: 'code',
      explain: ({ t }, tag) => t(tag ? 'tags.slugKept' : 'product.slugHelp'),
    },
  },
  fieldOfCode: { SLUG_TAKEN: 'slug' },
  create: async (client, values, idempotencyKey) => {
    const result = await client.mutation(
      TagCreateDocument,
      { input: { ...values, idempotencyKey } },
      CONTEXT,
    );
    return { result, userErrors: result.data?.tagCreate.errors };
  },
  update: (client, { id, version }, { translations: names, slug }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { tagId: id, expectedVersion, translations: names, ...(slug !== null && { slug }) };
      const result = await client.mutation(TagUpdateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.tagUpdate.errors };
    }),
});

const productsOf = ({ productCount }: TagRow, { t, n }: Tools): string =>
  t('tags.products', { count: n(productCount ?? 0) }, productCount ?? 0);

/** Makes one tag of two. */
export function tagMergeForm(tags: readonly TagRow[]) {
  return defineForm<TagRow, { intoId: string }>({
    titleOf: ({ name }, { t }) => t('tags.mergeTitle', { name }),
    hintOf: (tag, tools) => tools.t('tags.mergeHint', { products: productsOf(tag, tools) }),
    submitLabel: 'tags.merge',
    done: 'tags.merged',
    isDanger: true,
    schema: ({ t }) => z.object({ intoId: requiredText(t('tags.intoMissing')) }),
    toFields: () => ({ intoId: '' }),
    fields: {
      intoId: {
        label: 'tags.into',
        kind: 'search',
        choices: (_tools, tag) =>
          tags.flatMap(({ id, name }) => (id === tag?.id ? [] : [{ value: id, label: name }])),
      },
    },
    update: (client, { id, version }, { intoId }) =>
      onVersion(version, async (expectedVersion) => {
        const input = { tagId: id, expectedVersion, intoId };
        const result = await client.mutation(TagMergeDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.tagMerge.errors };
      }),
  });
}

/** Deletes a tag. */
export const tagDeleteForm = defineForm<TagRow, object>({
  titleOf: ({ name }, { t }) => t('tags.deleteTitle', { name }),
  hintOf: (tag, tools) => tools.t('tags.deleteHint', { products: productsOf(tag, tools) }),
  submitLabel: 'common.delete',
  done: 'tags.deleted',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version }) =>
    onVersion(version, async (expectedVersion) => {
      const result = await client.mutation(
        TagDeleteDocument,
        { input: { tagId: id, expectedVersion } },
        CONTEXT,
      );
      return { result, userErrors: result.data?.tagDelete.errors };
    }),
});
