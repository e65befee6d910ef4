import { z } from 'zod';
import { momentText, readMoment } from '../../days';
import { parsePrice, priceText } from '../../money';
import type { Tools } from '../../useTools';

/*
 * How the text of a field becomes what the API takes, and back. A schema of a form is made of these and of zod's own, and
 * is no stricter than the API: what only the API can know, it says itself, at the same field.
 */

const refuse = (payload: z.core.ParsePayload, message: string): never => {
  payload.issues.push({ code: 'custom', input: payload.value, message });
  return z.NEVER;
};

/** An amount in the shop's currency, in its minor units. */
export const money = (tools: Tools) =>
  z.codec(z.string(), z.int(), {
    decode: (text, payload) =>
      parsePrice(text, tools.currency) ?? refuse(payload, tools.t('product.priceInvalid')),
    encode: (amount) => priceText(amount, tools.currency, tools.locale),
  });

/** An amount in minor units; null while nothing is entered. */
export const optionalMoney = (tools: Tools) =>
  z.codec(z.string(), z.int().nullable(), {
    decode: (text, payload) =>
      text.trim() === ''
        ? null
        : (parsePrice(text, tools.currency) ?? refuse(payload, tools.t('product.priceInvalid'))),
    encode: (amount) => priceText(amount, tools.currency, tools.locale),
  });

/** A whole number from 0; null while nothing is entered. */
export const optionalWhole = (tools: Tools) =>
  z.codec(z.string(), z.int().nullable(), {
    decode: (text, payload) => {
      const bare = text.trim();
      if (bare === '') return null;
      return /^\d{1,9}$/.test(bare) ? Number(bare) : refuse(payload, tools.t('product.wholeNumber'));
    },
    encode: (value) => value?.toString() ?? '',
  });

/** A text without spaces around it; null while nothing is entered. */
export const optionalText = () =>
  z.codec(z.string(), z.string().nullable(), {
    decode: (text) => text.trim() || null,
    encode: (value) => value ?? '',
  });

/** A text that must be there, without spaces around it. */
export const requiredText = (missing: string) => z.string().trim().min(1, missing);

/** A day such as `2026-11-30`, the same in every zone; null while none is chosen. */
export const optionalDay = () =>
  z.codec(z.string(), z.string().nullable(), {
    decode: (text) => text || null,
    encode: (day) => day ?? '',
  });

/** A moment (ISO 8601 in UTC), written in the time zone of the shop; null while none is chosen. */
export const optionalMoment = (tools: Tools) =>
  z.codec(z.string(), z.string().nullable(), {
    decode: (text, payload) => {
      if (text === '') return null;
      return readMoment(text)?.toISOString() ?? refuse(payload, tools.t('form.momentInvalid'));
    },
    encode: (moment) => (moment ? momentText(moment) : ''),
  });

/** The lines of a text, without empty ones. */
export const lines = () =>
  z.codec(z.string(), z.array(z.string()), {
    decode: (text) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    encode: (entries) => (entries ?? []).join('\n'),
  });

/**
 * What the fields of a form hold for the values that the API returned. The schema itself may refuse them: a new
 * entity lacks its name. Null is an empty field.
 */
export function encodeValue(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodCodec) {
    const codec = schema.def as unknown as { reverseTransform: (value: unknown, payload: object) => unknown };
    return codec.reverseTransform(value ?? null, { value, issues: [] });
  }
  if (schema instanceof z.ZodObject) {
    const values = (value ?? {}) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries<z.core.$ZodType>(schema.shape).map(([name, each]) => [
        name,
        encodeValue(each, values[name]),
      ]),
    );
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((row) => encodeValue(schema.element, row));
  }
  return value ?? (schema instanceof z.ZodString ? '' : value);
}
