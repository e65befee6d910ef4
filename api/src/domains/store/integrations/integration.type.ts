import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { DateTime } from '../../../platform/graphql/scalars.js';

export enum IntegrationStatus {
  MISSING = 'MISSING',
  CONFIGURED = 'CONFIGURED',
  ENVIRONMENT = 'ENVIRONMENT',
  UNREADABLE = 'UNREADABLE',
}
registerEnumType(IntegrationStatus, {
  name: 'IntegrationStatus',
  description: 'Whether the values of an integration are there.',
  valuesConfig: {
    MISSING: { description: 'A required value is missing.' },
    CONFIGURED: { description: 'Staff keep values of it here, and every required one is there.' },
    ENVIRONMENT: { description: 'All of its values stand in the environment of the shop.' },
    UNREADABLE: {
      description: 'A stored value cannot be read, because its key is lost: it counts as missing.',
    },
  },
});

export enum IntegrationFieldSource {
  MISSING = 'MISSING',
  STORED = 'STORED',
  ENVIRONMENT = 'ENVIRONMENT',
  UNREADABLE = 'UNREADABLE',
}
registerEnumType(IntegrationFieldSource, {
  name: 'IntegrationFieldSource',
  description: 'Where a value comes from.',
  valuesConfig: {
    MISSING: { description: 'There is none.' },
    STORED: { description: 'Staff wrote it here.' },
    ENVIRONMENT: {
      description: 'It stands in the environment of the shop, which overrides what staff write.',
    },
    UNREADABLE: { description: 'It is stored and its key is lost. Write it again.' },
  },
});

export enum IntegrationTestResult {
  OK = 'OK',
  REFUSED = 'REFUSED',
  NOT_PERMITTED = 'NOT_PERMITTED',
  UNREACHABLE = 'UNREACHABLE',
  TIMED_OUT = 'TIMED_OUT',
  FAILED = 'FAILED',
}
registerEnumType(IntegrationTestResult, {
  name: 'IntegrationTestResult',
  description: 'What became of trying an integration out.',
  valuesConfig: {
    OK: { description: 'The service took the values.' },
    REFUSED: { description: 'The service does not know these values.' },
    NOT_PERMITTED: { description: 'The values do not give a right that the shop needs.' },
    UNREACHABLE: { description: 'The service could not be reached.' },
    TIMED_OUT: { description: 'The service did not answer within 10 seconds.' },
    FAILED: { description: 'The service answered with something else.' },
  },
});

export enum IntegrationWarning {
  ENCRYPTION_OPTIONAL = 'ENCRYPTION_OPTIONAL',
  UNENCRYPTED = 'UNENCRYPTED',
  UNVERIFIED_SERVER = 'UNVERIFIED_SERVER',
  GUESSABLE_PASSWORD = 'GUESSABLE_PASSWORD',
}
registerEnumType(IntegrationWarning, {
  name: 'IntegrationWarning',
  description: 'What works and is not safe.',
  valuesConfig: {
    ENCRYPTION_OPTIONAL: {
      description:
        'The connection is encrypted only if the service offers it, so that somebody on the way can prevent it.',
    },
    UNENCRYPTED: { description: 'The connection is never encrypted.' },
    UNVERIFIED_SERVER: { description: 'Nothing shows that it is the service that answers.' },
    GUESSABLE_PASSWORD: { description: 'A password can be guessed.' },
  },
});

@ObjectType({
  description: 'One value of an integration. The value itself is never shown.',
  simpleResolvers: true,
})
export class IntegrationFieldState {
  @Field(() => String, { description: 'Its name within the integration, such as `secretKey`.' })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The last four characters of a secret of at least twelve; the whole value where it is no secret. Null for none.',
  })
  readonly hint!: string | null;

  @Field(() => IntegrationFieldSource, { description: 'Where the value comes from.' })
  readonly source!: IntegrationFieldSource;

  @Field(() => Boolean, { description: 'Whether nobody may see the value again.' })
  readonly isSecret!: boolean;

  @Field(() => Boolean, { description: 'Whether the integration cannot be used without it.' })
  readonly isRequired!: boolean;
}

@ObjectType({ description: 'When and how an integration was last tried out.', simpleResolvers: true })
export class IntegrationTest {
  @Field(() => DateTime, { description: 'When it ended.' })
  readonly at!: Date;

  @Field(() => IntegrationTestResult, { description: 'What became of it.' })
  readonly code!: string;
}

@ObjectType({
  description: 'A service outside the shop, such as a payment provider, with the values that it needs.',
  simpleResolvers: true,
})
export class Integration {
  @Field(() => String, { description: 'Which it is: `stripe`, `postmark`, `smtp`.' })
  readonly code!: string;

  @Field(() => IntegrationStatus, { description: 'Whether its values are there.' })
  readonly status!: IntegrationStatus;

  @Field(() => Boolean, {
    description:
      'Whether the shop can use it: every required value is there and can be read, and the values fit together and the shop.',
  })
  readonly isUsable!: boolean;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;

  @ListSize(6)
  @Field(() => [IntegrationFieldState], { description: 'Its values, in the order of a form.' })
  readonly fields!: readonly IntegrationFieldState[];

  @Field(() => IntegrationTest, {
    nullable: true,
    description: 'The last test; null while the values were not tried out since they were changed here.',
  })
  readonly lastTest!: IntegrationTest | null;

  @ListSize(2)
  @Field(() => [IntegrationWarning], {
    description:
      'What is not safe about the values in use, while the shop uses them; empty when nothing is known.',
  })
  readonly warnings!: readonly IntegrationWarning[];

  @ListSize(2)
  @Field(() => [String], {
    description:
      'While stored values cannot be read: the variable and the file in which their key is looked for, for whoever runs the shop. Empty otherwise.',
  })
  readonly missingKeyPlaces!: readonly string[];
}

@ObjectType({ description: 'An integration after a change or a test.', simpleResolvers: true })
export class IntegrationPayload extends Payload {
  @Field(() => Integration, {
    nullable: true,
    description: 'The integration as it is now, also when refused.',
  })
  integration!: Integration | null;
}
