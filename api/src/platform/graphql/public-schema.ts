import { filterSchema, getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from './context.js';
import { knowsWholeSchema } from './suggestions.js';

type Guarded = Pick<GraphQLFieldConfig<unknown, unknown> | GraphQLInputFieldConfig, 'astNode' | 'extensions'>;

/**
 * The part of the schema for anonymous callers and customers: without fields that require a permission, and without
 * types that only such fields reach. Printed and committed, so that a forgotten guard shows in a diff.
 */
export function publicSchema(schema: GraphQLSchema): GraphQLSchema {
  const isPublic = (field: Guarded): boolean =>
    getDirective(schema, field as never, 'auth')?.[0]?.['permission'] === undefined;
  const reachable = reachableTypes(schema, isPublic);
  return filterSchema({
    schema,
    typeFilter: (name) => reachable.has(name),
    rootFieldFilter: (_operation, _name, field) => isPublic(field),
    objectFieldFilter: (_type, _name, field) => isPublic(field),
  });
}

/** Any type may implement Node: a type is public only when another public field reaches it. */
const EVERYTHING = 'Node';

function reachableTypes(schema: GraphQLSchema, isPublic: (field: Guarded) => boolean): Set<string> {
  const reached = new Set<string>();
  const visit = (type: GraphQLNamedType | null | undefined): void => {
    if (!type || reached.has(type.name)) return;
    reached.add(type.name);
    if (isUnionType(type)) type.getTypes().forEach(visit);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) visit(getNamedType(field.type));
    if (isInterfaceType(type) && type.name !== EVERYTHING) schema.getPossibleTypes(type).forEach(visit);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    type.getInterfaces().forEach(visit);
    for (const field of Object.values(type.getFields())) {
      if (!isPublic(field)) continue;
      visit(getNamedType(field.type));
      for (const argument of field.args) visit(getNamedType(argument.type));
    }
  };
  for (const type of Object.values(schema.getTypeMap()))
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) visit(type);
  for (const directive of schema.getDirectives())
    for (const argument of directive.args) visit(getNamedType(argument.type));
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    visit(root);
  return reached;
}

const shown = new WeakMap<GraphQLSchema, GraphQLSchema>();
let installed = false;

/**
 * Makes introspection return the public schema to callers without any permission. GraphQL's meta fields are shared by
 * all schemas of the process, hence the map from schema to public schema.
 */
export function installPublicIntrospection(schema: GraphQLSchema): void {
  shown.set(schema, publicSchema(schema));
  if (installed) return;
  installed = true;
  SchemaMetaFieldDef.resolve = (_source, _arguments, context, info) => schemaVisibleTo(context, info.schema);
  TypeMetaFieldDef.resolve = (_source, { name }, context, info) =>
    schemaVisibleTo(context, info.schema).getType(String(name)) ?? null;
}

function schemaVisibleTo(context: unknown, schema: GraphQLSchema): GraphQLSchema {
  if (knowsWholeSchema((context ?? {}) as Partial<RequestContext>)) return schema;
  return shown.get(schema) ?? schema;
}
