import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/payload.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import type { SessionTokens } from './session.service.js';
import type { UserRow } from '../user.entity.js';
import { User } from '../user.type.js';

export enum TokenDelivery {
  COOKIE = 'COOKIE',
  BODY = 'BODY',
}
registerEnumType(TokenDelivery, {
  name: 'TokenDelivery',
  description: 'How the tokens of a session are delivered.',
  valuesConfig: {
    COOKIE: { description: 'In HTTP-only cookies, which scripts cannot read: for browsers.' },
    BODY: { description: 'In the response, to be sent as Authorization: Bearer: for apps and servers.' },
  },
});

@ObjectType({ description: 'The tokens of a client without cookies.', simpleResolvers: true })
export class AuthTokens implements SessionTokens {
  @Field(() => String, { description: 'Send it as Authorization: Bearer.' })
  accessToken!: string;

  @Field(() => String, {
    description: 'Valid once, for tokenRefresh. Using an old one again ends the session.',
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: 'When the access token expires.' })
  accessExpiresAt!: Date;

  @Field(() => DateTime, { description: 'When the refresh token expires unless it is used.' })
  refreshExpiresAt!: Date;
}

@ObjectType({
  description: 'The password was right; a code of the second factor is asked for too.',
  simpleResolvers: true,
})
export class SecondFactorChallenge {
  @Field(() => String, { description: 'For `loginSecondFactor`, which takes it once.' })
  token!: string;

  @Field(() => DateTime, { description: 'When it runs out; then begin with the password again.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'The result of signing in.', simpleResolvers: true })
export class AuthPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The user; null when refused.' })
  user!: UserRow | null;

  @Field(() => AuthTokens, {
    nullable: true,
    description: 'The tokens, for delivery BODY; null when they are in cookies or the request was refused.',
  })
  tokens!: SessionTokens | null;

  @Field(() => SecondFactorChallenge, {
    nullable: true,
    description: 'What signs in together with a code; null unless the error is SECOND_FACTOR_REQUIRED.',
  })
  secondFactor!: SecondFactorChallenge | null;
}
