import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import type { ErrorCode } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';
import { ListSize } from './limits/cost-directives.js';

/** The values of the enum ErrorCode of the schema: the codes of every module that a shop of this process has. */
export const ErrorCodeEnum = {} as { [Code in ErrorCode]: Code };
const descriptions: Record<string, { description: string }> = {};
registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'Why a mutation refused. Clients decide by it and show their own message for it.',
  valuesConfig: descriptions,
});

/** Makes error codes known to the schema. Each is declared once: see `assertDeclaredOnce`. */
export function registerErrors(declared: Readonly<Record<string, string>>): void {
  for (const [code, description] of Object.entries(declared)) {
    Object.assign(ErrorCodeEnum, { [code]: code });
    descriptions[code] = { description };
  }
}

@InterfaceType({
  description: 'An error that a person can act on. Decide by `code`; show your own message for it.',
  resolveType: (error: DomainError) => error.graphqlType,
})
export abstract class UserError extends DomainError {
  @Field(() => ErrorCodeEnum, { description: 'What is wrong.' })
  declare readonly code: ErrorCode;

  @Field(() => String, {
    description: 'An English message for developers; clients show their own text by `code`.',
  })
  declare readonly message: string;

  @ListSize(3)
  @Field(() => [String], {
    nullable: true,
    description: 'Path of the input field at fault; null when it is about the whole.',
  })
  declare readonly path: readonly string[] | null;
}

@ObjectType({
  implements: UserError,
  description: 'An error without more data than its code.',
  simpleResolvers: true,
})
export class GenericError extends UserError {}

@ObjectType({
  implements: UserError,
  description: 'STALE_VERSION: the entity has changed since it was read. Read it again and decide.',
  simpleResolvers: true,
})
export class StaleVersionError extends UserError {
  override readonly graphqlType = 'StaleVersionError';

  @Field(() => Int, { description: 'The version the entity has now.' })
  readonly currentVersion: number;

  constructor(
    currentVersion: number,
    { field = 'expectedVersion', message = 'This was changed by somebody else in the meantime.' } = {},
  ) {
    super('STALE_VERSION', message, [field]);
    this.currentVersion = currentVersion;
  }
}
