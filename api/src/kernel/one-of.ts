import { InvalidInputError } from './errors.js';

/** One of several ways to identify an object. */
export type Named<T> = {
  readonly [K in keyof T]-?: { readonly by: K & string; readonly value: string };
}[keyof T];

/** The one argument that was given. @throws InvalidInputError unless it is exactly one */
export function oneOf<T extends { [K in keyof T]?: string | null }>(names: T): Named<T> {
  const given = Object.entries(names as Record<string, string | null | undefined>).flatMap(([by, value]) =>
    value == null ? [] : [{ by, value }],
  );
  const [one, ...others] = given;
  if (!one || others.length > 0) {
    throw new InvalidInputError(
      given.length === 0
        ? 'Say which one.'
        : `Say it in one way, not by ${given.map(({ by }) => by).join(' and ')}.`,
    );
  }
  return one as Named<T>;
}
