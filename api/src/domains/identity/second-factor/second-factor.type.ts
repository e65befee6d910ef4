import { Field, Int, ObjectType } from 'type-graphql';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { DateTime } from '../../../platform/graphql/scalars.js';

@ObjectType({ description: 'The second factor of the caller, which is on.', simpleResolvers: true })
export class SecondFactor {
  @Field(() => DateTime, { description: 'Since when a code is asked for.' })
  since!: Date;

  @Field(() => Int, { description: 'How many recovery codes are left, of ten.' })
  recoveryCodesLeft!: number;
}

@ObjectType({ description: 'A secret for an authenticator app.', simpleResolvers: true })
export class TotpStartPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'The secret in base32, for typing it into the app; null when refused. It is answered only here.',
  })
  secret!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address (otpauth:) that an app reads from an image of it; null when refused.',
  })
  address!: string | null;
}

@ObjectType({ description: 'New recovery codes.', simpleResolvers: true })
export class RecoveryCodesPayload extends Payload {
  @ListSize(10)
  @Field(() => [String], {
    description:
      'Ten codes, each of which is taken once in place of one of the app. They are answered only here; empty when refused.',
  })
  recoveryCodes!: string[];
}
