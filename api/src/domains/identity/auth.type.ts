import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { SessionTokens } from './session.service.js';
import type { UserRow } from './user.entity.js';
import { User } from './user.type.js';

export enum TokenDelivery {
  COOKIE = 'COOKIE',
  BODY = 'BODY',
}
registerEnumType(TokenDelivery, {
  name: 'TokenDelivery',
  description: 'Where the tokens of a session go.',
  valuesConfig: {
    COOKIE: { description: 'Into HTTP-only cookies, out of reach of scripts: for browsers.' },
    BODY: { description: 'Into the answer, to be sent as Authorization: Bearer: for apps and servers.' },
  },
});

@ObjectType({ description: 'What keeps a client without cookies signed in.', simpleResolvers: true })
export class AuthTokens implements SessionTokens {
  @Field(() => String, { description: 'Send it as Authorization: Bearer.' })
  accessToken!: string;

  @Field(() => String, {
    description: 'Good once, for tokenRefresh. Using an old one again ends the session.',
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: 'When the access token runs out.' })
  accessExpiresAt!: Date;

  @Field(() => DateTime, { description: 'When the refresh token runs out unless it is used.' })
  refreshExpiresAt!: Date;
}

@ObjectType({ description: 'Who is signed in now.', simpleResolvers: true })
export class AuthPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The user; null when refused.' })
  user!: UserRow | null;

  @Field(() => AuthTokens, {
    nullable: true,
    description: 'The tokens, when they go into the answer; null when they are in cookies or were refused.',
  })
  tokens!: SessionTokens | null;
}
