import type { IntegrationState, IntegrationStore } from '../domains/store/index.js';
import { createInboxMail } from '../integrations/mail/inbox/inbox-mail.js';
import { MailUnavailable, type MailProvider, type MailWebhook } from '../integrations/mail/port.js';
import { postmarkWebhook } from '../integrations/mail/postmark/postmark-webhook.js';
import type { Database } from '../platform/database/database.js';
import type { Env } from './settings/env.js';

interface Deps {
  readonly env: Pick<Env, 'mail' | 'variable'>;
  readonly database: Database;
  readonly integrations: IntegrationStore;
}

type States = ReadonlyMap<string, IntegrationState>;
type MailName = MailProvider['name'];

/**
 * The mail provider of the shop, which is another one as soon as staff change its values. A mail that is being sent goes
 * on with the provider that it began with.
 */
export async function createMailConnection({ env, database, integrations }: Deps): Promise<{
  readonly mail: MailProvider;
  readonly webhooks: readonly MailWebhook[];
  readonly refresh: () => Promise<void>;
}> {
  let seen = integrations.ofEnvironment();
  let current = await providerOf(seen, env, database);
  return {
    mail: {
      get name() {
        return current.name;
      },
      send: (mail) => current.send(mail),
      find: (key) => current.find(key),
    },
    // Whichever sends now: earlier mails may still bounce.
    webhooks: [postmarkWebhook(() => seen.get('postmark')?.values['webhookPassword']?.split(',') ?? [])],
    async refresh() {
      const states = await integrations.all();
      if (states === seen) return;
      const provider = await providerOf(states, env, database);
      seen = states;
      current = provider;
    },
  };
}

/**
 * The provider that the environment leads to, or else the first of which staff wrote something, or else the inbox. One
 * whose values are missing or cannot be read sends nothing and its mails wait: the inbox would swallow them. So they do
 * where the choice is left to staff, who have written nothing yet.
 */
async function providerOf(states: States, env: Deps['env'], database: Database): Promise<MailProvider> {
  const isKnown = (code: 'postmark' | 'smtp'): boolean => {
    const { integration, fields = {} } = states.get(code) ?? {};
    return Object.entries(integration?.fields ?? {}).some(
      ([name, { isRequired }]) => isRequired && fields[name]?.source !== 'MISSING',
    );
  };
  const name =
    env.mail.chosen ??
    (['postmark', 'smtp'] as const).find(isKnown) ??
    (env.mail.isLeftToStaff ? 'postmark' : 'inbox');
  if (name === 'inbox') return createInboxMail(database);
  const state = states.get(name);
  if (!state?.isUsable) return unavailable(name);
  if (name === 'smtp') {
    const { createSmtpMail } = await import('../integrations/mail/smtp/smtp-mail.js');
    return createSmtpMail({ url: state.values['url'] ?? '' });
  }
  const { createPostmarkMail } = await import('../integrations/mail/postmark/postmark-mail.js');
  return createPostmarkMail({
    token: state.values['serverToken'] ?? '',
    apiBase: env.variable('POSTMARK_API_BASE'),
  });
}

function unavailable(name: MailName): MailProvider {
  const refuse = async (): Promise<never> => {
    throw new MailUnavailable(
      `The values of ${name} are missing or cannot be used: see Settings, Integrations`,
    );
  };
  return { name, send: refuse, find: refuse };
}
