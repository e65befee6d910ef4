import {
  defaultFieldResolver,
  introspectionTypes,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { rejected, type Resolver } from './request-budget.js';

/** The default resolver, counting like all others. Pass it to whatever executes. */
export const countedDefaultResolver = counted(defaultFieldResolver as Resolver);

/** Installs the counting before each resolver of the schema, and of the introspection types. */
export function installBudget(schema: GraphQLSchema): void {
  const types = [...Object.values(schema.getTypeMap()), ...introspectionTypes].filter(isObjectType);
  const written = schema.getMutationType();
  for (const type of new Set(types)) install(type, type === written);
}

const installed = new WeakSet<GraphQLObjectType>();

function install(type: GraphQLObjectType, writes: boolean): void {
  // The introspection types belong to graphql-js and are shared by every schema of the process.
  if (installed.has(type)) return;
  installed.add(type);
  for (const field of Object.values(type.getFields())) {
    const resolve = field.resolve as Resolver | undefined;
    if (resolve) field.resolve = (writes ? countedWrite(resolve) : counted(resolve)) as typeof field.resolve;
  }
}

function counted(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const budget = context?.budget;
    if (budget === undefined) return resolve(source, args, context, info);
    const userError = budget.count(info);
    if (userError !== null) return userError;
    let value: unknown;
    try {
      value = resolve(source, args, context, info);
    } catch (error) {
      return rejected(error);
    }
    if (typeof value !== 'string') return value;
    return budget.countText(value.length, info) ?? value;
  };
}

function countedWrite(resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    const value = await resolve(source, args, context, info);
    context?.budget?.wrote(String(info.path.key));
    return value;
  };
}
