import { z } from 'zod';
import type { Database } from '../../platform/database/database.js';
import type { Integration } from '../../platform/integration.js';
import type { PaymentProvider, ProviderName } from './port.js';

/** Settings as they were given: nothing is parsed or defaulted yet. */
type Given = Partial<Record<string, string>>;

/** How the app connects one payment provider: its variables, what is wrong with them, and the provider itself. */
export interface PaymentAdapter {
  readonly name: ProviderName;
  /** Its name in sentences. */
  readonly title: string;
  /** Whether it moves real money. */
  readonly isReal: boolean;
  /** Its values as staff keep them, each with the variable that overrides it; null when it needs none. */
  readonly integration: Integration | null;
  /** What it reads of the environment. */
  readonly variables: z.ZodRawShape;
  /** The variables without which it cannot take new payments. */
  readonly required: readonly string[];
  /** What contradicts each other in its variables, as sentences that say what to write instead. */
  readonly contradictions?: (given: Given) => string[];
  /** Secrets with which a production shop must not start. */
  readonly weakSecrets?: (given: Given) => string[];
  /** Settings with which a public shop would give goods for no money; asked when it takes new payments. */
  readonly noMoney?: (given: Given) => string[];
  /** The provider, ready to be built from its variables as they were given; null while they do not set it up. */
  readonly connection: (env: Readonly<Record<string, unknown>>) => ProviderConnection | null;
}

/** Builds the provider. Its library is loaded here and not before: such libraries are large. */
export type ProviderConnection = (database: Database) => Promise<PaymentProvider>;

/** Declares an adapter; `settings` answers null while the provider is not set up. */
export function definePaymentAdapter<Shape extends z.ZodRawShape, Settings>({
  settings,
  connect,
  ...adapter
}: Omit<PaymentAdapter, 'variables' | 'connection'> & {
  readonly variables: Shape;
  readonly settings: (env: z.infer<z.ZodObject<Shape>>) => Settings | null;
  readonly connect: (settings: Settings, database: Database) => Promise<PaymentProvider>;
}): PaymentAdapter {
  const schema = z.object(adapter.variables);
  return {
    ...adapter,
    connection: (env) => {
      const { data } = schema.safeParse(env);
      const found = data ? settings(data) : null;
      return found && ((database) => connect(found, database));
    },
  };
}
