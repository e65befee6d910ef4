import { GraphQLScalarType, Kind, GraphQLError } from 'graphql';
import { readEmailAddress } from '../../kernel/email-address.js';

function scalar<T>(name: string, description: string, parse: (value: unknown) => T): GraphQLScalarType<T, T> {
  const checked = (value: unknown): T => {
    try {
      return parse(value);
    } catch {
      throw new GraphQLError(`Not a valid ${name}: ${JSON.stringify(value)?.slice(0, 80)}`);
    }
  };
  return new GraphQLScalarType<T, T>({
    name,
    description,
    parseValue: checked,
    serialize: (value) => value as T,
    parseLiteral(node) {
      if (node.kind === Kind.INT) return checked(Number(node.value));
      if (node.kind === Kind.STRING) return checked(node.value);
      throw new GraphQLError(`Not a valid ${name}`);
    },
  });
}

function text(value: unknown, pattern: RegExp, maxLength: number): string {
  if (typeof value !== 'string' || value.length > maxLength || !pattern.test(value))
    throw new TypeError('refused');
  return value;
}

export const MinorUnits = scalar(
  'MinorUnits',
  'A whole number of the smallest currency unit, within ±(2^53 − 1).',
  (value) => {
    if (!Number.isSafeInteger(value)) throw new TypeError('refused');
    return value as number;
  },
);

export const CurrencyCode = scalar(
  'CurrencyCode',
  'An ISO 4217 currency code in capitals, such as RON.',
  (value) => text(value, /^[A-Z]{3}$/, 3),
);

export const CountryCode = scalar(
  'CountryCode',
  'An ISO 3166-1 alpha-2 country code in capitals, such as RO.',
  (value) => text(value, /^[A-Z]{2}$/, 2),
);

// Whether the mailbox exists only a mail can tell.
export const EmailAddress = scalar(
  'EmailAddress',
  'An e-mail address as mail servers take it, at most 254 characters. Spaces around it and invisible characters are dropped; a domain in other letters is kept in its ASCII form (`ana@exämple.ro` as `ana@xn--exmple-cua.ro`).',
  (value) => {
    const address = typeof value === 'string' ? readEmailAddress(value) : null;
    if (address === null) throw new TypeError('refused');
    return address;
  },
);

export const Url = scalar(
  'URL',
  'An absolute http(s) URL, or a path on this server that begins with a slash.',
  (value) => {
    const given = text(value, /^(https?:\/\/|\/(?!\/))/, 2048);
    if (!given.startsWith('/')) new URL(given);
    return given;
  },
);

export const SafeHtml = scalar(
  'SafeHtml',
  'HTML that was sanitised when it was written: a small set of tags, no scripts, no styles.',
  (value) => text(value, /^[\s\S]*$/, 100_000),
);

export const CalendarDate = scalar('Date', 'A day without a time, YYYY-MM-DD.', (value) => {
  const day = text(value, /^\d{4}-\d{2}-\d{2}$/, 10);
  if (!isDay(day)) throw new TypeError('refused');
  return day;
});

/** JavaScript reads 31 February as a day in March, and there was no year zero. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day && date.getUTCFullYear() >= 1
  );
}

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'A moment in UTC, ISO 8601 with milliseconds: 2026-11-21T06:30:00.000Z. Given with a zone, Z or an offset such as +02:00.',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : null),
});

const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function parseDate(value: unknown): Date {
  const [, day = ''] = (typeof value === 'string' && MOMENT.exec(value)) || [];
  const date = isDay(day) ? new Date(value as string) : new Date(NaN);
  // A zone can carry the first day into the year zero, which PostgreSQL does not know.
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1)
    throw new GraphQLError('Not a valid DateTime: give ISO 8601 with a zone, such as 2026-11-21T06:30:00Z');
  return date;
}
