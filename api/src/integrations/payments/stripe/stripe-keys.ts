import { z } from 'zod';

/** Values as they were given, by the names of their variables: nothing is parsed or defaulted yet. */
type Given = Partial<Record<string, string>>;

const KEYS = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY'] as const;
/** A restricted key (rk_) has the rights that it was given; an organization has keys for several accounts. */
const SECRET_KEY = /^(?:sk|rk)_(?:org_)?(?:live|test)_\w+$/;
const PUBLISHABLE_KEY = /^pk_(?:live|test)_\w+$/;
/** What people write where a key belongs, such as sk_live_xxxx. */
const PLACEHOLDER =
  /^[a-z]+_(?:[a-z]+_)*?(?:(\w)\1*|your.*|change.?me.*|example.*|placeholder.*|secret.*|key|abc123)$/i;

/** The secret key. */
export const secretKey = z.string().superRefine((key, context) => {
  if (/^pk_/i.test(key))
    context.addIssue(
      "this is the publishable key; write the secret one from Stripe's dashboard, which begins with sk_",
    );
  else if (!SECRET_KEY.test(key))
    context.addIssue(
      "write the secret key from Stripe's dashboard; it begins with sk_live_ or rk_live_ (sk_test_ for trying out)",
    );
});

/** The key that browsers are given. */
export const publishableKey = z.string().superRefine((key, context) => {
  if (/^[sr]k_/i.test(key))
    context.addIssue(
      'this is a secret key, which every visitor would be given; write the publishable one, which begins with pk_, and change the secret one if it was used so',
    );
  else if (!PUBLISHABLE_KEY.test(key))
    context.addIssue(
      "write the publishable key from Stripe's dashboard; it begins with pk_live_ (pk_test_ for trying out)",
    );
});

/** The secrets of a webhook: two while one replaces the other, comma-separated. */
export const partsOf = (secrets: string): string[] =>
  secrets
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');

/** Of which kind the keys are, when they are of two. */
export function contradictoryKeys(given: Given): string[] {
  const [secret, publishable] = KEYS.map((name) => /_(test|live)_/.exec(given[name] ?? '')?.[1]);
  if (!secret || !publishable || secret === publishable) return [];
  return [
    `STRIPE_PUBLISHABLE_KEY is wrong: it is a ${publishable} key and STRIPE_SECRET_KEY a ${secret} one; copy both from the same page`,
  ];
}

/** Placeholders, which a production shop must not have. */
export function weakKeys(given: Given): string[] {
  const placeholders = KEYS.filter((name) => PLACEHOLDER.test(given[name] ?? '')).map(
    (name) => `${name} is wrong: it is a placeholder; copy the key from Stripe's dashboard`,
  );
  return partsOf(given['STRIPE_WEBHOOK_SECRET'] ?? '').every(isWebhookSecret)
    ? placeholders
    : [
        ...placeholders,
        "STRIPE_WEBHOOK_SECRET is wrong: what follows whsec_ is missing or a placeholder; copy it from the webhook endpoint in Stripe's dashboard",
      ];
}

/** Keys with which a public shop would give its goods for no money. */
export function testKeys(given: Given): string[] {
  return KEYS.filter((name) => /^[a-z]+_(org_)?test_/.test(given[name] ?? '')).map(
    (name) =>
      `${name} is wrong: it is a test key, with which no money moves; write the live one, or STAGING=true`,
  );
}

/** Stripe makes them of at least 32 random characters. */
function isWebhookSecret(secret: string): boolean {
  const random = secret.slice('whsec_'.length);
  return random.length >= 16 && new Set(random).size >= 6 && !PLACEHOLDER.test(secret);
}
