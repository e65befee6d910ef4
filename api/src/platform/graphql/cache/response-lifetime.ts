import {
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

// Catalog changes are announced; this only limits the effect of a manual UPDATE.
const LASTING_MS = 60_000;

const MOVING_MS = 2_000;

/** How long responses to the operation may be cached, in milliseconds; 0 for never. */
export function lifetimeOf(
  operation: OperationDefinitionNode,
  { document, schema, scope }: { document: DocumentNode; schema: GraphQLSchema; scope: CacheScope },
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  if (!rootFields(operation.selectionSet, fragments).every((name) => scope.publicFields.has(name))) return 0;
  let moves = false;
  const types = new TypeInfo(schema);
  const look = {
    Field(): void {
      moves ||= scope.movingFields.has(`${types.getParentType()?.name}.${types.getFieldDef()?.name}`);
    },
  };
  // Fragments of other operations in the document count too: at worst a response is cached for a shorter time.
  visit(document, visitWithTypeInfo(types, look));
  return moves ? MOVING_MS : LASTING_MS;
}

/** The names of the fields of a selection, each fragment read once, however often it is spread. */
function rootFields(set: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): string[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node.name.value];
    if (node.kind === Kind.INLINE_FRAGMENT) return rootFields(node.selectionSet, fragments);
    const fragment = fragments.get(node.name.value);
    fragments.delete(node.name.value);
    return fragment ? rootFields(fragment.selectionSet, fragments) : [];
  });
}

export interface CacheScope {
  /** Fields of Query with the same result for every buyer. An operation with any other field is never cached. */
  readonly publicFields: ReadonlySet<string>;
  /**
   * `Type.field` of values that each sale changes without a catalog notification: responses with one are cached only
   * briefly.
   */
  readonly movingFields: ReadonlySet<string>;
}
