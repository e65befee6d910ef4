import { GraphQLScalarType, Kind } from 'graphql';
import { readEmailAddress } from '../../kernel/email-address.js';
import type { ErrorCode } from '../../kernel/error-codes.js';
import { Mistyped } from './errors/mistyped.js';

interface ScalarForm<T> {
  readonly description: string;
  readonly specifiedByURL: string;
  /** The error code for an invalid value in an input. */
  readonly code: ErrorCode;
  /** Returns the parsed value. Throws for an invalid one. */
  readonly parse: (value: unknown) => T;
  readonly serialize?: (value: unknown) => unknown;
}

/** Names of our own scalars: in an input they return a `Mistyped` for an invalid value. */
export const markingScalars = new Set<string>();

function scalar<T>(name: string, form: ScalarForm<T>): GraphQLScalarType<T> {
  markingScalars.add(name);
  const checked = (value: unknown): T => {
    try {
      return form.parse(value);
    } catch {
      // The value is not repeated in the message, because it may be personal data.
      return new Mistyped(form.code, `Not a valid ${name}: ${form.description}`) as T;
    }
  };
  return new GraphQLScalarType<T>({
    name,
    description: form.description,
    specifiedByURL: form.specifiedByURL,
    parseValue: checked,
    serialize: (form.serialize ?? ((value: unknown) => value)) as (value: unknown) => T,
    parseLiteral(node) {
      if (node.kind === Kind.INT) return checked(Number(node.value));
      return checked(node.kind === Kind.STRING ? node.value : null);
    },
  });
}

function text(value: unknown, pattern: RegExp, maxLength: number): string {
  if (typeof value !== 'string' || value.length > maxLength || !pattern.test(value))
    throw new TypeError('refused');
  return value;
}

export const MinorUnits = scalar('MinorUnits', {
  description: 'A whole number of the smallest currency unit, within ±(2^53 − 1).',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  code: 'INVALID_AMOUNT',
  parse: (value) => {
    if (!Number.isSafeInteger(value)) throw new TypeError('refused');
    return value as number;
  },
});

export const CurrencyCode = scalar('CurrencyCode', {
  description: 'An ISO 4217 currency code in capitals, such as RON.',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  code: 'INVALID_AMOUNT',
  parse: (value) => text(value, /^[A-Z]{3}$/, 3),
});

export const CountryCode = scalar('CountryCode', {
  description: 'An ISO 3166-1 alpha-2 country code in capitals, such as RO.',
  specifiedByURL: 'https://www.iso.org/iso-3166-country-codes.html',
  code: 'INVALID_COUNTRY',
  parse: (value) => text(value, /^[A-Z]{2}$/, 2),
});

// Whether the mailbox exists can only be checked by sending a mail.
export const EmailAddress = scalar('EmailAddress', {
  description:
    'An e-mail address as mail servers take it, at most 254 characters. Spaces around it and invisible characters are dropped; a domain in other letters is kept in its ASCII form (`ana@exämple.ro` as `ana@xn--exmple-cua.ro`).',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2',
  code: 'INVALID_EMAIL',
  parse: (value) => {
    const address = typeof value === 'string' ? readEmailAddress(value) : null;
    if (address === null) throw new TypeError('refused');
    return address;
  },
});

export const Url = scalar('URL', {
  description:
    'An absolute http(s) URL. Those of this server are paths that begin with a slash for clients who send `x-vitrine-urls: relative`.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  code: 'INVALID_URL',
  parse: (value) => {
    const given = text(value, /^(https?:\/\/|\/(?!\/))/, 2048);
    if (!given.startsWith('/')) new URL(given);
    return given;
  },
});

export const SafeHtml = scalar('SafeHtml', {
  description: 'HTML that was sanitised when it was written: a small set of tags, no scripts, no styles.',
  specifiedByURL: 'https://html.spec.whatwg.org/',
  code: 'INVALID_INPUT',
  parse: (value) => text(value, /^[\s\S]*$/, 100_000),
});

export const CalendarDate = scalar('Date', {
  description: 'A day without a time, YYYY-MM-DD, from the year 0001.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  code: 'INVALID_DATE',
  parse: (value) => realDay(text(value, /^\d{4}-\d{2}-\d{2}$/, 10)),
});

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export const DateTime = scalar<Date>('DateTime', {
  description:
    'A moment, ISO 8601 with its zone: 2026-11-21T06:30:00Z. Answered in UTC with milliseconds, from the year 0001.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  code: 'INVALID_DATE',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parse(value) {
    const [moment, day] = MOMENT.exec(text(value, MOMENT, 40)) ?? [];
    realDay(day ?? '');
    const date = new Date(moment ?? '');
    if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1) throw new TypeError('refused');
    return date;
  },
});

/** JavaScript parses 31 February as a day in March, and PostgreSQL has no year 0. */
function realDay(day: string): string {
  if (day < '0001' || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
    throw new TypeError('refused');
  return day;
}
