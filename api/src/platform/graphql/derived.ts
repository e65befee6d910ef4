import type { GraphQLSchema } from 'graphql';
import { isObjectType } from 'graphql';
import { Extensions, Field, ID } from 'type-graphql';
import { globalId, type IdPrefix } from '../../kernel/ids.js';
import { printedPhone } from '../../kernel/address/phone-number.js';
import { localized, type LocalizedText } from '../../kernel/languages.js';
import type { RequestContext } from './context.js';
import { Money } from './money.type.js';

type Derive<S> = (source: S, context: RequestContext, args: Record<string, unknown>) => unknown;
type TypeThunk = Parameters<typeof Field>[0];
interface FieldOptions {
  description?: string;
  nullable?: boolean;
}

/**
 * A field computed from its own row by a plain function.
 *
 * type-graphql wraps every field resolver in its middleware, which costs several times the work of a trivial one
 * (type-graphql #254). These are installed on the finished schema as plain graphql-js resolvers.
 */
export function Derived<S>(
  type: TypeThunk,
  derive: Derive<S>,
  options: FieldOptions = {},
): PropertyDecorator {
  return (target, key) => {
    // On a method its `@Arg`s become the field's arguments; the method itself is never called. `simple` avoids
    // type-graphql's wrapper; the type must be given, because no property holds the value.
    Field(type as never, { ...options, simple: true })(target, key);
    Extensions({ derive })(target, key as string);
  };
}

export const GLOBAL_ID = 'Opaque global id.';
/** The same, of a type that is no Node. */
export const PART_ID =
  'Opaque id of a part of another entity, for comparing, caching and inputs. `node` does not find it; read the entity it belongs to.';

/** The public id: prefix plus encoded UUID of the row's `id`. */
export function GlobalId(prefix: IdPrefix): PropertyDecorator {
  return Derived<{ id: string }>(
    () => ID,
    (row) => globalId(prefix, row.id),
    { description: GLOBAL_ID },
  );
}

/** A text column in all languages, returned in the request's language, else in the shop's default. */
export function Localized(options: FieldOptions & { from?: string } = {}): PropertyDecorator {
  return (target, key) => {
    const column = options.from ?? String(key);
    Derived<Record<string, LocalizedText>>(
      () => String,
      (row, context) => localized(row[column], context.language, context.defaultLanguage),
      options,
    )(target, key);
  };
}

/** A telephone number as people read it; null where there is none. */
export function PrintedPhone<S>(phoneOf: (source: S) => string | null): PropertyDecorator {
  return Derived<S>(
    () => String,
    async (source, { homeCountry }) => {
      const phone = phoneOf(source);
      return phone && printedPhone(phone, await homeCountry());
    },
    {
      nullable: true,
      description:
        'The telephone number as people read it: 0722 123 456 at home, +49 30 1234567 from abroad.',
    },
  );
}

/** An amount column of a row that also holds `currency`; null stays null. */
export function MoneyField(options: FieldOptions & { from?: string } = {}): PropertyDecorator {
  return (target, key) => {
    const column = options.from ?? String(key);
    Derived<Record<string, number | null> & { currency: string }>(
      () => Money,
      (row) => (row[column] == null ? null : { amount: row[column], currency: row.currency }),
      options,
    )(target, key);
  };
}

/** Installs the plain resolvers of `Derived` fields on the schema. Called once, after type-graphql has built it. */
export function installDerivedFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const derive = field.extensions['derive'] as Derive<unknown> | undefined;
      if (derive) field.resolve = (source, args, context: RequestContext) => derive(source, context, args);
    }
  }
}
