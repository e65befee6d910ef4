/** Both JSON.stringify and PostgreSQL refuse what is nested some thousand levels deep; nobody means more than these. */
const DEEPEST = 500;

/**
 * A value as text for a jsonb column, without what jsonb cannot contain: the character U+0000, unpaired surrogates, and
 * objects and lists more than 500 levels deep, which become null. A caller that needs every byte must store them
 * separately.
 */
export function toJsonb(value: unknown): string {
  return JSON.stringify(clean(value, DEEPEST));
}

/** A value as JSON, with everything in it; as for jsonb if it is nested so deep that JSON.stringify cannot write it. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return toJsonb(value);
  }
}

function clean(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((item) => clean(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, levels - 1)]),
  );
}

function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
