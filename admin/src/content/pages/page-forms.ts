import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import {
  PageArchiveDocument,
  PageCreateDocument,
  PagePublishDocument,
  PageRevertDocument,
  PageUpdateDocument,
  type PageRowFragment,
  type PageTranslationInput,
  type PageVersionsQuery,
} from '../../generated/content/graphql';
import ImageChoice from '../../media/ImageChoice.vue';
import { defineForm } from '../../ui/forms/define-form';
import { optionalMoment, optionalText, requiredText } from '../../ui/forms/fields/codecs';
import type { FieldDefinition } from '../../ui/forms/fields/field';
import { translations } from '../../ui/forms/fields/translations';
import { PAGE_CONTEXT } from './block-form';
import type { Page } from './page-blocks';

type Version = NonNullable<NonNullable<PageVersionsQuery['staffPage']>['versions']>[number];

const NAME: FieldDefinition<PageRowFragment> = { label: 'pages.name', kind: 'text' };

/** A new page; `made` is told its id. */
export const newPageForm = (made: (id: string) => void) =>
  defineForm<PageRowFragment, { translations: PageTranslationInput[] }>({
    name: 'new-page',
    newTitle: 'pages.new',
    hint: 'pages.newHint',
    submitLabel: 'pages.create',
    done: 'pages.created',
    titleOf: ({ name }) => name,
    schema: (tools) =>
      z.object({
        translations: translations(
          tools,
          { name: requiredText(tools.t('pages.nameMissing')) },
          { mustHave: 'default' },
        ),
      }),
    toFields: () => ({ translations: [] }),
    fields: { translations: { label: 'pages.texts', kind: 'translations', parts: { name: NAME } } },
    create: async (client, values, idempotencyKey) => {
      const input = { ...values, idempotencyKey };
      const result = await client.mutation(PageCreateDocument, { input }, PAGE_CONTEXT);
      if (result.data?.pageCreate.page) made(result.data.pageCreate.page.id);
      return { result, userErrors: result.data?.pageCreate.errors };
    },
  });

interface PageValues {
  translations: PageTranslationInput[];
  noindex: boolean;
  shareImageId: string | null;
}

/** Name, address and search result of a page. */
export const pageForm = defineForm<Page, PageValues>({
  name: 'page',
  titleOf: ({ name }) => name,
  schema: (tools) =>
    z.object({
      translations: translations(
        tools,
        {
          name: optionalText(),
          slug: optionalText(),
          seoTitle: optionalText(),
          seoDescription: optionalText(),
        },
        { mustHave: 'default' },
      ),
      noindex: z.boolean(),
      shareImageId: z.string().nullable(),
    }),
  toFields: (page) => ({
    translations: (page?.draft?.translations ?? []).map(
      ({ locale, name, slug, seoTitle, seoDescription }) => ({
        ...{ locale, name: name ?? null, slug: slug ?? null },
        ...{ seoTitle: seoTitle ?? null, seoDescription: seoDescription ?? null },
      }),
    ),
    noindex: page?.draft?.noindex ?? false,
    shareImageId: page?.draft?.shareImageId ?? null,
  }),
  fields: {
    translations: {
      label: 'pages.texts',
      kind: 'translations',
      parts: {
        name: { label: 'pages.name', kind: 'text' },
        slug: {
          ...{ label: 'product.slug', help: 'pages.slugHelp', kind: 'code', isOptional: true },
          isFor: (page: unknown) => (page as Page | undefined)?.kind !== 'HOME',
        },
        seoTitle: { label: 'product.seoTitle', kind: 'text', isOptional: true },
        seoDescription: { label: 'product.seoDescription', kind: 'long-text', isOptional: true },
      },
    },
    noindex: { label: 'seo.noindex', help: 'seo.noindexHelp', kind: 'switch' },
    shareImageId: {
      ...{ label: 'seo.image', help: 'seo.imageHelp', kind: 'own', component: ImageChoice },
      isOptional: true,
    },
  },
  fieldOfCode: { SLUG_TAKEN: 'translations', PATH_RESERVED: 'translations' },
  update: (client, { id, version, kind }, { translations: texts, ...values }) =>
    onVersion(version, async (expectedVersion) => {
      const written = texts.map(({ slug, ...text }) => (kind === 'HOME' ? text : { ...text, slug }));
      const input = { pageId: id, expectedVersion, translations: written, ...values };
      const result = await client.mutation(PageUpdateDocument, { input }, PAGE_CONTEXT);
      return { result, userErrors: result.data?.pageUpdate.errors };
    }),
});

/** Publishes the draft, now or from a moment on. */
export const publishForm = defineForm<Page, { at: string | null; note: string | null }>({
  titleOf: ({ name }, { t }) => t('pages.publishTitle', { name }),
  hint: 'pages.publishHint',
  submitLabel: 'pages.publish',
  done: 'pages.published',
  schema: (tools) => z.object({ at: optionalMoment(tools), note: optionalText() }),
  toFields: () => ({ at: null, note: null }),
  fields: {
    at: { label: 'pages.publishAt', help: 'pages.publishAtHelp', kind: 'moment', isOptional: true },
    note: { label: 'pages.note', kind: 'text', isOptional: true },
  },
  update: (client, { id, version }, values) =>
    onVersion(version, async (expectedVersion) => {
      const input = { pageId: id, expectedVersion, ...values };
      const result = await client.mutation(PagePublishDocument, { input }, PAGE_CONTEXT);
      return { result, userErrors: result.data?.pagePublish.errors };
    }),
});

/** Makes a version of before the draft. */
export const revertForm = (version: Version) =>
  defineForm<Page, object>({
    titleOf: (_page, { t, n }) => t('pages.revertTitle', { number: n(version.number) }),
    hint: 'pages.revertHint',
    submitLabel: 'pages.revert',
    done: 'pages.reverted',
    schema: () => z.object({}),
    toFields: () => ({}),
    fields: {},
    update: (client, { id, version: seen }) =>
      onVersion(seen, async (expectedVersion) => {
        const input = { pageId: id, expectedVersion, versionId: version.id };
        const result = await client.mutation(PageRevertDocument, { input }, PAGE_CONTEXT);
        return { result, userErrors: result.data?.pageRevert.errors };
      }),
  });

/** Takes a page from the shop, or back into it. */
export const archivePageForm = defineForm<PageRowFragment, object>({
  titleOf: ({ name, archivedAt }, { t }) =>
    t(archivedAt ? 'pages.restoreTitle' : 'pages.archiveTitle', { name }),
  hintOf: ({ archivedAt }, { t }) => t(archivedAt ? 'pages.restoreHint' : 'pages.archiveHint'),
  submitLabel: ({ entity, tools }) => tools.t(entity?.archivedAt ? 'pages.restore' : 'pages.archive'),
  done: 'form.saved',
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version, archivedAt }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { pageId: id, expectedVersion, isArchived: !archivedAt };
      const result = await client.mutation(PageArchiveDocument, { input }, PAGE_CONTEXT);
      return { result, userErrors: result.data?.pageArchive.errors };
    }),
});
