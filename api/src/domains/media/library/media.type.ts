import { Arg, Field, ID, Int, ObjectType } from 'type-graphql';
import { localized, writtenLanguages, type Language } from '../../../kernel/languages.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { DateTime, Url } from '../../../platform/graphql/scalars.js';
import { keyForWidth } from '../files/image-sizes.js';
import { ImageFailure, ImageStatus } from '../files/image-status.js';
import { BIN_DAYS } from '../making/former-files.js';
import { mediaRuntime } from '../runtime.js';
import { LONGEST_TAG, MOST_TAGS } from './entered-media.js';
import { MediaKind, MediaVisibility } from './media.enums.js';
import type { MediaRow } from './media.statements.js';
import { MediaUse, MOST_USES } from './media-use.type.js';

const DAY_MS = 86_400_000;

@ObjectType({ description: 'The alternative text of an image in one language.', simpleResolvers: true })
export class MediaTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'What the image shows.' })
  readonly alt!: string;
}

@ObjectType({
  description: 'What stays in sight where an image is cut to fit, in percent from its left and upper edge.',
  simpleResolvers: true,
})
export class FocalPoint {
  @Field(() => Int, { description: 'From the left edge: 0 to 100.' })
  readonly x!: number;

  @Field(() => Int, { description: 'From the upper edge: 0 to 100.' })
  readonly y!: number;
}

/** A stored pair as its type shows it. */
export function focalPointOf({ focal }: { readonly focal?: readonly number[] | null }): FocalPoint | null {
  return focal?.length === 2 ? { x: focal[0]!, y: focal[1]! } : null;
}

@ObjectType({
  implements: Node,
  description: 'A file of the media library: an image or a document. The same bytes are one file.',
  simpleResolvers: true,
})
export class Media {
  @GlobalId('med')
  readonly id!: string;

  @Field(() => MediaKind, { description: 'Image or document.' })
  readonly kind!: MediaKind;

  @Field(() => MediaVisibility, { description: 'Who can open it.' })
  readonly visibility!: MediaVisibility;

  @Field(() => String, { description: 'Its name, for people.' })
  readonly filename!: string;

  @Field(() => String, { description: 'Its type as it was received: image/jpeg, application/pdf.' })
  readonly contentType!: string;

  @Derived<MediaRow>(() => Int, ({ size }) => size, {
    nullable: true,
    description:
      'In bytes, as it was received; null until a job has read a file that is older than the library.',
  })
  readonly byteSize!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of the largest size in pixels; null for a document.' })
  readonly width!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of the largest size in pixels; null for a document.' })
  readonly height!: number | null;

  @Field(() => ImageStatus, { description: 'How far its sizes are.' })
  readonly status!: ImageStatus;

  @Field(() => ImageFailure, { nullable: true, description: 'Null unless the status is FAILED.' })
  readonly failure!: ImageFailure | null;

  @Derived<MediaRow>(() => Url, urlOf, {
    nullable: true,
    description:
      'Where it is; null until the status is READY. Another file in its place has another address. That of a private file ends within two hours.',
  })
  url(
    @Arg('width', () => Int, {
      nullable: true,
      description: 'How many pixels wide it will be shown; the largest size without it.',
    })
    _width?: number,
  ): string | null {
    throw new Error('resolved by Derived');
  }

  @Derived<MediaRow>(
    () => String,
    ({ alt }, context) => localized(alt, context.language, context.defaultLanguage) ?? '',
    { description: 'Alternative text, in the language of the request; empty for a decoration.' },
  )
  readonly alt!: string;

  @ListSize(3)
  @Derived<MediaRow>(
    () => [MediaTranslation],
    ({ alt }) => writtenLanguages(alt).map((locale) => ({ locale, alt: alt[locale] ?? '' })),
    { description: 'The alternative text in every language that has one.' },
  )
  readonly translations!: MediaTranslation[];

  @Derived<MediaRow>(() => Boolean, ({ decorative }) => decorative, {
    description: 'Whether it says nothing that a blind visitor would miss: then it has no alternative text.',
  })
  readonly isDecorative!: boolean;

  @Derived<MediaRow>(() => FocalPoint, focalPointOf, {
    nullable: true,
    description: 'What stays in sight where it is cut; null for the middle.',
  })
  readonly focalPoint!: FocalPoint | null;

  @ListSize(MOST_TAGS)
  @Field(() => [String], { description: `Words to find it by, at most ${LONGEST_TAG} letters each.` })
  readonly tags!: string[];

  @ListSize(MOST_USES)
  @Field(() => [MediaUse], { description: 'Where it is shown; at most 20 places.' })
  readonly uses!: object[];

  @Field(() => Int, { description: 'In how many places it is shown.' })
  readonly useCount!: number;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is in the bin; null when it is not.' })
  readonly deletedAt!: Date | null;

  @Derived<MediaRow>(
    () => DateTime,
    ({ deletedAt }) => deletedAt && new Date(deletedAt.getTime() + BIN_DAYS * DAY_MS),
    { nullable: true, description: 'When it is deleted for good; null when it is not in the bin.' },
  )
  readonly goneAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;

  @Field(() => DateTime, { description: 'When it came into the library.' })
  readonly createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was changed last.' })
  readonly updatedAt!: Date;
}

function urlOf(media: MediaRow, context: RequestContext, args: Record<string, unknown>): string | null {
  if (media.status !== ImageStatus.READY) return null;
  const { storage, links } = mediaRuntime.of(context);
  const width = (args['width'] as number | null | undefined) ?? null;
  const { storageKey, widths } = media;
  const key =
    media.kind === MediaKind.IMAGE
      ? keyForWidth({ storageKey, width: media.width ?? 0, widths }, width)
      : storageKey;
  return media.visibility === MediaVisibility.PUBLIC ? storage.url(key) : links.url(media.id, width);
}

@ObjectType({ description: 'A page of files.' })
export class MediaConnection extends ConnectionOf(Media, 'Media') {}

@ObjectType({ description: 'The file as it is now.', simpleResolvers: true })
export class MediaPayload extends Payload {
  @Field(() => Media, {
    nullable: true,
    description: 'The file as it is now, also when refused; null when there is none.',
  })
  media!: object | null;
}

@ObjectType({ description: 'The file that the upload became.', simpleResolvers: true })
export class MediaCreatePayload extends MediaPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the library had a file with these bytes already, which it is; null when refused.',
  })
  existed?: boolean | null;
}

@ObjectType({ description: 'The file that went into the bin.', simpleResolvers: true })
export class MediaDeletePayload extends MediaPayload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was not deleted.' })
  deletedMediaId?: string | null;
}
