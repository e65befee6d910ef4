/**
 * A value as text for a jsonb column. What jsonb cannot hold is left out: the character U+0000, and halves of characters.
 * Whoever needs every byte keeps them beside it.
 */
export function toJsonb(value: unknown): string {
  return JSON.stringify(clean(value));
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed();
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), clean(item)]));
}
