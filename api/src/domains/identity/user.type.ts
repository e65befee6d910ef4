import { Field, ObjectType } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Derived, GlobalId, PrintedPhone } from '../../platform/graphql/derived.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { PermissionEnum, permissionsWith, Role, type Permission } from '../../platform/graphql/roles.js';
import { DateTime, EmailAddress } from '../../platform/graphql/scalars.js';
import { identityLoaders } from './identity.loaders.js';
import type { UserRow } from './user.entity.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

/** The role of the shop's own that an account has; no statement for any other account. */
async function ownRoleOf({ id, role }: UserRow, context: RequestContext) {
  return role === Role.STAFF ? identityLoaders(context).roleOfUser.load(id) : null;
}

@ObjectType({
  implements: Node,
  description: 'An account, of a customer or of staff.',
  simpleResolvers: true,
})
export class User {
  @GlobalId('user')
  id!: string;

  @Field(() => EmailAddress, { description: 'The address to sign in with.' })
  email!: string;

  @Field(() => String, { description: 'Given name.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone!: string | null;

  @PrintedPhone<UserRow>(({ phone }) => phone)
  phonePrinted!: string | null;

  @Field(() => Role, { description: 'The built-in role; STAFF for one of the shop’s own.' })
  role!: Role;

  @Derived<UserRow>(() => String, async (user, context) => (await ownRoleOf(user, context))?.name ?? null, {
    nullable: true,
    description: 'The name of the role, when it is one of the shop’s own; null otherwise.',
  })
  roleName!: string | null;

  @ListSize(20)
  @Derived<UserRow>(
    () => [PermissionEnum],
    async (user, context) => [
      ...permissionsWith(user.role, (await ownRoleOf(user, context))?.permissions ?? null),
    ],
    { description: 'The permissions; empty for customers.' },
  )
  permissions!: Permission[];

  @Field(() => LanguageCode, { description: 'The language of mails.' })
  language!: Language;

  @Field(() => Boolean, { description: 'Whether the user agreed to advertising by mail.' })
  marketingOptIn!: boolean;

  @Derived<UserRow>(() => Boolean, (user) => user.emailVerifiedAt !== null, {
    description: 'Whether the user has shown that the mailbox is theirs.',
  })
  emailVerified!: boolean;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;
}

@ObjectType({ description: 'The user after a change.', simpleResolvers: true })
export class UserPayload extends Payload {
  @Field(() => User, {
    nullable: true,
    description: 'The user as it is now, also when refused; null when there is none.',
  })
  user!: UserRow | null;
}
