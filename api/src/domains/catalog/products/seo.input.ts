import { IsOptional, IsUrl, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import type { GivenMedia } from '../../media/index.js';
import { keptMedia } from '../images/held-media.js';
import type { SeoColumn } from '../rows.js';

@InputType({
  description:
    'Hints for search engines, the same in all languages. The title and description for them are with the translations. Leaving a field out keeps it.',
})
@NeverNull<SeoInput>('noindex')
export class SeoInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The address that search engines should prefer, with https://, where the same is found elsewhere too; null for the page itself.',
  })
  @IsOptional()
  @MaxLength(2_000, { message: 'At most 2,000 characters.' })
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'An address with https://.' },
  )
  canonicalUrl?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether search engines should leave the page out; it is left out of the sitemap, too.',
  })
  noindex?: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'The public image of the media library with which the page is shared; null for its own image, else that of the shop.',
  })
  @IsOptional()
  imageId?: string | null;
}

/**
 * The stored hints with these changes. What is not set is not stored, so that a change without effect is none.
 *
 * @param given the image that the input names, held by this transaction
 */
export function withSeo(
  { canonicalUrl: url, noindex: hidden, image: stored, ...texts }: SeoColumn,
  { canonicalUrl = url ?? null, noindex = hidden ?? false }: SeoInput,
  given: GivenMedia,
): SeoColumn {
  const image = keptMedia(stored, given);
  return {
    ...texts,
    ...(canonicalUrl && { canonicalUrl }),
    ...(noindex && { noindex }),
    ...(image && { image }),
  };
}
