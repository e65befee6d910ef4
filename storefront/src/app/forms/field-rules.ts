import { readEmailAddress } from '@vitrine/api/email-address';
import { check, maxLength, minLength, nonEmpty, pipe, string, trim, type GenericSchema } from 'valibot';

/** Messages are translation keys. */
export const requiredText: GenericSchema<string> = pipe(
  string(),
  trim(),
  nonEmpty('field.required'),
  maxLength(120, 'field.tooLong'),
);

export const optionalText: GenericSchema<string> = pipe(string(), trim(), maxLength(120, 'field.tooLong'));

/** The API's rule, so that the form is never stricter. */
export const emailAddress: GenericSchema<string> = pipe(
  string(),
  trim(),
  nonEmpty('field.required'),
  check((text) => readEmailAddress(text) !== null, 'field.email'),
);

export const newPassword: GenericSchema<string> = pipe(
  string(),
  nonEmpty('field.required'),
  minLength(8, 'field.passwordShort'),
  maxLength(200, 'field.tooLong'),
);

/** Any text, because the API validates phone numbers of every country. */
export const optionalPhone: GenericSchema<string> = pipe(string(), trim(), maxLength(64, 'field.tooLong'));
