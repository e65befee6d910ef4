import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isInterfaceType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** A valid document whose fragments are spread in many places, with the values of its variables. */
export interface AnyDocument {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Random valid documents over the schema: fields, aliases, arguments, inline fragments, fragments within fragments. */
export function anyDocument(schema: GraphQLSchema): fc.Arbitrary<AnyDocument> {
  return fc
    .tuple(
      fc.infiniteStream(fc.nat(1_000_000)),
      fc.constantFrom('query', 'mutation', 'subscription'),
      fc.record({ a: fc.option(fc.nat(120)), b: fc.nat(120) }, { requiredKeys: [] }),
    )
    .map(([numbers, kind, variables]) => {
      const writer = new Writer(schema, () => numbers.next().value as number);
      return { text: writer.document(kind as 'query'), variables };
    });
}

const CONDITIONS = ['', '', '', ' @include(if: true)', ' @skip(if: false)'];

class Writer {
  private aliases = 0;
  private left = 150;
  private readonly fragments: { name: string; type: string; text: string }[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly number: () => number,
  ) {}

  document(kind: 'query' | 'mutation' | 'subscription'): string {
    const root = this.schema.getRootType(kind as never);
    if (!root) throw new Error(`The schema has no ${kind}`);
    // The specification allows one root field per subscription.
    const body =
      kind === 'subscription'
        ? `{ ${this.field(this.pick(Object.values(root.getFields())), 1)} }`
        : this.selections(root, 1, kind === 'query');
    const fragments = this.fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`);
    const whole = [body, ...fragments].join('\n');
    const used = ['$a: Int = 7', '$b: Int'].filter((variable) => whole.includes(variable.slice(0, 2)));
    return `${kind}${used.length > 0 ? `(${used.join(', ')})` : ''} ${whole}`;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.number() % from.length] as T;
  }

  private selections(type: GraphQLCompositeType, depth: number, schemaToo = false): string {
    const deps: string[] = [];
    const count = 1 + (this.number() % 4);
    for (let i = 0; i < count && this.left > 0; i++) deps.push(this.selection(type, depth));
    if (schemaToo && this.number() % 4 === 0)
      deps.push(`${this.alias()}__schema { types { name ${this.alias()}fields { name } } }`);
    if (deps.length === 0 || this.number() % 5 === 0) deps.push(`${this.alias()}__typename`);
    return `{ ${deps.join(' ')} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const choice = this.number() % 8;
    const same = this.fragments.filter((fragment) => fragment.type === type.name);
    if (choice === 0 && same.length > 0) return `...${this.pick(same).name}`;
    if (choice === 1 && depth < 8) return this.fragment(type, depth);
    if (choice === 2 && depth < 8) return this.inline(type, depth);
    if (!isObjectType(type) && !isInterfaceType(type)) return this.inline(type, depth);
    return this.field(this.pick(Object.values(type.getFields())), depth);
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    const text = this.selections(type, depth + 1);
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, type: type.name, text });
    return `...${name} ...${name}${this.pick(CONDITIONS)}`;
  }

  private inline(type: GraphQLCompositeType, depth: number): string {
    const inner = isAbstractType(type) ? this.pick(this.schema.getPossibleTypes(type)) : type;
    return `... on ${inner.name}${this.pick(CONDITIONS)} ${this.selections(inner, depth + 1)}`;
  }

  private alias(): string {
    return this.number() % 3 === 0 ? `x${this.aliases++}: ` : '';
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.left--;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return `${this.always()}${field.name}${this.arguments(field)}`;
    if (depth > 6) return `${this.alias()}__typename`;
    return `${this.always()}${field.name}${this.arguments(field)} ${this.selections(type, depth + 1)}`;
  }

  /** Fields of one name and different arguments do not merge, so each gets an alias, or none has arguments. */
  private always(): string {
    return `y${this.aliases++}: `;
  }

  private arguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.filter((arg) => isRequiredArgument(arg) || ['first', 'last'].includes(arg.name));
    const texts = given.flatMap((arg) => this.argument(arg));
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  private argument(arg: GraphQLArgument): string[] {
    if (!['first', 'last'].includes(arg.name)) return [`${arg.name}: ${this.value(arg.type)}`];
    const choice = this.number() % 5;
    if (choice === 0 && !isRequiredArgument(arg)) return [];
    if (choice === 1) return [`${arg.name}: $a`];
    if (choice === 2 && !isNonNullType(arg.type)) return [`${arg.name}: $b`];
    if (choice === 3 && !isNonNullType(arg.type)) return [`${arg.name}: null`];
    return [`${arg.name}: ${this.number() % 130}`];
  }

  private value(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.value(type.ofType);
    if (isListType(type)) return '[]';
    if (isEnumType(type)) return this.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(isRequiredInputField);
      return `{ ${fields.map((field) => `${field.name}: ${this.value(field.type)}`).join(', ')} }`;
    }
    return SCALARS[type.name] ?? '"text"';
  }
}

const SCALARS: Record<string, string> = {
  Int: '3',
  Float: '3.5',
  Boolean: 'true',
  MinorUnits: '300',
  EmailAddress: '"somebody@example.test"',
  CountryCode: '"RO"',
  CurrencyCode: '"RON"',
  DateTime: '"2026-11-28T10:00:00Z"',
  Date: '"2026-11-28"',
  URL: '"https://example.test/"',
};
