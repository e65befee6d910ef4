import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  MediaDeleteDocument,
  MediaUpdateDocument,
  type MediaRowFragment,
  type MediaTranslationInput,
} from '../generated/media/graphql';
import { defineForm } from '../ui/forms/define-form';
import { requiredText } from '../ui/forms/fields/codecs';
import { translations } from '../ui/forms/fields/translations';
import FocalPointField from './FocalPointField.vue';
import { MEDIA_CONTEXT } from './media-context';
import TagsField from '../ui/forms/fields/TagsField.vue';

export type Media = MediaRowFragment;

interface MediaValues {
  filename: string;
  isDecorative: boolean;
  translations: MediaTranslationInput[];
  focalPoint: { x: number; y: number } | null;
  tags: string[];
}

const isImage = (media: Media | undefined): boolean => media?.kind === 'IMAGE';

/** What is said of a file. */
export const mediaForm = defineForm<Media, MediaValues>({
  name: 'media',
  titleOf: ({ filename }) => filename,
  schema: (tools) =>
    z.object({
      filename: requiredText(tools.t('media.nameMissing')),
      isDecorative: z.boolean(),
      translations: translations(tools, { alt: z.string().trim() }),
      focalPoint: z.object({ x: z.int(), y: z.int() }).nullable(),
      tags: z.array(z.string()),
    }),
  toFields: (media) => ({
    filename: media?.filename ?? '',
    isDecorative: media?.isDecorative ?? false,
    translations: (media?.translations ?? []).map(({ locale, alt }) => ({ locale, alt })),
    focalPoint: media?.focalPoint ? { x: media.focalPoint.x, y: media.focalPoint.y } : null,
    tags: [...(media?.tags ?? [])],
  }),
  fields: {
    filename: { label: 'media.filename', kind: 'text', letters: 200 },
    isDecorative: {
      label: 'media.isDecorative',
      help: 'media.isDecorativeHelp',
      kind: 'switch',
      isFor: isImage,
    },
    translations: {
      label: 'media.alt',
      help: 'media.altHelp',
      kind: 'translations',
      parts: { alt: { label: 'media.alt', kind: 'long-text', letters: 300, isOptional: true } },
      isFor: (media, { isDecorative }) => isImage(media) && isDecorative !== true,
    },
    focalPoint: {
      label: 'media.focalPoint',
      help: 'media.focalPointHelp',
      kind: 'own',
      component: FocalPointField,
      isFor: (media) => isImage(media) && Boolean(media?.url),
    },
    tags: { label: 'media.tags', help: 'media.tagsHelp', kind: 'own', component: TagsField },
  },
  update: (client, media, { translations: texts, ...values }) =>
    onVersion(media.version, async (expectedVersion) => {
      const input = {
        mediaId: media.id,
        expectedVersion,
        ...values,
        translations: altOf(media, values, texts),
      };
      const result = await client.mutation(MediaUpdateDocument, { input }, MEDIA_CONTEXT);
      return { result, userErrors: result.data?.mediaUpdate.errors };
    }),
});

/** The texts as they are now: languages that were emptied are named, for those that are left out stay. */
function altOf(
  media: Media,
  { isDecorative }: Pick<MediaValues, 'isDecorative'>,
  texts: readonly MediaTranslationInput[],
): MediaTranslationInput[] {
  if (isDecorative || media.kind !== 'IMAGE') return [];
  const emptied = media.translations.filter(({ locale }) => !texts.some((text) => text.locale === locale));
  return [...texts, ...emptied.map(({ locale }) => ({ locale, alt: null }))];
}

/** Puts a file into the bin. */
export const mediaDeleteForm = defineForm<Media, object>({
  titleOf: ({ filename }, { t }) => t('media.deleteTitle', { name: filename }),
  hint: 'media.deleteHint',
  submitLabel: 'common.delete',
  done: 'media.deleted',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { mediaId: id, expectedVersion };
      const result = await client.mutation(MediaDeleteDocument, { input }, MEDIA_CONTEXT);
      return { result, userErrors: result.data?.mediaDelete.errors };
    }),
});
