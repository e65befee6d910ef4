import { Field, Int, ObjectType } from 'type-graphql';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { Url } from '../../platform/graphql/scalars.js';
import { ImageFailure, ImageStatus } from '../media/index.js';
import { photoLinks } from './photos/photo-links.js';
import type { ReturnPhotoRow } from './return.loaders.js';

@ObjectType({ description: 'Units of a line that are sent back.', simpleResolvers: true })
export class ReturnLine {
  @GlobalId('rline')
  readonly id!: string;

  @Field(() => Int, { description: 'How many the buyer wants to send.' })
  quantity!: number;

  @Field(() => Int, { description: 'How many arrived.' })
  received!: number;

  @Field(() => Int, { description: 'How many of those went back in stock.' })
  restocked!: number;
}

@ObjectType({
  description:
    'An image of what is wrong. Not under /media: only its address, which is soon out of date, opens it.',
  simpleResolvers: true,
})
export class ReturnPhoto {
  @GlobalId('rpic')
  readonly id!: string;

  @Derived<ReturnPhotoRow>(() => Url, (photo, context) => photoLinks.of(context).url(photo.id), {
    description:
      'A signed address that is good for about an hour; ask again for a fresh one. Answers 404 until the status is READY.',
  })
  url!: never;

  @Field(() => ImageStatus, {
    description: 'How far the image is, which a job makes from what the buyer sent.',
  })
  status!: ImageStatus;

  @Field(() => ImageFailure, {
    nullable: true,
    description: 'Why the image could not be made; null unless the status is FAILED.',
  })
  failure!: ImageFailure | null;

  @Field(() => Int, { description: 'Width in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  height!: number;
}
