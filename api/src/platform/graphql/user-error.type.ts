import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { DomainError } from '../../kernel/errors.js';

@InterfaceType({
  description: 'A refusal that a person can act on. Decide by `code`; show your own words for it.',
  resolveType: (error: DomainError) => error.graphqlType,
})
export abstract class UserError extends DomainError {
  @Field(() => String, { description: 'Stable code in capitals, such as INSUFFICIENT_STOCK.' })
  declare readonly code: string;

  @Field(() => String, {
    description: 'English words for developers; clients show their own text by `code`.',
  })
  declare readonly message: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Path of the input field at fault; null when it is about the whole.',
  })
  declare readonly path: readonly string[] | null;
}

@ObjectType({
  implements: UserError,
  description: 'A refusal that needs no more data than its code.',
  simpleResolvers: true,
})
export class GenericError extends UserError {}

@ObjectType({
  implements: UserError,
  description: 'STALE_VERSION: somebody else changed the entity since it was read. Read it again and decide.',
  simpleResolvers: true,
})
export class StaleVersionError extends UserError {
  override readonly graphqlType = 'StaleVersionError';

  @Field(() => Int, { description: 'The version the entity has now.' })
  readonly currentVersion: number;

  constructor(currentVersion: number) {
    super('STALE_VERSION', 'This was changed by somebody else in the meantime.', ['expectedVersion']);
    this.currentVersion = currentVersion;
  }
}
