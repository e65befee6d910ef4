import { z } from 'zod';
import { readEmailAddress } from '../../kernel/email-address.js';
import { hasRightCheckDigits, isIban, plainIban } from '../../domains/payments/index.js';
import { visibleText } from '../../kernel/invisible-characters.js';
import { readWebAddress } from '../../kernel/web-address.js';

const ORIGINS_HINT =
  'write a comma-separated or JSON list of origins, such as https://shop.example,https://admin.example';

/** CORS_ORIGINS: the origins as browsers send them, or `*`. */
export const originsSetting = z.string().transform((text, context) => {
  const items = listed(text);
  const origins = items?.map(readOrigin) ?? [null];
  const wrong = origins.indexOf(null);
  if (wrong < 0) return origins.filter((origin) => origin !== null);
  context.addIssue(
    items
      ? `${items[wrong]} is no origin (scheme, host and port, without a path); ${ORIGINS_HINT}`
      : ORIGINS_HINT,
  );
  return z.NEVER;
});

/** Comma-separated or a JSON list. */
function listed(text: string): string[] | null {
  try {
    const items: unknown = text.trim().startsWith('[') ? JSON.parse(text) : text.split(',');
    return z
      .array(z.string())
      .parse(items)
      .map((item) => item.trim())
      .filter(Boolean);
  } catch {
    return null;
  }
}

/** Apps in a shell of their own have origins of other schemes, such as capacitor://localhost. */
const ORIGIN_OF_AN_APP = /^(?!https?:|file:|data:|blob:)[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(?::\d+)?$/;

function readOrigin(item: string): string | null {
  if (item === '*') return item;
  const address = readWebAddress(item);
  if (address !== null) return new URL(address).origin === address ? address : null;
  const origin = item.toLowerCase().replace(/\/$/, '');
  return ORIGIN_OF_AN_APP.test(origin) ? origin : null;
}

/** The name and the address in a sender such as `"Lut & Lână" <shop@shop.example>`; null when no mail server would take it. */
function readSender(sender: string): { readonly name: string; readonly address: string } | null {
  const [, name = '', written] = /^([^<>\p{Cc}\p{Zl}\p{Zp}]*)<([^<>]+)>\s*$/u.exec(sender) ?? [
    null,
    '',
    sender,
  ];
  const address = readEmailAddress(written ?? '');
  return address === null ? null : { name: unquoted(visibleText(name).trim()), address };
}

function unquoted(name: string): string {
  const inside = /^"(.*)"$/.exec(name)?.[1];
  return inside === undefined ? name : inside.replaceAll(/\\(.)/g, '$1');
}

export function addressOfSender(sender: string): string | null {
  return readSender(sender)?.address ?? null;
}

/** Between these a mail server sees the end of a name, so `Lut, Lână <shop@shop.example>` would be two senders. */
const SPECIALS = /[()<>@,;:\\".[\]]/;

/** MAIL_FROM, with the name in quotes where it needs them. */
export const senderSetting = z.string().transform((text, context) => {
  const sender = readSender(text);
  if (sender === null) {
    context.addIssue('write a sender such as "Lut & Lână <shop@example.com>", with an address that exists');
    return z.NEVER;
  }
  const { name, address } = sender;
  const quoted = SPECIALS.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : name;
  return quoted ? `${quoted} <${address}>` : address;
});

/** PAYMENT_METHODS, in lower case. */
export function methodsNamed(text: string): string[] {
  return text.split(',').map((method) => method.trim().toLowerCase());
}

/** BANK_TRANSFER_IBAN. */
export const ibanSetting = z
  .string()
  .transform(plainIban)
  .pipe(
    z
      .string()
      .refine(isIban, { error: 'write an IBAN such as RO49AAAA1B31007593840000', abort: true })
      .refine(hasRightCheckDigits, 'its check digits do not fit: compare it with the one of the bank'),
  );

const SHORTEST_KEY = 32;

/** `new,old`: the keys of secrets. */
export const secretsKeySetting = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (keys) => keys.every((key) => key.length >= SHORTEST_KEY),
    'write at least 32 random characters (openssl rand -base64 48); while one replaces the other, the new one first, comma-separated',
  );
