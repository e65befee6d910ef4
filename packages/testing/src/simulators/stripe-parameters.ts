import { StripeRejection, type StripeIntent } from './stripe-objects.js';

export const CREATE_PARAMS =
  /^(amount|currency|description|receipt_email|capture_method|statement_descriptor_suffix|metadata\[[a-z_]+\]|automatic_payment_methods\[(enabled|allow_redirects)\])$/;
export const REFUND_PARAMS = /^(amount|payment_intent|reason|metadata\[[a-z_]+\])$/;
export const CANCEL_PARAMS = /^cancellation_reason$/;
export const CAPTURE_PARAMS = /^(amount_to_capture|statement_descriptor_suffix|metadata\[[a-z_]+\])$/;
export const LIST_PARAMS = /^(limit|starting_after|created\[gte\])$/;
export const REFUND_LIST_PARAMS = /^(limit|starting_after|created\[gte\]|payment_intent)$/;
export const EVENT_LIST_PARAMS = /^(limit|starting_after|created\[gte\]|delivery_success|types\[\d{1,2}\])$/;

/** @throws StripeRejection for a parameter that Stripe does not know */
export function allow(params: Readonly<Record<string, string>>, allowed: RegExp): void {
  for (const name of Object.keys(params)) {
    if (name.startsWith('payment_method_types')) {
      throw new StripeRejection(
        400,
        'payment_method_types_no_longer_supported',
        'payment_method_types is no longer supported.',
      );
    }
    if (!allowed.test(name))
      throw new StripeRejection(400, 'parameter_unknown', `Received unknown parameter: ${name}`);
  }
}

export function captureMethodOf({
  capture_method: wanted = 'automatic_async',
}: Readonly<Record<string, string>>): StripeIntent['capture_method'] {
  if (wanted !== 'automatic' && wanted !== 'manual' && wanted !== 'automatic_async')
    throw new StripeRejection(400, 'parameter_invalid_string', 'Invalid capture_method');
  return wanted;
}

export function metadataOf(params: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(params).map(
    ([name, value]) => [/^metadata\[(.+)\]$/.exec(name)?.[1], value] as const,
  );
  return Object.fromEntries(entries.filter(([name]) => name !== undefined));
}
