import type { Given } from './given-settings.js';
import { productionMistakes } from './production-settings.js';

/** Settings that are well-formed by themselves but contradict each other. Reads the settings as given. */
export function contradictions(env: Given): string[] {
  const mistakes: string[] = [];
  const provider = env.PAYMENT_PROVIDER ?? (env.STRIPE_SECRET_KEY ? 'stripe' : 'test');
  if (provider === 'stripe') {
    for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const) {
      if (!env[name]) mistakes.push(`${name} is missing: payments by Stripe need it`);
    }
  }
  const [secret, publishable] = [env.STRIPE_SECRET_KEY, env.STRIPE_PUBLISHABLE_KEY].map(
    (key) => /_(test|live)_/.exec(key ?? '')?.[1],
  );
  if (secret && publishable && secret !== publishable)
    mistakes.push(
      `STRIPE_PUBLISHABLE_KEY is wrong: it is a ${publishable} key and STRIPE_SECRET_KEY a ${secret} one; copy both from the same page`,
    );
  if (env.MAIL_PROVIDER === 'postmark' && !env.POSTMARK_SERVER_TOKEN)
    mistakes.push('POSTMARK_SERVER_TOKEN is missing: MAIL_PROVIDER=postmark needs it');
  if (env.MAIL_PROVIDER === 'smtp' && !env.SMTP_URL)
    mistakes.push('SMTP_URL is missing: write smtp://user:password@host:587');
  // Tests move the clock by months.
  if (env.NODE_ENV !== 'test' && Number(env.ACCESS_TOKEN_MINUTES) > 60)
    mistakes.push('ACCESS_TOKEN_MINUTES is too long: write at most 60, clients renew by themselves');
  if (env.NODE_ENV !== 'production') return mistakes;

  if (env.PAYMENT_METHODS?.includes('bank_transfer')) {
    for (const name of ['BANK_TRANSFER_HOLDER', 'BANK_TRANSFER_IBAN'] as const) {
      if (!env[name]) mistakes.push(`${name} is missing: buyers who pay by bank transfer need it`);
    }
  }

  if (!env.JWT_SECRET)
    mistakes.push('JWT_SECRET is missing: write at least 32 random characters (openssl rand -base64 48)');
  if (!env.STOREFRONT_URL)
    mistakes.push(
      'STOREFRONT_URL is missing: write the public address of the shop, such as https://shop.example',
    );
  if (!env.PAYMENT_PROVIDER && provider === 'test')
    mistakes.push(
      'PAYMENT_PROVIDER is missing: in production write stripe with its keys (or test, which takes no money)',
    );
  return [...mistakes, ...productionMistakes(env)];
}
