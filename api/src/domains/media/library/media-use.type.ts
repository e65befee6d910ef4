import { Field, ID, ObjectType } from 'type-graphql';
import { Localized } from '../../../platform/graphql/derived.js';
import { MediaPlace } from './media.enums.js';

/** The most places of one file that an answer names. */
export const MOST_USES = 20;

@ObjectType({ description: 'A place where a file is shown.', simpleResolvers: true })
export class MediaUse {
  @Field(() => MediaPlace, { description: 'What it is there.' })
  readonly place!: MediaPlace;

  @Field(() => ID, {
    nullable: true,
    description: 'The product, category or page; null for the shop itself.',
  })
  readonly ownerId!: string | null;

  @Localized({
    from: 'ownerNames',
    nullable: true,
    description: 'Its name, in the language of the request; null for the shop.',
  })
  readonly ownerName!: string | null;
}
