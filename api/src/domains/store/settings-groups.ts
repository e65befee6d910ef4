import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readEmailAddress } from '../../kernel/email-address.js';
import { DomainError, DomainErrors, InvalidInputError } from '../../kernel/errors.js';
import { visibleText } from '../../kernel/invisible-characters.js';
import { defineSettings } from '../../platform/settings-group.js';
import { beginningGroup } from './beginning/beginning-group.js';
import { languagesGroup } from './languages/languages-group.js';
import { regionalGroup } from './regional-group.js';

/** Buyers may withdraw from a purchase on the internet within 14 days (Directive 2011/83/EU, article 9). */
const LEGAL_RETURN_DAYS = 14;
const MOST_RETURN_DAYS = 365;
const MOST_LINKS = 8;
const LONGEST_LINK = 300;

const line = (most: number, what: string) =>
  z
    .string()
    .transform((text) => visibleText(text).trim())
    .pipe(
      z
        .string()
        .min(1, `Write ${what}.`)
        .max(most, `At most ${most} characters.`)
        // Names stand in subjects, headers and PDFs: none of them holds more than one line.
        .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'One line only.'),
    );

export const shopGroup = defineSettings('shop', z.object({ name: line(80, 'the name of the shop') }));

const emailAddress = z.string().transform((text, context) => {
  const address = readEmailAddress(text);
  if (address === null) context.addIssue('Write an e-mail address.');
  return address ?? z.NEVER;
});
const phone = z
  .string()
  .transform((text) => visibleText(text).trim())
  .pipe(
    z
      .string()
      .max(40, 'At most 40 characters.')
      .regex(/^(?=(?:\D*\d){5})\+?[\d\s()./-]+$/, 'Write a telephone number, such as +40 268 123 456.'),
  );
const webPage = z.string().transform((text, context) => {
  // As browsers write it: in one spelling, with everything encoded that could be taken for something else.
  const url = URL.parse(visibleText(text).trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    context.addIssue('Write an address such as https://instagram.com/shop.');
  else if (url.href.length > LONGEST_LINK) context.addIssue(`At most ${LONGEST_LINK} characters.`);
  return url?.href ?? z.NEVER;
});

export const contactGroup = defineSettings(
  'contact',
  z.object({
    email: emailAddress.nullable(),
    phone: phone.nullable(),
    links: z.array(webPage).max(MOST_LINKS, `At most ${MOST_LINKS} addresses.`),
  }),
);

const sellerShape = z.object({
  name: line(200, 'the name that stands on invoices'),
  address: z
    .array(line(120, 'a line of the address'))
    .min(1, 'Write the address that stands on invoices.')
    .max(6, 'At most 6 lines.'),
  taxId: line(40, 'the tax number that stands on invoices'),
  registrationNumber: line(60, 'the number in the trade register').nullable(),
});
type SellerValue = z.infer<typeof sellerShape>;

/** A shop that began empty has none until somebody writes it. */
const NOBODY: SellerValue = { name: '', address: [], taxId: '', registrationNumber: null };

/** Whether nobody has written yet who sells. */
export const isNobody = (seller: SellerValue): boolean => isDeepStrictEqual(seller, NOBODY);

export const sellerGroup = defineSettings(
  'seller',
  z.unknown().transform((given, context): SellerValue => {
    if (isDeepStrictEqual(given, NOBODY)) return NOBODY;
    const { data, error } = sellerShape.safeParse(given);
    for (const { message, path } of error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
    return data ?? z.NEVER;
  }),
);

/** @throws DomainErrors with one INVALID_INPUT for each field that invoices need */
export async function refuseNobody(_tx: unknown, next: SellerValue, before: SellerValue): Promise<void> {
  if (!isNobody(next) || isNobody(before)) return;
  const { error } = sellerShape.safeParse(next);
  throw new DomainErrors(
    (error?.issues ?? []).map(({ message, path }) => new InvalidInputError(message, path.map(String))),
  );
}

export const returnsGroup = defineSettings(
  'returns',
  z.object({
    // Fewer than the legal minimum may stand in the environment of a shop that sells to companies only.
    days: z
      .int('Write a whole number of days.')
      .min(0, 'Write 0 or more days.')
      .max(MOST_RETURN_DAYS, `At most ${MOST_RETURN_DAYS} days.`),
  }),
);

const DAY_MINUTES = 1_440;
const minutes = (most: number) =>
  z.number().positive('Write one or more minutes.').max(most, `At most ${most} minutes.`);

/**
 * For how long stock is held. Each hold keeps the end that it was given: a change reaches carts and orders from the next
 * one on.
 */
export const holdsGroup = defineSettings(
  'holds',
  z.object({
    checkoutMinutes: minutes(7 * DAY_MINUTES),
    transferDays: z.number().positive('Write one or more days.').max(60, 'At most 60 days.'),
    cartMinutes: minutes(7 * DAY_MINUTES),
  }),
);

/** @throws DomainError BELOW_LEGAL_MINIMUM */
export async function refuseShortReturns(_tx: unknown, { days }: { readonly days: number }): Promise<void> {
  if (days < LEGAL_RETURN_DAYS)
    throw new DomainError('BELOW_LEGAL_MINIMUM', `The law gives buyers ${LEGAL_RETURN_DAYS} days.`, ['days']);
}

type ValueOf<G> = G extends { readonly schema: z.ZodType<infer T> } ? T : never;
export type Seller = ValueOf<typeof sellerGroup>;

export const storeSettingsGroups = [
  beginningGroup,
  shopGroup,
  regionalGroup,
  languagesGroup,
  contactGroup,
  sellerGroup,
  returnsGroup,
  holdsGroup,
];
