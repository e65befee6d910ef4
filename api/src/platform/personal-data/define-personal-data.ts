import { statement, t, type GivenOf, type Statement } from '../database/database.js';

const PERSON = { knownAs: t.uuids, userId: t.uuid.orNull };

/**
 * Whose data is meant: an account, and ids under which the shop knows its holder besides. For staff these are the customer
 * with everybody who was merged into them; for the holder of an account none, so that nothing is among it which nobody has
 * shown to be theirs.
 */
export type Person = GivenOf<typeof PERSON>;

/** What a table holds about people. Its module lists it in `personalData`. */
export interface PersonalData {
  readonly table: string;
  /** The columns that say who somebody is, where they live or what they wrote. */
  readonly columns: readonly string[];
  /** The key of the file of a person, and the statement that reads what stands there; null where it is in no file. */
  readonly inFile: {
    readonly name: string;
    readonly rows: Statement<Person, { readonly data: object }>;
  } | null;
}

interface Declared {
  /** Of the module that declares it. */
  readonly table: string;
  /** Those that say something about a person; a test refuses a column of that kind which nobody declares. */
  readonly columns: readonly string[];
}

/** In the file of a person, under `name`. */
interface InFile extends Declared {
  /** Of the statement, with the module's name before it: `orders.personal-orders`. */
  readonly statement: string;
  /** In camel case. */
  readonly name: string;
  /** Selects a JSON object for each row as `data`, of the one row of `person (known_as, user_id)`. */
  readonly sql: string;
}

/** In no file: what it is about is nobody to whom the shop hands one, or is gone soon. */
interface Unless extends Declared {
  readonly unless: string;
}

/** Declares what a table holds about people, and how the file of a person has it. */
export function definePersonalData(declared: InFile | Unless): PersonalData {
  const { table, columns } = declared;
  if ('unless' in declared) return { table, columns, inFile: null };
  const rows = statement(declared.statement, {
    params: PERSON,
    row: { data: t.json<object>() },
    sql: `WITH person AS (SELECT :knownAs::uuid[] AS known_as, :userId::uuid AS user_id) ${declared.sql}`,
  });
  return { table, columns, inFile: { name: declared.name, rows } };
}
