/**
 * A value as text for a jsonb column, without what jsonb cannot contain: the character U+0000 and unpaired surrogates.
 * A caller that needs every byte must store them separately.
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
