import { IsOptional, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { TokenDelivery } from './auth.type.js';
import { PersonName } from '../customers/person-name.js';

// Longer than any valid password; limits the cost of hashing.
export const LONGEST = 1000;
export const TOO_LONG = { message: 'This is too long.' };

@InputType({ description: 'A new account.' })
export class SignUpInput {
  @Field(() => EmailAddress, { description: 'The address to sign in with.' })
  email!: string;

  @Field(() => String, {
    description: '8 to 200 characters of any kind; the commonest passwords are refused.',
  })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;

  @Field(() => String, { description: 'Given name, at most 80 characters.' })
  @PersonName()
  firstName!: string;

  @Field(() => String, { description: 'Family name, at most 80 characters.' })
  @PersonName()
  lastName!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Agrees to advertising by mail.',
  })
  marketingOptIn?: boolean | null;

  @Field(() => TokenDelivery, {
    nullable: true,
    defaultValue: TokenDelivery.COOKIE,
    description: 'How the tokens are delivered.',
  })
  tokenDelivery?: TokenDelivery | null;
}

@InputType({ description: 'E-mail and password.' })
export class LoginInput {
  @Field(() => EmailAddress, { description: "The account's e-mail; capitals do not matter." })
  email!: string;

  @Field(() => String, { description: 'The password.' })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;

  @Field(() => TokenDelivery, {
    nullable: true,
    defaultValue: TokenDelivery.COOKIE,
    description: 'How the tokens are delivered.',
  })
  tokenDelivery?: TokenDelivery | null;
}

@InputType({ description: 'The second step of signing in.' })
export class LoginSecondFactorInput {
  @Field(() => String, { description: 'The token of the challenge that `login` answered.' })
  @MaxLength(200, TOO_LONG)
  token!: string;

  @Field(() => String, { description: 'Six digits of the app, or a recovery code.' })
  @MaxLength(100, TOO_LONG)
  code!: string;

  @Field(() => TokenDelivery, {
    nullable: true,
    defaultValue: TokenDelivery.COOKIE,
    description: 'How the tokens are delivered.',
  })
  tokenDelivery?: TokenDelivery | null;
}

@InputType({ description: 'A refresh token, or none when it is in the cookie.' })
export class TokenRefreshInput {
  @Field(() => String, {
    nullable: true,
    description: 'The refresh token; absent for the one in the cookie.',
  })
  @IsOptional()
  @MaxLength(200, TOO_LONG)
  refreshToken?: string | null;

  @Field(() => TokenDelivery, {
    nullable: true,
    description:
      'How the tokens are delivered; unset, the way the refresh token was sent. BODY is only allowed for a token given here: one from a cookie must stay unreadable for scripts.',
  })
  tokenDelivery?: TokenDelivery | null;
}

@InputType({ description: 'A session to end besides that of the request itself.' })
export class LogoutInput {
  @Field(() => String, {
    nullable: true,
    description: 'The refresh token of the session to end, spent or not; absent for the one in the cookie.',
  })
  @IsOptional()
  @MaxLength(200, TOO_LONG)
  refreshToken?: string | null;
}
