import { check, object, pipe, string, trim, type GenericSchema, type ObjectSchema } from 'valibot';
import { optionalText, requiredText } from './field-rules';

/** All fields are strings in the form; empty ones become null in the input. */
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

/** An address for display: the API formats its lines for its country. */
export interface PrintedAddress {
  lines: readonly string[];
  phonePrinted?: string | null;
}

/** Fields that the country and the step require beyond name, street and town. The API validates everything else. */
export interface AddressNeeds {
  readonly postalCodeRequired: boolean;
  readonly regionRequired: boolean;
  readonly phoneRequired: boolean;
}

/** `needs` is called at each validation, because the country's requirements are loaded later. */
export function addressSchema(needs: () => AddressNeeds): AddressSchema {
  const neededWhen = (isNeeded: (needs: AddressNeeds) => boolean): GenericSchema<string> =>
    pipe(
      string(),
      trim(),
      check((text) => text !== '' || !isNeeded(needs()), 'field.required'),
    );
  return object({
    firstName: requiredText,
    lastName: requiredText,
    company: optionalText,
    line1: requiredText,
    line2: optionalText,
    city: requiredText,
    region: neededWhen(({ regionRequired }) => regionRequired),
    postalCode: neededWhen(({ postalCodeRequired }) => postalCodeRequired),
    countryCode: requiredText,
    phone: neededWhen(({ phoneRequired }) => phoneRequired),
  });
}

type AddressSchema = ObjectSchema<Record<keyof AddressLike, GenericSchema<string>>, undefined>;

/** @param country of an address that is not there yet: the shop's own */
export function addressFields(address: AddressLike | null | undefined, country: string): AddressFields {
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

export function toAddressInput(fields: AddressLike): AddressLike {
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
