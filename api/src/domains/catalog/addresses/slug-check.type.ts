import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum SlugOwner {
  PRODUCT = 'PRODUCT',
  CATEGORY = 'CATEGORY',
  PAGE = 'PAGE',
}
registerEnumType(SlugOwner, {
  name: 'SlugOwner',
  description: 'What has a slug: things of two kinds may have the same.',
  valuesConfig: {
    PRODUCT: { description: 'A product.' },
    CATEGORY: { description: 'A category.' },
    PAGE: { description: 'A page, in any language.' },
  },
});

@ObjectType({ description: 'Whether a slug can be taken, and what that means.', simpleResolvers: true })
export class SlugCheck {
  @Field(() => String, {
    description:
      'The text as a slug: small letters, digits and single dashes. Empty when nothing of it can be one.',
  })
  readonly slug!: string;

  @Field(() => Boolean, { description: 'Another of its kind has it: it is refused with SLUG_TAKEN.' })
  readonly isTaken!: boolean;

  @Field(() => String, { description: 'The slug, with a number where another has it.' })
  readonly free!: string;

  @Field(() => Boolean, {
    description: 'Another had it before: its old links would lead to the one that takes it.',
  })
  readonly wasOfAnother!: boolean;

  @Field(() => Boolean, {
    description: 'A redirect leads away from its path: the page would take its place.',
  })
  readonly hadRedirect!: boolean;
}
