import { MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { LONGEST, TOO_LONG } from './auth.input.js';
@InputType({ description: 'The present password and a new one.' })
export class PasswordChangeInput {
  @Field(() => String, { description: 'The password as it is.' })
  @MaxLength(LONGEST, TOO_LONG)
  currentPassword!: string;

  @Field(() => String, {
    description: 'The new one: 8 to 200 characters of any kind, for staff at least 12.',
  })
  @MaxLength(LONGEST, TOO_LONG)
  newPassword!: string;
}

@InputType({ description: 'The account whose password was forgotten.' })
export class PasswordResetRequestInput {
  @Field(() => EmailAddress, { description: 'Where to send the link, if there is such an account.' })
  email!: string;
}

@InputType({ description: 'A new password with the token of the mailed link.' })
export class PasswordResetInput {
  @Field(() => String, { description: 'The token of the link: valid once, for an hour.' })
  @MaxLength(200, TOO_LONG)
  token!: string;

  @Field(() => String, {
    description: 'The new password: 8 to 200 characters of any kind, for staff at least 12.',
  })
  @MaxLength(LONGEST, TOO_LONG)
  newPassword!: string;
}
