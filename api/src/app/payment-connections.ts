import { isDeepStrictEqual } from 'node:util';
import {
  PaymentProviders,
  type ProviderWatch,
  type TakesNew,
  type TestPayments,
} from '../domains/payments/index.js';
import type { IntegrationState, IntegrationStore } from '../domains/store/index.js';
import type { PaymentAdapter } from '../integrations/payments/adapter.js';
import { PAYMENT_ADAPTERS } from '../integrations/payments/adapters.js';
import type { PaymentProvider, ProviderName } from '../integrations/payments/port.js';
import { createTestProvider } from '../integrations/payments/sandbox/test-provider.js';
import type { Database } from '../platform/database/database.js';
import type { Env } from './settings/env.js';

interface Deps {
  readonly env: Pick<Env, 'payments' | 'isProduction' | 'variable'>;
  readonly database: Database;
  readonly watch: ProviderWatch;
  readonly integrations: IntegrationStore;
}

type States = ReadonlyMap<string, IntegrationState>;
type Variables = Readonly<Record<string, string>>;

interface Connection {
  readonly variables: Variables;
  readonly provider: PaymentProvider;
}

/**
 * The payment providers that are set up: those that take new payments, and those of earlier payments, which must still be
 * refunded, captured and cancelled. Their values come from the environment and from what staff keep. `refresh` builds a
 * provider anew when its values are others than those it was built with; a provider whose values are gone is not
 * connected any more, and its payments wait (LOCKED_OUT) until they are back: no other provider answers for them.
 */
export async function createPaymentConnections(deps: Deps): Promise<{
  readonly providers: PaymentProviders;
  readonly testPayments: () => TestPayments | null;
  readonly refresh: () => Promise<void>;
}> {
  const { env, database, integrations } = deps;
  const built = new Map<ProviderName, Connection>();
  const providers = new PaymentProviders([], []);
  const rebuild = async (states: States): Promise<void> => {
    const connected: PaymentProvider[] = [];
    for (const adapter of PAYMENT_ADAPTERS) {
      const provider = await connect(adapter, states, { ...deps, built });
      if (provider) connected.push(provider);
    }
    providers.replace(connected, takingNew(states, env));
  };
  let seen: States | null = integrations.ofEnvironment();
  let rebuilding = rebuild(seen);
  await rebuilding;
  const test = createTestProvider(database);
  return {
    providers,
    testPayments: () => (providers.takesNew(test) ? test : null),
    async refresh() {
      const states = await integrations.all();
      if (states !== seen) {
        seen = states;
        // One after the other, so that the newest values are the last ones that are connected.
        rebuilding = rebuilding.catch(() => undefined).then(() => rebuild(states));
      }
      try {
        await rebuilding;
      } catch (error) {
        // The next one tries again.
        seen = null;
        throw error;
      }
    },
  };
}

/** The provider with the values of now: the one that was built, if they are the same; null while it is not set up. */
async function connect(
  adapter: PaymentAdapter,
  states: States,
  { built, env, database, watch }: Deps & { readonly built: Map<ProviderName, Connection> },
): Promise<PaymentProvider | null> {
  const variables = variablesOf(adapter, states, env);
  const known = built.get(adapter.name);
  if (known && isDeepStrictEqual(known.variables, variables)) return known.provider;
  if (known) watch.forget(adapter.name);
  const connection = adapter.connection(variables);
  if (!connection) {
    built.delete(adapter.name);
    return null;
  }
  const provider = watch.over(await connection(database));
  built.set(adapter.name, { variables, provider });
  return provider;
}

/** What the adapter reads: of the environment, and of what staff keep under the names of the same variables. */
function variablesOf(adapter: PaymentAdapter, states: States, { variable }: Deps['env']): Variables {
  const names = Object.keys(adapter.variables);
  const given = names.map((name) => [name, variable(name)] as const);
  const { integration } = adapter;
  const values = integration ? (states.get(integration.code)?.values ?? {}) : {};
  const kept = Object.entries(integration?.fields ?? {}).map(
    ([name, field]) => [field.variable, values[name] ?? null] as const,
  );
  return Object.fromEntries(
    [...given, ...kept].flatMap(([name, value]) => (name === null || value === null ? [] : [[name, value]])),
  );
}

/**
 * Who takes new payments: those that PAYMENT_PROVIDER names, or else the first real provider of which anything is known.
 * One whose key was lost, or of which a value is missing, stays the one and takes nothing: were the test provider to
 * stand in, the shop would give its goods away. In production, and where the choice is left to staff, it never takes
 * payments without being named: while nothing is known, the first real provider is the one that takes none.
 */
function takingNew(states: States, { payments, isProduction }: Deps['env']): TakesNew[] {
  const stateOf = ({ integration }: PaymentAdapter): IntegrationState | null =>
    integration ? (states.get(integration.code) ?? null) : null;
  const isKnown = (adapter: PaymentAdapter): boolean =>
    Object.values(stateOf(adapter)?.fields ?? {}).some(({ source }) => source !== 'MISSING');
  const { chosen } = payments;
  const mayBeTest = chosen === null && !isProduction;
  const byItself =
    PAYMENT_ADAPTERS.find((adapter) => adapter.isReal && isKnown(adapter)) ??
    PAYMENT_ADAPTERS.find(({ isReal }) => isReal !== mayBeTest);
  const named = chosen?.flatMap((name) => PAYMENT_ADAPTERS.find((adapter) => adapter.name === name) ?? []);
  const adapters = named?.length ? named : [byItself].flatMap((adapter) => adapter ?? []);
  return adapters.map((adapter) => ({
    name: adapter.name,
    isUsable: adapter.integration === null || (stateOf(adapter)?.isUsable ?? false),
  }));
}
