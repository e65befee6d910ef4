import { Field, ObjectType } from 'type-graphql';
import { localized, type LocalizedText } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { Role } from '../../../platform/graphql/roles.js';
import { Url } from '../../../platform/graphql/scalars.js';
import { Media, mediaShown, ShareImage } from '../../media/index.js';
import type { ShownMedia } from '../images/shown-media.js';
import type { SeoColumn } from '../rows.js';

@ObjectType({ description: 'Texts and hints for search engines.', simpleResolvers: true })
export class Seo {
  @Field(() => String, { description: 'Title of the page; the name when none was written.' })
  readonly title!: string;

  @Field(() => String, {
    description: 'Description of the page; the summary when none was written, else empty.',
  })
  readonly description!: string;

  @Field(() => Url, {
    nullable: true,
    description: 'The address search engines should prefer; null for the page itself.',
  })
  readonly canonicalUrl!: string | null;

  @Field(() => Boolean, { description: 'Search engines should leave the page out.' })
  readonly noindex!: boolean;

  @Field(() => ShareImage, {
    nullable: true,
    description:
      'The image with which the page is shared; null where none was chosen: then the image of the page itself is, else that of the shop.',
  })
  readonly image!: object | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<{ imageMedia: ShownMedia | null }>(
    () => Media,
    ({ imageMedia }, context) => mediaShown(imageMedia, context),
    {
      nullable: true,
      description: 'The file of the chosen image in the media library. Staff only.',
    },
  )
  readonly imageMedia!: object | null;
}

interface Described {
  readonly seo: SeoColumn;
  readonly name: LocalizedText;
  readonly summary?: LocalizedText;
  readonly description?: LocalizedText;
}

/** A page's texts for search engines; the ordinary texts where none were written. */
export function seoOf(page: Described, { language, defaultLanguage }: RequestContext): Seo {
  const pick = (text: LocalizedText | undefined): string | null => localized(text, language, defaultLanguage);
  return {
    title: pick(page.seo.title) ?? pick(page.name) ?? '',
    description: pick(page.seo.description) ?? pick(page.summary ?? page.description) ?? '',
    canonicalUrl: page.seo.canonicalUrl ?? null,
    noindex: page.seo.noindex ?? false,
    // An image in the making is no reason to share none.
    image: page.seo.image?.storageKey ? page.seo.image : null,
    imageMedia: page.seo.image ?? null,
  };
}
