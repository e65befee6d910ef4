import { check, forward, object, partialCheck, pipe, string, type InferOutput } from 'valibot';
import { optionalPhone, optionalText, requiredText } from './field-rules';

/** Every field is text while it is being typed; empty ones become null on the way out. */
export interface AddressFields extends Record<string, string> {
  firstName: string;
  lastName: string;
  company: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  countryCode: string;
  phone: string;
}

export interface AddressLike {
  firstName: string;
  lastName: string;
  company?: string | null;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postalCode: string;
  countryCode: string;
  phone?: string | null;
}

/** Six digits in Romania; elsewhere anything that is there. */
export const addressSchema = pipe(
  object({
    firstName: requiredText,
    lastName: requiredText,
    company: optionalText,
    line1: requiredText,
    line2: optionalText,
    city: requiredText,
    region: optionalText,
    postalCode: requiredText,
    countryCode: pipe(
      string(),
      check((code) => code.length === 2, 'field.required'),
    ),
    phone: optionalPhone,
  }),
  forward(
    partialCheck(
      [['postalCode'], ['countryCode']],
      ({ postalCode, countryCode }) => countryCode !== 'RO' || /^\d{6}$/.test(postalCode),
      'field.postalCodeRo',
    ),
    ['postalCode'],
  ),
);

export function addressFields(address: AddressLike | null | undefined, country = 'RO'): AddressFields {
  return {
    firstName: address?.firstName ?? '',
    lastName: address?.lastName ?? '',
    company: address?.company ?? '',
    line1: address?.line1 ?? '',
    line2: address?.line2 ?? '',
    city: address?.city ?? '',
    region: address?.region ?? '',
    postalCode: address?.postalCode ?? '',
    countryCode: address?.countryCode ?? country,
    phone: address?.phone ?? '',
  };
}

export function toAddressInput(fields: InferOutput<typeof addressSchema> | AddressLike): AddressLike {
  return {
    firstName: fields.firstName,
    lastName: fields.lastName,
    company: fields.company || null,
    line1: fields.line1,
    line2: fields.line2 || null,
    city: fields.city,
    region: fields.region || null,
    postalCode: fields.postalCode,
    countryCode: fields.countryCode,
    phone: fields.phone || null,
  };
}

/** The address as it stands on a parcel. */
export function addressLines(
  address: AddressLike,
  countries: { code: string; name: string }[] = [],
): string[] {
  const country = countries.find(({ code }) => code === address.countryCode)?.name ?? address.countryCode;
  return [
    `${address.firstName} ${address.lastName}`,
    address.company,
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}${address.region ? `, ${address.region}` : ''}`,
    country,
  ].filter((line): line is string => Boolean(line));
}
