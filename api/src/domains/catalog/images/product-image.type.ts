import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { localized } from '../../../kernel/languages.js';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Url } from '../../../platform/graphql/scalars.js';
import { FocalPoint, focalPointOf, ImageFailure, ImageStatus, keyForWidth } from '../../media/index.js';
import type { ImageRow } from '../rows.js';
import { catalogRuntime } from '../runtime.js';

@ObjectType({ implements: Node, description: 'An image of a product or category.', simpleResolvers: true })
export class ProductImage {
  @GlobalId('img')
  readonly id!: string;

  @Derived<ImageRow>(
    () => Url,
    (image, context, args) =>
      catalogRuntime.of(context).storage.url(keyForWidth(image, args['width'] as number | null)),
    {
      description:
        'Where the file is, made from what was received, without its metadata. With `width` the smallest made size that fills it (320, 640, 1000, 1600), as WebP; without it the largest, at most 4,096 pixels on its longer side. Answers 404 until the status is READY.',
    },
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

  @Derived<ImageRow>(
    () => String,
    (image, context) => localized(image.alt, context.language, context.defaultLanguage) ?? '',
    { description: 'Alternative text; empty for decoration.' },
  )
  readonly alt!: string;

  @Derived<ImageRow>(() => ImageStatus, ({ status }) => status ?? ImageStatus.READY, {
    description: 'How far its sizes are. Whoever is not staff gets READY images only.',
  })
  readonly status!: ImageStatus;

  @Derived<ImageRow>(() => ImageFailure, ({ failure }) => failure ?? null, {
    nullable: true,
    description: 'Why the sizes could not be made; null unless the status is FAILED.',
  })
  readonly failure!: ImageFailure | null;

  @Field(() => Int, { description: "The largest size's width in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "The largest size's height in pixels." })
  readonly height!: number;

  @Derived<ImageRow>(() => FocalPoint, focalPointOf, {
    nullable: true,
    description: 'What stays in sight where it is cut to fit; null for the middle.',
  })
  readonly focalPoint!: FocalPoint | null;

  @Field(() => Int, { description: 'Place in the gallery, from 0.' })
  readonly position!: number;
}
