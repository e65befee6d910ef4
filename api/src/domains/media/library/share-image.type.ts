import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { localized, type LocalizedText } from '../../../kernel/languages.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { Url } from '../../../platform/graphql/scalars.js';
import { keyForWidth } from '../files/image-sizes.js';
import { mediaRuntime } from '../runtime.js';

@ObjectType({ description: 'An image with which a page is shared.', simpleResolvers: true })
export class ShareImage {
  @Derived<ShareImageSource>(
    () => Url,
    (image, context, args) =>
      mediaRuntime.of(context).storage.url(keyForWidth(image, args['width'] as number | null)),
    { description: 'Where it is, as `ProductImage.url`.' },
  )
  url(
    @Arg('width', () => Int, {
      nullable: true,
      description: 'How many pixels wide it will be shown; the largest size without it.',
    })
    _width?: number,
  ): string {
    throw new Error('resolved by Derived');
  }

  @Derived<ShareImageSource>(
    () => String,
    ({ alt }, context) => localized(alt, context.language, context.defaultLanguage) ?? '',
    { description: 'Alternative text; empty for decoration.' },
  )
  readonly alt!: string;

  @Field(() => Int, { description: "The largest size's width in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "The largest size's height in pixels." })
  readonly height!: number;
}

interface ShareImageSource {
  readonly storageKey: string;
  /** Of the largest size. */
  readonly width: number;
  readonly widths: readonly number[] | null;
  readonly alt: LocalizedText;
}
