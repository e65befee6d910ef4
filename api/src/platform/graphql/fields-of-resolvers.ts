import { getMetadataStorage } from 'type-graphql';

type ResolverClass = Function; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type

/** The fields of the schema that these resolver classes bring, in alphabetical order: `Query.jobs`. */
export function fieldsOfResolvers(classes: readonly ResolverClass[]): string[] {
  const storage = getMetadataStorage();
  const isTheirs = ({ target }: { readonly target: ResolverClass }): boolean => classes.includes(target);
  const roots = [
    ['Query', storage.queries],
    ['Mutation', storage.mutations],
    ['Subscription', storage.subscriptions],
  ] as const;
  return [
    ...roots.flatMap(([type, fields]) =>
      fields.filter(isTheirs).map(({ schemaName }) => `${type}.${schemaName}`),
    ),
    ...storage.fieldResolvers
      .filter(isTheirs)
      .map(({ target, schemaName }) => `${typeNameOf(target)}.${schemaName}`),
  ].sort();
}

/** The name of the type whose fields a resolver class resolves. */
function typeNameOf(target: ResolverClass): string {
  const { resolverClasses, objectTypes } = getMetadataStorage();
  const type = resolverClasses.find((resolver) => resolver.target === target)?.getObjectType();
  return objectTypes.find((object) => object.target === type)?.name ?? type?.name ?? '';
}
