import { z } from 'zod';
import { InvalidWebhook, type ProviderEvent } from '../port.js';

// PostgreSQL cannot store NUL, and no provider's id contains control characters or surrogates.
const providerText = z.string().regex(/^[^\p{Cc}\p{Cs}]+$/u);
const reference = providerText.max(255).nullish();
const webhookBody = z.object({
  id: providerText.max(255),
  type: providerText.max(100),
  intent: reference,
  refund: reference,
  dispute: reference,
});

const MOST_BYTES = 16 * 1024;

/**
 * An event of the test provider: unsigned, so it is only a hint to read this provider's tables.
 *
 * @throws InvalidWebhook
 */
export function parseTestWebhook(rawBody: Buffer): ProviderEvent {
  // Unsigned events are accepted from any caller, so they must be small.
  if (rawBody.length > MOST_BYTES) throw new InvalidWebhook('An unsigned event has at most 16 KB');
  const payload = parseJson(rawBody);
  const parsed = webhookBody.safeParse(payload);
  if (!parsed.success)
    throw new InvalidWebhook('The body must be JSON: { "id", "type", and "intent", "refund" or "dispute" }');
  const { id, type } = parsed.data;
  return { id, type, ...subjectOf(parsed.data), apiVersion: null, verified: false, payload };
}

function subjectOf({
  intent,
  refund,
  dispute,
}: z.infer<typeof webhookBody>): Pick<ProviderEvent, 'objectKind' | 'objectReference'> {
  if (dispute) return { objectKind: 'DISPUTE', objectReference: dispute };
  if (refund) return { objectKind: 'REFUND', objectReference: refund };
  if (intent) return { objectKind: 'INTENT', objectReference: intent };
  return { objectKind: null, objectReference: null };
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}
