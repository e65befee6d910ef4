import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { localized } from '../../kernel/languages.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Url } from '../../platform/graphql/scalars.js';
import { keyForWidth } from './picture-sizes.js';
import type { ImageRow } from './rows.js';
import { catalogRuntime } from './runtime.js';

@ObjectType({ implements: Node, description: 'A picture of a product or category.', simpleResolvers: true })
export class ProductImage {
  @GlobalId('img')
  readonly id!: string;

  @Derived<ImageRow>(
    () => Url,
    (image, context, args) =>
      catalogRuntime.of(context).storage.url(keyForWidth(image, args['width'] as number | null)),
    {
      description:
        'Where the file is. With `width` the smallest made size that fills it (320, 640, 1000, 1600), as WebP.',
    },
  )
  url(
    @Arg('width', () => Int, {
      nullable: true,
      description: 'How many pixels wide it will be shown; the original without it.',
    })
    _width?: number,
  ): string {
    throw new Error('resolved by Derived');
  }

  @Derived<ImageRow>(
    () => String,
    (image, context) => localized(image.alt, context.language, context.defaultLanguage) ?? '',
    { description: 'What it shows, for those who cannot see it; empty for mere decoration.' },
  )
  readonly alt!: string;

  @Field(() => Int, { description: "The original's width in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "The original's height in pixels." })
  readonly height!: number;

  @Field(() => Int, { description: 'Place in the gallery, from 0.' })
  readonly position!: number;
}
