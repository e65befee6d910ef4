import type {
  Integration,
  IntegrationField,
  IntegrationProblem,
  IntegrationSituation,
  IntegrationValues,
  IntegrationWarningCode,
} from '../../../platform/integration.js';

/** Where the value of a field comes from. UNREADABLE: it is stored, and its key is lost; it counts as missing. */
export type FieldSource = 'MISSING' | 'STORED' | 'ENVIRONMENT' | 'UNREADABLE';

export type IntegrationStatus = 'MISSING' | 'CONFIGURED' | 'ENVIRONMENT' | 'UNREADABLE';

export interface FieldState {
  readonly source: FieldSource;
  readonly hint: string | null;
}

/** An integration as this process may use it now. */
export interface IntegrationState {
  readonly integration: Integration;
  /** The values in use: of the environment, or else stored and readable. */
  readonly values: IntegrationValues;
  readonly fields: Readonly<Record<string, FieldState>>;
  readonly status: IntegrationStatus;
  /** What is wrong with the values in use. They are not used for anything new then. */
  readonly problems: readonly IntegrationProblem[];
  /** What works and is not safe. */
  readonly warnings: readonly IntegrationWarningCode[];
  /** Whether everything required is there and nothing is wrong with it. */
  readonly isUsable: boolean;
}

/** A stored value as it was read: `value` is null while its key is lost. */
export interface StoredValue {
  readonly name: string;
  readonly value: string | null;
  readonly hint: string | null;
  readonly expiresAt: Date | null;
}

interface Surroundings {
  readonly variable: (name: string) => string | null;
  readonly situation: IntegrationSituation;
  readonly now: Date;
}

const PREVIOUS = '.previous';
const SHORTEST_WITH_HINT = 12;
const HINT_LENGTH = 4;

/** The name under which the value before that of a field is stored. */
export const previousOf = (name: string): string => `${name}${PREVIOUS}`;

/** What staff may see of a value. */
export function hintOf({ isSecret }: Pick<IntegrationField, 'isSecret'>, value: string): string | null {
  if (!isSecret) return value;
  return value.length >= SHORTEST_WITH_HINT ? value.slice(-HINT_LENGTH) : null;
}

/** What an integration is with these stored values. A variable of the environment overrides the stored value. */
export function stateOf(
  integration: Integration,
  stored: readonly StoredValue[],
  { variable, situation, now }: Surroundings,
): IntegrationState {
  const values: Record<string, string> = {};
  const fields: Record<string, FieldState> = {};
  const problems: IntegrationProblem[] = [];
  for (const [name, field] of Object.entries(integration.fields)) {
    const given = field.variable === null ? null : variable(field.variable);
    const row = stored.find((each) => each.name === name);
    const value = given ?? row?.value ?? null;
    fields[name] = {
      source: sourceOf(given, row),
      hint: given === null ? (row?.hint ?? null) : hintOf(field, given),
    };
    if (value === null) continue;
    const previous = given === null ? stillValid(stored, previousOf(name), now) : null;
    values[name] = previous === null ? value : `${value},${previous}`;
    // Rules may have become stricter since it was stored.
    if (given === null && !field.schema.safeParse(value).success)
      problems.push({ code: 'INVALID_INPUT', field: name, message: 'What is stored is not taken any more.' });
  }
  if (problems.length === 0) problems.push(...(integration.check?.(values, situation) ?? []));
  const isComplete = missingFields(integration, values).length === 0;
  return {
    ...{ integration, values, fields, problems },
    warnings: integration.warn?.(values) ?? [],
    status: statusOf(Object.values(fields), isComplete),
    isUsable: isComplete && problems.length === 0,
  };
}

/** The required fields without a value. */
export function missingFields({ fields }: Integration, values: IntegrationValues): string[] {
  return Object.entries(fields)
    .filter(([name, { isRequired }]) => isRequired && values[name] === undefined)
    .map(([name]) => name);
}

function sourceOf(given: string | null, row: StoredValue | undefined): FieldSource {
  if (given !== null) return 'ENVIRONMENT';
  if (!row) return 'MISSING';
  return row.value === null ? 'UNREADABLE' : 'STORED';
}

function statusOf(fields: readonly FieldState[], isComplete: boolean): IntegrationStatus {
  const has = (wanted: FieldSource): boolean => fields.some(({ source }) => source === wanted);
  if (has('UNREADABLE')) return 'UNREADABLE';
  if (!isComplete || !(has('STORED') || has('ENVIRONMENT'))) return 'MISSING';
  return has('STORED') ? 'CONFIGURED' : 'ENVIRONMENT';
}

function stillValid(stored: readonly StoredValue[], name: string, now: Date): string | null {
  const row = stored.find((each) => each.name === name);
  return row?.expiresAt && row.expiresAt > now ? row.value : null;
}
