import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  isObjectType,
  lexicographicSortSchema,
  specifiedDirectives,
  type GraphQLEnumType,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, type ContainerType, type NonEmptyArray, type ResolverData } from 'type-graphql';
import { recordMutations } from '../../platform/audit/record-mutations.js';
import { enforceAuth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { COST_DIRECTIVES, sizePagedFields } from '../../platform/graphql/limits/cost-directives.js';
import { installArgumentRules } from '../../platform/graphql/field-arguments.js';
import { GLOBAL_ID, installDerivedFields, PART_ID } from '../../platform/graphql/derived.js';
import { refuseMistyped } from '../../platform/graphql/errors/mistyped.js';
import { addUserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { fitErrorPaths } from '../../platform/graphql/errors/error-paths.js';
import { installFullUrls } from '../../platform/graphql/own-urls.js';
import { installPublicIntrospection, publicSchema } from '../../platform/graphql/public-schema.js';
import { installBudget } from '../../platform/graphql/limits/counted-resolvers.js';
import { DateTime, markingScalars } from '../../platform/graphql/scalars.js';
import { describeSchema } from './describe-schema.js';
import { GenericError, StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { AnyModule } from '../../platform/module.js';
import { registerDeclared, resolversOf } from '../../platform/module-list.js';
import { typedFieldResolvers } from '../../domains/custom-fields/index.js';
import { modules as core } from '../modules.js';
import { ApiVersionResolver } from './api-version.resolver.js';
import { NodeResolver } from './node.resolver.js';

/**
 * The executable schema: every module's resolvers, with guards and plain field resolvers installed. It belongs to no
 * shop: the context of a request carries the resolvers of the shop that it was sent to.
 */
export function createSchema(modules: readonly AnyModule[] = core): GraphQLSchema {
  registerDeclared(modules);
  const built = buildSchemaSync({
    resolvers: [
      NodeResolver,
      ApiVersionResolver,
      ...modules.flatMap(resolversOf),
      ...typedFieldResolvers(modules),
    ] as unknown as NonEmptyArray<Function>, // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type
    orphanedTypes: [
      GenericError,
      StaleVersionError,
      ...modules.flatMap((module) => module.orphanedTypes ?? []),
    ],
    container: resolversOfRequest,
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // Input is checked by our own code, which returns typed errors; class-validator would throw a list.
    validate: false,
    directives: [...specifiedDirectives],
    // Every subscription has its own `subscribe`; type-graphql requires a PubSub nevertheless.
    pubSub: { publish: unused, subscribe: unused },
  });
  installDerivedFields(built);
  installFullUrls(built);
  for (const { name, hookErrors = {} } of modules) addUserErrors(built, name, hookErrors);
  describeRoots(built);
  describeSchema(built);
  describeIds(built);
  const sized = sizePagedFields(withOwnDirectives(built));
  // The guard runs first, so a caller without permission learns nothing about the arguments.
  const schema = enforceAuth(fitErrorPaths(refuseMistyped(sized, markingScalars)));
  recordMutations(schema);
  installArgumentRules(schema);
  installBudget(schema);
  installPublicIntrospection(schema);
  return schema;
}

/** type-graphql would build a resolver without its services itself where it is given no container. */
function resolversOfRequest({ context }: ResolverData<RequestContext>): ContainerType {
  if (!context.resolvers) throw new Error('The context of this request carries no resolvers');
  return context.resolvers;
}

/** The directives need the enum types of this very schema, so they are declared after it is built. */
function withOwnDirectives(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const enumType = (name: string): GraphQLEnumType => schema.getType(name) as GraphQLEnumType;
  const locations = [DirectiveLocation.FIELD_DEFINITION];
  const auth = new GraphQLDirective({
    name: 'auth',
    description:
      'Only for signed-in callers with the permission; role is the least built-in role that has it.',
    locations,
    args: {
      role: {
        type: new GraphQLNonNull(enumType('Role')),
        description: 'The least built-in role that has the permission.',
      },
      permission: {
        type: enumType('Permission'),
        description: 'The required permission; without it, being signed in is enough.',
      },
    },
  });
  const open = new GraphQLDirective({ name: 'public', description: 'For all callers.', locations });
  return new (schema.constructor as typeof GraphQLSchema)({
    ...config,
    directives: [...config.directives, auth, open, ...COST_DIRECTIVES],
  });
}

function describeRoots(schema: GraphQLSchema): void {
  const texts = [
    [schema.getQueryType(), 'What can be read. What is not found is null.'],
    [
      schema.getMutationType(),
      'All changes. Each mutation returns a payload: its entity as it is now, and errors that say why nothing was changed.',
    ],
    [
      schema.getSubscriptionType(),
      'Live events, by graphql-ws on the same path. They carry ids and few values: read the rest with a query.',
    ],
  ] as const;
  for (const [type, text] of texts) if (type) type.description = text;
}

/** Adds to each id's description whether `node` finds it; an entity that is no Node is read through its parent. */
function describeIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.getInterfaces().some(({ name }) => name === 'Node')) continue;
    const id = type.getFields()['id'];
    if (id?.description === GLOBAL_ID) id.description = PART_ID;
  }
}

function unused(): never {
  throw new Error('Subscriptions listen to the event feed, not to a PubSub');
}

/** The public schema for anonymous callers and customers, as text. */
export function printPublicContract(schema: GraphQLSchema): string {
  return printContract(publicSchema(schema));
}

/** The schema as text, sorted so that a diff shows only real changes. */
export function printContract(schema: GraphQLSchema): string {
  return `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
}
