import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { Language } from '../../../../kernel/languages.js';
import { LanguageCode } from '../../../../platform/graphql/language.type.js';
import { EmailAddress } from '../../../../platform/graphql/scalars.js';
import { OptionalPersonName } from '../../customers/person-name.js';
import { LONGEST, TOO_LONG } from '../../sign-in/auth.input.js';
import { TokenDelivery } from '../../sign-in/auth.type.js';

const TOKEN = 'The token of the mailed link.';

@InputType({ description: 'Somebody to work in the shop.' })
export class StaffInviteInput {
  @Field(() => EmailAddress, { description: 'Where the link is sent.' })
  email!: string;

  @Field(() => ID, { description: 'The role: one whose permissions the caller has, and not the owner’s.' })
  roleId!: string;

  @Field(() => LanguageCode, { description: 'The language of the mail.' })
  language!: Language;
}

@InputType({ description: 'An invitation, as the caller saw it.' })
abstract class SeenInvitation {
  @Field(() => ID, { description: 'The invitation.' })
  invitationId!: string;

  @Field(() => Int, { description: 'The version that was seen; STALE_VERSION when it is another by now.' })
  expectedVersion!: number;
}

@InputType({ description: 'An invitation whose link is sent again.' })
export class StaffInvitationResendInput extends SeenInvitation {}

@InputType({ description: 'An invitation to be withdrawn.' })
export class StaffInvitationRevokeInput extends SeenInvitation {}

@InputType({ description: 'An invitation whose link ran out.' })
export class StaffInvitationAskAgainInput {
  @Field(() => String, { description: TOKEN })
  @MaxLength(200, TOO_LONG)
  token!: string;
}

@InputType({ description: 'The answer to an invitation.' })
export class StaffInvitationAcceptInput {
  @Field(() => String, { description: TOKEN })
  @MaxLength(200, TOO_LONG)
  token!: string;

  @Field(() => String, {
    description:
      'The password of the account of this address; where there is none, a new one of at least 12 characters.',
  })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'In place of the password of a customer that is too short for staff: at least 12 characters.',
  })
  @IsOptional()
  @MaxLength(LONGEST, TOO_LONG)
  newPassword?: string | null;

  @Field(() => String, { nullable: true, description: 'Given name of a new account, at most 80 characters.' })
  @OptionalPersonName()
  firstName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Family name of a new account, at most 80 characters.',
  })
  @OptionalPersonName()
  lastName?: string | null;

  @Field(() => TokenDelivery, {
    nullable: true,
    defaultValue: TokenDelivery.COOKIE,
    description: 'How the tokens are delivered.',
  })
  tokenDelivery?: TokenDelivery | null;
}
