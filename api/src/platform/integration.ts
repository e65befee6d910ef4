import type { z } from 'zod';
import type { ErrorCode } from '../kernel/error-codes.js';

/** One value of an integration. Every value is a text, stored encrypted; only its hint can be read again. */
export interface IntegrationField {
  /** What may be stored. Its messages say what to write, in English, for developers; they never repeat the value. */
  readonly schema: z.ZodType<string>;
  /** Whether nobody may see it again. Of a value that is no secret, such as a publishable key, the hint is the value. */
  readonly isSecret: boolean;
  /** The environment variable that overrides what is stored; null when there is none. */
  readonly variable: string | null;
  /** Whether the integration cannot be used without it. */
  readonly isRequired: boolean;
  /**
   * For so many hours after a change the value before is passed on as well, behind a comma: for passwords by which the
   * service calls the shop, which are changed there a little later. 0 for none.
   */
  readonly previousHours: number;
  /**
   * Why a value that staff write is not stored, as messages of `schema`; null when it is. Asked about new values only,
   * so that a rule that became stricter does not stop a shop whose values work.
   */
  readonly refuseNew: (value: string) => string | null;
}

type FieldOptions = Partial<Omit<IntegrationField, 'schema' | 'isSecret'>>;

/** A value that nobody may see again. Required unless the options say otherwise. */
export function secret(schema: z.ZodType<string>, options: FieldOptions = {}): IntegrationField {
  return { ...plain(schema, options), isSecret: true };
}

/** A value that is no secret and belongs to the others. Required unless the options say otherwise. */
export function plain(schema: z.ZodType<string>, options: FieldOptions = {}): IntegrationField {
  return {
    ...{ variable: null, isRequired: true, previousHours: 0, refuseNew: () => null },
    ...options,
    ...{ schema, isSecret: false },
  };
}

/** The values of an integration by the names of its fields; one that is missing is absent. */
export type IntegrationValues = Readonly<Partial<Record<string, string>>>;

/** What became of trying an integration out. */
export type IntegrationTestCode =
  /** The service took the values. */
  | 'OK'
  /** The service does not know these values. */
  | 'REFUSED'
  /** It knows them, and they do not give the right that the shop needs. */
  | 'NOT_PERMITTED'
  /** It could not be reached. */
  | 'UNREACHABLE'
  /** It did not answer within the time of a test. */
  | 'TIMED_OUT'
  /** It answered with something else. */
  | 'FAILED';

/** What is wrong with values that are well-formed by themselves. */
export interface IntegrationProblem {
  readonly code: ErrorCode;
  readonly field: string;
  /** In English, for developers; it never repeats a value. */
  readonly message: string;
}

/** What works and is not safe; staff read of it beside the values. */
export type IntegrationWarningCode =
  /** The connection is encrypted only if the service offers it, so that somebody on the way can prevent it. */
  | 'ENCRYPTION_OPTIONAL'
  /** The connection is never encrypted. */
  | 'UNENCRYPTED'
  /** Nothing shows that it is the service that answers. */
  | 'UNVERIFIED_SERVER'
  /** A password can be guessed. */
  | 'GUESSABLE_PASSWORD';

/** Where the shop runs: what a trial may do, a public shop may not. */
export interface IntegrationSituation {
  readonly isProduction: boolean;
  /** Whether customers can reach it and it is no rehearsal. */
  readonly isPublic: boolean;
}

export interface IntegrationTestContext {
  /** Ends the test when its time is over. */
  readonly signal: AbortSignal;
  /** A variable of the environment that belongs to the integration and is no value of it, such as a test address. */
  readonly variable: (name: string) => string | null;
}

/**
 * A service outside the shop, with the values that it needs. A module lists its own in `integrations`; the store keeps
 * the values, and whoever uses the service reads them at `IntegrationStore` and follows their changes.
 */
export interface Integration {
  /** It is stored and never changes: `stripe`. */
  readonly code: string;
  readonly fields: Readonly<Record<string, IntegrationField>>;
  /**
   * What is wrong with the values together; asked before they are stored and whenever they are used, so that values of
   * another installation, restored with its database, are not used either.
   */
  readonly check?: (values: IntegrationValues, situation: IntegrationSituation) => IntegrationProblem[];
  /** What is not safe about the values in use. */
  readonly warn?: (values: IntegrationValues) => IntegrationWarningCode[];
  /** Tries the values at the service, with no effect there. Called outside of any transaction. Errors are FAILED. */
  readonly test: (values: IntegrationValues, context: IntegrationTestContext) => Promise<IntegrationTestCode>;
}

export function defineIntegration(
  code: string,
  fields: Readonly<Record<string, IntegrationField>>,
  rest: Pick<Integration, 'check' | 'warn' | 'test'>,
): Integration {
  return { code, fields, ...rest };
}
