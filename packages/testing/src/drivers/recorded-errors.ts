import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type DocumentNode,
  type FieldNode,
  type GraphQLInputType,
  type OperationDefinitionNode,
} from 'graphql';
import type { Answer } from './answer.js';

let contract = buildSchema(
  readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'),
).getMutationType();

/** For a shop whose schema has more than the published one: its printed form. */
export function setContract(printed: string): void {
  contract = buildSchema(printed).getMutationType();
  known.clear();
}

const ALIAS = 'refusalsKept';
const LOOK = parse(`{ ${ALIAS}: errors { code path } }`).definitions[0] as OperationDefinitionNode;

interface Watched {
  readonly query: string;
  /** The mutations of the document by response key. */
  readonly mutations: ReadonlyMap<string, string>;
}

const known = new Map<string, Watched>();

/**
 * The same document, which also selects the errors of every mutation: no error in the whole suite may name a field that
 * the input does not have, or a code that the mutation's description does not list.
 */
export function watched(query: string): Watched {
  const found = known.get(query) ?? watchedIn(query);
  known.set(query, found);
  return found;
}

function watchedIn(query: string): Watched {
  const mutations = new Map<string, string>();
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return { query, mutations };
  }
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== OperationTypeNode.MUTATION)
      return definition;
    const selections = definition.selectionSet.selections.map((field) => {
      if (field.kind !== Kind.FIELD || !field.selectionSet || !contract?.getFields()[field.name.value])
        return field;
      mutations.set(field.alias?.value ?? field.name.value, field.name.value);
      return withLook(field);
    });
    return { ...definition, selectionSet: { ...definition.selectionSet, selections } };
  });
  return mutations.size > 0
    ? { query: print({ ...document, definitions }), mutations }
    : { query, mutations };
}

function withLook(field: FieldNode): FieldNode {
  const selections = [...(field.selectionSet?.selections ?? []), ...LOOK.selectionSet.selections];
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** Removes the added selection from a result. @throws Error for an error that the schema does not document */
export function keepUserErrors(data: Answer | null | undefined, { mutations }: Watched): void {
  for (const [key, name] of mutations) {
    const payload = data?.[key] as Answer | null | undefined;
    const userErrors = (payload?.[ALIAS] ?? []) as { code: string; path: string[] | null }[];
    if (payload) delete payload[ALIAS];
    for (const { code, path } of userErrors) {
      if (!declaredCodes(name).includes(code))
        throw new Error(`${name} refused with ${code}, which its description does not name.`);
      if (!hasPath(name, path ?? []))
        throw new Error(`${name} refused with ${code} at ${path?.join('.')}: its input has no such field.`);
    }
  }
}

/** The codes in a mutation's description, as documented in the schema. */
function declaredCodes(name: string): string[] {
  const said = /Errors: ([A-Z_, ]+)\./.exec(contract?.getFields()[name]?.description ?? '')?.[1];
  return said?.split(', ') ?? [];
}

function hasPath(name: string, path: readonly string[]): boolean {
  let type: GraphQLInputType | undefined = contract
    ?.getFields()
    [name]?.args.find((arg) => arg.name === 'input')?.type;
  for (const part of path) {
    const at: GraphQLInputType | undefined = type && getNullableType(type);
    if (isListType(at)) type = /^\d+$/.test(part) ? at.ofType : undefined;
    else type = isInputObjectType(at) ? at.getFields()[part]?.type : undefined;
    if (!type) return false;
  }
  return true;
}
