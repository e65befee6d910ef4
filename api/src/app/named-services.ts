import { missingFields, type IntegrationState } from '../domains/store/index.js';
import { PAYMENT_ADAPTERS } from '../integrations/payments/adapters.js';
import { StartProblem } from '../kernel/start-problem.js';
import type { Shop } from './create-shop.js';

interface NamedService {
  readonly variable: 'PAYMENT_PROVIDER' | 'MAIL_PROVIDER';
  /** The code of its integration, which is also the word for it in the variable. */
  readonly code: string;
}

/**
 * Checks that every payment and mail service that the environment names has values, there or in the database. One of
 * which a part is there, or whose key is lost, was set up by staff, who complete it in the admin: the shop starts,
 * offers nothing by it meanwhile, and the log says so.
 *
 * @throws StartProblem for one of which nobody knows any value: the shop would take no cards, or send no mails, although
 *   its settings say that it does
 */
export async function assertNamedServices({
  env,
  store,
  logger,
}: Pick<Shop, 'env' | 'store' | 'logger'>): Promise<void> {
  const states = await store.integrations.all();
  for (const { variable, code } of namedBy(env)) {
    const state = states.get(code);
    if (!state) continue;
    if (!isKnown(state)) throw new StartProblem(unknownSentence(variable, state));
    const missing = missingFields(state.integration, state.values);
    if (missing.length > 0)
      logger.warn(
        { missing },
        `${variable} names ${code}, of which values are missing: nothing goes by it until they are written in the admin under Settings, Integrations`,
      );
  }
  const real = PAYMENT_ADAPTERS.flatMap(({ integration }) =>
    integration ? [states.get(integration.code)] : [],
  );
  if (env.payments.chosen?.length === 0 && !real.some((state) => state && isKnown(state)))
    logger.warn(
      'The shop takes no cards until staff write the keys of a payment provider in the admin under Settings, Integrations',
    );
  if (env.mail.isLeftToStaff && !['postmark', 'smtp'].some((code) => isKnown(states.get(code))))
    logger.warn(
      'Mails wait until staff write the values of a mail service in the admin under Settings, Integrations',
    );
}

/** Whether a required value is in the environment or stored, be it that its key is lost. */
function isKnown(state: IntegrationState | undefined): boolean {
  return Object.entries(state?.integration.fields ?? {}).some(
    ([name, { isRequired }]) => isRequired && state?.fields[name]?.source !== 'MISSING',
  );
}

function namedBy({ payments, mail }: Shop['env']): NamedService[] {
  const codes = (payments.chosen ?? []).flatMap(
    (name) => PAYMENT_ADAPTERS.find((adapter) => adapter.name === name)?.integration?.code ?? [],
  );
  return [
    ...codes.map((code) => ({ variable: 'PAYMENT_PROVIDER' as const, code })),
    ...(mail.chosen && mail.chosen !== 'inbox'
      ? [{ variable: 'MAIL_PROVIDER' as const, code: mail.chosen }]
      : []),
  ];
}

function unknownSentence(variable: NamedService['variable'], { integration }: IntegrationState): string {
  const { code, fields } = integration;
  const variables = Object.values(fields).flatMap(({ isRequired, variable: name }) =>
    isRequired && name !== null ? [name] : [],
  );
  return `${variable} names ${code}, and its values (${variables.join(', ')}) are neither in the environment nor in the database. Write them there, or write ${variable}=admin and then the values in the admin under Settings, Integrations.`;
}
