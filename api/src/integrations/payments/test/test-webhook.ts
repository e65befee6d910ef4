import { z } from 'zod';
import { InvalidWebhook, type ProviderEvent } from '../port.js';

// PostgreSQL keeps no NUL, and no id of a provider has such characters.
const word = z.string().regex(/^[^\p{Cc}\p{Cs}]+$/u);
const reference = word.max(255).nullish();
const webhookBody = z.object({
  id: word.max(255),
  type: word.max(100),
  intent: reference,
  refund: reference,
  dispute: reference,
});

const MOST_BYTES = 16 * 1024;

/**
 * An event of the test provider: unsigned, so only ever a hint to look at this provider's own books.
 *
 * @throws InvalidWebhook
 */
export function parseTestWebhook(rawBody: Buffer): ProviderEvent {
  // Nobody signs these, so nobody is let keep much.
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
