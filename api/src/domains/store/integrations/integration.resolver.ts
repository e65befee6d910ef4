import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { IntegrationTestInput, IntegrationUpdateInput } from './integration.input.js';
import type { IntegrationService, IntegrationView } from './integration.service.js';
import type { IntegrationTests } from './integration-tests.js';
import {
  Integration,
  IntegrationPayload,
  IntegrationWarning,
  type IntegrationFieldSource,
  type IntegrationStatus,
} from './integration.type.js';

@Resolver()
export class IntegrationResolver {
  constructor(
    private readonly integrations: IntegrationService,
    private readonly tests: IntegrationTests,
  ) {}

  @Auth(Role.ADMIN, 'INTEGRATION_WRITE')
  @ListSize(10)
  @Query(() => [Integration], {
    name: 'integrations',
    description: 'The services outside the shop that it can use. Values are never shown.',
  })
  async all(): Promise<Integration[]> {
    return (await this.integrations.list()).map(shown);
  }

  @Auth(Role.ADMIN, 'INTEGRATION_WRITE')
  @UserErrors('NOT_FOUND', 'INVALID_INPUT', 'SET_BY_ENVIRONMENT', 'KEY_MODE_MISMATCH', 'SECRETS_KEY_UNUSABLE')
  @Mutation(() => IntegrationPayload, {
    description:
      'Stores or removes values of an integration, encrypted. Every process uses them from its next request on. What is based on an earlier version is refused.',
  })
  integrationUpdate(
    @Arg('input', () => IntegrationUpdateInput, { description: 'What changes.' })
    input: IntegrationUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<IntegrationPayload> {
    return asPayload(
      input,
      async () => {
        if (!viewer) throw new Error('A guarded field was resolved without a viewer');
        const { code, expectedVersion = null } = input;
        const values = input.values.map(({ name, value = null }) => ({ name, value }));
        await this.integrations.update({ code, values, expectedVersion, actorId: viewer.userId });
        return this.one(code);
      },
      () => this.one(input.code),
    );
  }

  @Auth(Role.ADMIN, 'INTEGRATION_WRITE')
  @UserErrors('NOT_FOUND', 'INTEGRATION_INCOMPLETE', 'TOO_MANY_TESTS')
  @Mutation(() => IntegrationPayload, {
    description:
      'Tries the values of an integration out at its service, without an effect there. The result is its `lastTest`.',
  })
  integrationTest(
    @Arg('input', () => IntegrationTestInput, { description: 'Which.' }) input: IntegrationTestInput,
  ): Promise<IntegrationPayload> {
    return asPayload(
      input,
      async () => {
        await this.tests.run(input.code);
        return this.one(input.code);
      },
      () => this.one(input.code),
    );
  }

  private async one(code: string): Promise<{ integration: Integration }> {
    return { integration: shown(await this.integrations.one(code)) };
  }
}

function shown({ state, version, lastTest, missingKeyPlaces }: IntegrationView): Integration {
  const { integration, status, isUsable, fields, warnings } = state;
  return {
    ...{ code: integration.code, status: status as IntegrationStatus, isUsable, version, lastTest },
    missingKeyPlaces,
    warnings: warnings as IntegrationWarning[],
    fields: Object.entries(integration.fields).map(([name, { isSecret, isRequired }]) => {
      const { hint = null, source = 'MISSING' } = fields[name] ?? {};
      return { name, hint, source: source as IntegrationFieldSource, isSecret, isRequired };
    }),
  };
}
