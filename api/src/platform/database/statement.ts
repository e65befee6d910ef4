import type { GivenOf, Shape, SqlType, ValuesOf } from './sql-types.js';

/**
 * A prepared statement with named parameters `P` and rows `R`, parsed and planned once per connection; `R` is never for
 * one that returns none.
 */
export interface Statement<P extends object, R> {
  readonly name: string;
  /** As PostgreSQL takes it, with `$1` to `$n`. */
  readonly text: string;
  /** As it was written, with `:names`. */
  readonly sql: string;
  /** In the order of `$1` to `$n`. */
  readonly parameters: readonly Parameter[];
  /** The declared columns; null for a statement that returns no rows. */
  readonly row: Shape | null;
  /** Never there: they carry the types for the compiler. */
  readonly takes?: (params: P) => void;
  readonly gives?: () => R;
}

/** Any statement, whatever its parameters and rows. */
export type AnyStatement = Statement<never, unknown>;

interface Parameter {
  readonly name: string;
  readonly type: SqlType<unknown>;
}

/** How a statement is declared; each `:name` of the SQL stands in `params`, each column that it returns in `row`. */
export interface StatementSource<P extends Shape, R extends Shape> {
  readonly params?: P;
  readonly row?: R;
  readonly sql: string;
}

/** What is given beside a statement: its parameters, or nothing when it has none. */
export type Given<P extends object> = keyof P extends never ? [] : [params: P];

const registered = new Map<string, AnyStatement>();

/**
 * Declares a statement under a name of the form `domain.what-it-does`.
 *
 * @throws Error if the name already has another text (a connection that has prepared one of the two would execute it in
 * place of the other), and if the text and the declared parameters do not name the same
 */
export function statement<P extends Shape = Record<never, never>, R extends Shape = never>(
  name: string,
  source: StatementSource<P, R>,
): Statement<GivenOf<P>, [R] extends [never] ? never : ValuesOf<R>> {
  const earlier = registered.get(name);
  if (earlier && earlier.sql !== source.sql) throw new Error(`Two statements are named ${name}`);
  const declared: AnyStatement = earlier ?? { name, ...compiled(name, source) };
  registered.set(name, declared);
  return declared as Statement<GivenOf<P>, [R] extends [never] ? never : ValuesOf<R>>;
}

type Choices = Readonly<Record<string, readonly (string | boolean)[]>>;
type Choice<C extends Choices> = { readonly [K in keyof C]: C[K][number] };

/**
 * Statements of which the text depends on a few choices, such as the order of a list. All of them are declared at once,
 * so that the tests of statements see each, and the returned function finds the one of a choice.
 *
 * @param choices what there is to choose from, by name; all combinations are declared
 */
export function statementPerChoice<const C extends Choices, S extends AnyStatement>(
  choices: C,
  declare: (choice: Choice<C>) => S,
): (choice: Choice<C>) => S {
  const names = Object.keys(choices);
  const keyOf = (choice: Choice<C>): string => names.map((name) => String(choice[name])).join(' ');
  const all = names.reduce<Record<string, string | boolean>[]>(
    (some, name) => some.flatMap((choice) => choices[name]!.map((chosen) => ({ ...choice, [name]: chosen }))),
    [{}],
  ) as Choice<C>[];
  const declared = new Map(all.map((choice) => [keyOf(choice), declare(choice)]));
  return (choice) => declared.get(keyOf(choice))!;
}

/** Every statement that this process has declared so far: tests prepare them all and read which tables they use. */
export function registeredStatements(): readonly AnyStatement[] {
  return [...registered.values()];
}

// What may contain a colon that begins no parameter stands before the parameter: strings, quoted names, comments, casts.
const TOKEN =
  /\b[eE]'(?:[^'\\]|\\.)*'|'[^']*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|:([A-Za-z_]\w*)|\$\d+/g;

function compiled(
  name: string,
  { params = {}, row = null, sql }: { params?: Shape; row?: Shape | null; sql: string },
): Omit<AnyStatement, 'name'> {
  const order: string[] = [];
  const text = sql.replaceAll(TOKEN, (token, _quote, parameter?: string) => {
    if (/^\$\d/.test(token)) throw new Error(`${name} mixes ${token} with named parameters`);
    if (parameter === undefined) return token;
    if (!Object.hasOwn(params, parameter)) throw new Error(`${name} declares no parameter :${parameter}`);
    if (!order.includes(parameter)) order.push(parameter);
    return `$${order.indexOf(parameter) + 1}`;
  });
  const unused = Object.keys(params).filter((parameter) => !order.includes(parameter));
  if (unused.length > 0) throw new Error(`${name} never uses :${unused.join(', :')}`);
  return { text, sql, row, parameters: order.map((known) => ({ name: known, type: params[known]! })) };
}

/**
 * The values of `$1` to `$n`.
 *
 * @throws Error for a parameter that is missing, undefined or unknown: the driver would send null in place of undefined
 */
export function valuesOf(
  { name, parameters }: AnyStatement,
  params: Readonly<Record<string, unknown>> = {},
): unknown[] {
  const values = parameters.map(({ name: parameter, type: { encode } }) => {
    const value = params[parameter];
    if (value === undefined) throw new Error(`${name} was called without :${parameter}`);
    return encode !== null && value !== null ? encode(value) : value;
  });
  const given = Object.keys(params);
  if (given.length === values.length) return values;
  const known = new Set(parameters.map((parameter) => parameter.name));
  throw new Error(`${name} knows no :${given.filter((parameter) => !known.has(parameter)).join(', :')}`);
}
