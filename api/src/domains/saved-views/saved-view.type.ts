import { IsOptional, Matches, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import type { SavedViewRow } from './saved-views.statements.js';

const LONGEST_ADDRESS = 8000;
const LIST = /^[a-z][a-z0-9.-]{0,59}$/;
const NOT_A_LIST = { message: 'Small letters, digits, dots and hyphens, at most 60.' };
const NAME = /^(?=.*\S).{1,60}$/;

@ObjectType({
  implements: Node,
  description:
    'A list of the admin as staff wants to see it again: search, filters, order and columns under a name.',
  simpleResolvers: true,
})
export class SavedView {
  @GlobalId('view')
  readonly id!: string;

  @Field(() => String, { description: 'The name of the list, such as `orders`.' })
  list!: string;

  @Field(() => String, { description: 'What staff calls it.' })
  name!: string;

  @Field(() => String, {
    description:
      'What the address of the list holds after its question mark, exactly as it was saved. A client leaves out what it does not know, and says so.',
  })
  address!: string;

  @Derived<SavedViewRow>(() => Boolean, ({ ownerId }) => ownerId === null, {
    description: 'Whether all staff has it. Otherwise it is the caller’s own.',
  })
  isShared!: never;

  @Field(() => Boolean, { description: 'Whether the caller sees it first in its list.' })
  isDefault!: boolean;

  @Derived<SavedViewRow>(
    () => Boolean,
    ({ ownerId }, { viewer }) => ownerId !== null || viewer?.permissions.has('VIEW_SHARE') === true,
    { description: 'Whether the caller may change and delete it.' },
  )
  canChange!: never;

  @Field(() => Int, { description: 'Rises with every change of name, address and sharing.' })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The name of who made it; null when the account has none or is gone.',
  })
  createdByName!: string | null;

  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it was changed last.' })
  updatedAt!: Date;
}

@InputType({ description: 'A view to be kept.' })
export class SavedViewCreateInput {
  @Field(() => String, {
    description:
      'The name of the list: small letters, digits, dots and hyphens, at most 60; a plugin has its own.',
  })
  @Matches(LIST, NOT_A_LIST)
  list!: string;

  @Field(() => String, { description: 'What it is called, 1 to 60 characters.' })
  @Matches(NAME, { message: '1 to 60 characters, not only blanks.' })
  name!: string;

  @Field(() => String, {
    description: `What the address of the list holds after its question mark, at most ${LONGEST_ADDRESS} characters.`,
  })
  @MaxLength(LONGEST_ADDRESS, { message: `At most ${LONGEST_ADDRESS} characters.` })
  address!: string;

  @Field(() => Boolean, { description: 'Whether all staff gets it; needs the permission VIEW_SHARE.' })
  isShared!: boolean;
}

@InputType({ description: 'A change of a view: what is left out stays.' })
@NeverNull<SavedViewUpdateInput>('name', 'address', 'isShared')
export class SavedViewUpdateInput {
  @Field(() => ID, { description: 'The view.' })
  viewId!: string;

  @Field(() => String, { nullable: true, description: 'What it is called, 1 to 60 characters.' })
  @IsOptional()
  @Matches(NAME, { message: '1 to 60 characters, not only blanks.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'What the address holds from now on.' })
  @IsOptional()
  @MaxLength(LONGEST_ADDRESS, { message: `At most ${LONGEST_ADDRESS} characters.` })
  address?: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Gives it to all staff, or makes it the caller’s own, so that nobody else has it any more. Both need the permission VIEW_SHARE.',
  })
  @IsOptional()
  isShared?: boolean;

  @Field(() => Int, {
    description: 'The version that the change is based on; STALE_VERSION when it is another by now.',
  })
  expectedVersion!: number;
}

@InputType({ description: 'A view to be deleted.' })
export class SavedViewDeleteInput {
  @Field(() => ID, { description: 'The view.' })
  viewId!: string;
}

@InputType({ description: 'The views of a list in their order.' })
export class SavedViewReorderInput {
  @Field(() => String, { description: 'The name of the list.' })
  @Matches(LIST, NOT_A_LIST)
  list!: string;

  @Field(() => Boolean, {
    description:
      'Whether these are those of all staff, which needs the permission VIEW_SHARE, or the caller’s own.',
  })
  isShared!: boolean;

  @Field(() => [ID], {
    description:
      'The views from first to last. One that is left out, such as one made meanwhile, comes behind them.',
  })
  viewIds!: string[];
}

@InputType({ description: 'What the caller sees first in a list.' })
export class SavedViewDefaultInput {
  @Field(() => String, { description: 'The name of the list.' })
  @Matches(LIST, NOT_A_LIST)
  list!: string;

  @Field(() => ID, { nullable: true, description: 'The view; null for the whole list.' })
  viewId!: string | null;
}

@ObjectType({ description: 'The view that was made or changed.', simpleResolvers: true })
export class SavedViewPayload extends Payload {
  @Field(() => SavedView, { nullable: true, description: 'The view as it is now; null when there is none.' })
  view!: object | null;
}

@ObjectType({ description: 'The views of the list after the change.', simpleResolvers: true })
export class SavedViewsPayload extends Payload {
  @ListSize(20)
  @Field(() => [SavedView], {
    nullable: true,
    description: 'All that the caller has, in their order; null when it was refused.',
  })
  views!: object[] | null;
}

@ObjectType({ description: 'The view that was deleted.', simpleResolvers: true })
export class SavedViewDeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was not deleted.' })
  deletedViewId!: string | null;
}
