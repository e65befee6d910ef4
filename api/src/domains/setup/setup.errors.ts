import { Field, ObjectType } from 'type-graphql';
import { defineErrors } from '../../kernel/error-codes.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { UserError } from '../../platform/graphql/user-error.type.js';
import { GoLiveCode } from './going-live/checklist.js';

export const setupErrors = defineErrors({
  ALREADY_SET_UP: 'The shop has an owner: sign in instead.',
  SETUP_TOKEN_INVALID:
    'The link opens nothing: only the newest one that a start has printed does, for 24 hours. The next start prints another one.',
  NOT_READY: 'Something of the checklist is missing: see `goLiveChecklist`.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof setupErrors, true> {}
}

@ObjectType({
  implements: UserError,
  description: 'NOT_READY: the shop cannot open yet.',
  simpleResolvers: true,
})
export class NotReadyError extends UserError {
  override readonly graphqlType = 'NotReadyError';

  @ListSize(10)
  @Field(() => [GoLiveCode], { description: 'What is missing.' })
  readonly items: readonly GoLiveCode[];

  constructor(items: readonly GoLiveCode[]) {
    super('NOT_READY', 'Something is missing before the shop can open.');
    this.items = items;
  }
}
