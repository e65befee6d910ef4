import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  visit,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { ThrownCode } from '../../../kernel/error-codes.js';
import { noteVisitorsRead } from '../../database/visitor-reads.js';
import type { RequestContext, Viewer } from '../context.js';
import { withWritten, type RequestBudget } from './request-budget.js';
import { type Variables } from './cost-of-a-field.js';
import { assertLargeVariablesFit } from './large-variables.js';
import { weigh, type QueryWeight } from './weigh.js';

const MAX_DEPTH = 12;
// The standard introspection query is 14 levels deep, down to the innermost of nine wrapped types.
const MAX_SCHEMA_DEPTH = 20;
const MAX_ALIASES = 30;
const MAX_FIELDS = 5_000;
const ANONYMOUS_LIMIT = 1_000;
const CUSTOMER_LIMIT = 2_000;
const STAFF_LIMIT = 20_000;

/** Parsing is recursive and happens before every other limit. */
export const PARSE_OPTIONS = { maxTokens: 10_000 } as const;

/** The cost of a request and the limit of its caller; returned as `extensions.cost`. */
export interface RequestCost {
  readonly requested: number;
  readonly limit: number;
}

/** The highest cost of one request of this caller. */
export function costLimit(viewer: Viewer | null): number {
  if (!viewer) return ANONYMOUS_LIMIT;
  return viewer.permissions.size > 0 ? STAFF_LIMIT : CUSTOMER_LIMIT;
}

/** An operation of a valid document with its variables and its caller. */
export interface OperationRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables | null | undefined;
  readonly viewer: Viewer | null;
}

const weights = new WeakMap<OperationDefinitionNode, QueryWeight>();

/**
 * @throws GraphQLError for an operation that is too deep, has too many fields or costs too much for the caller, before
 * anything is read
 */
export function assertAffordable({
  schema,
  document,
  operation,
  variables,
  viewer,
}: OperationRequest): RequestCost {
  let weight = weights.get(operation);
  if (!weight) {
    sizeOfStorable(textsOf(document));
    weights.set(operation, (weight = weigh(schema, document, operation)));
  }
  const size = sizeOfStorable(variables);
  const { depth, schemaDepth, aliases, fields } = weight;
  if (fields > MAX_FIELDS)
    throw tooExpensive(`selects ${fields} fields, at most ${MAX_FIELDS}: ask for less at once`);
  if (depth > MAX_DEPTH)
    throw tooExpensive(`nests ${depth} levels, at most ${MAX_DEPTH}: read what lies deeper by its id`);
  if (schemaDepth > MAX_SCHEMA_DEPTH)
    throw tooExpensive(`nests ${schemaDepth} levels below __schema or __type, at most ${MAX_SCHEMA_DEPTH}`);
  if (aliases > MAX_ALIASES)
    throw tooExpensive(
      `uses ${aliases} aliases, at most ${MAX_ALIASES}: ask for lists or send several requests`,
    );
  if (variables) assertLargeVariablesFit(schema, operation, { variables, size });
  const cost = { requested: weight.cost(variables ?? {}), limit: costLimit(viewer) };
  if (cost.requested > cost.limit) {
    throw tooExpensive(
      `costs ${cost.requested} of ${cost.limit}: ask for smaller pages (first, last), for fewer lists within lists, or in several requests`,
      cost,
    );
  }
  return cost;
}

/** The limits for queries and mutations, which come over HTTP. The response states the cost of each request. */
export function queryLimits(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => {
      let cost: RequestCost | undefined;
      return {
        async didResolveOperation({ document, schema, operation, request, contextValue }) {
          if (!operation) return;
          if (operation.operation === 'subscription') throw onlyBySocket();
          if (operation.operation === 'query' && !contextValue.viewer) noteVisitorsRead();
          cost = assertAffordable({
            schema,
            document,
            operation,
            variables: request.variables,
            viewer: contextValue.viewer,
          });
        },
        async willSendResponse({ response: { body }, contextValue, operation }) {
          if (!cost || body.kind !== 'single') return;
          const result = body.singleResult;
          if (contextValue.budget?.exceeded) {
            result.errors = errorsOnce(result.errors ?? [], contextValue.budget);
            // A partial result could be taken for a complete one. A mutation's result of its writes is kept.
            if (operation?.operation !== 'mutation') result.data = null;
          }
          result.extensions = { ...result.extensions, cost };
        },
      };
    },
  };
}

function onlyBySocket(): GraphQLError {
  return new GraphQLError('Subscriptions are served on the same path by WebSocket (graphql-transport-ws).', {
    extensions: { code: 'BAD_REQUEST' satisfies ThrownCode, http: { status: 400 } },
  });
}

/** Each pending field failed with the same error; one is enough. */
function errorsOnce(
  errors: readonly GraphQLFormattedError[],
  { written }: RequestBudget,
): GraphQLFormattedError[] {
  const isBudget = (error: GraphQLFormattedError): boolean =>
    error.extensions?.['code'] === 'QUERY_TOO_EXPENSIVE';
  const [first] = errors.filter(isBudget);
  const others = errors.filter((error) => !isBudget(error));
  return first ? [...others, withWritten(first, written)] : others;
}

function textsOf(document: DocumentNode): string[] {
  const texts: string[] = [];
  visit(document, { StringValue: ({ value }) => void texts.push(value) });
  return texts;
}

/**
 * PostgreSQL can store neither NUL nor unpaired surrogates. No legitimate text has them, so they are refused here for
 * every present and future field. Returns the characters of all names and texts in the value.
 */
function sizeOfStorable(value: unknown): number {
  if (typeof value === 'string') {
    if (value.includes('\0') || /\p{Surrogate}/u.test(value)) {
      throw new GraphQLError('A text contains NUL or an unpaired surrogate.', {
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      });
    }
    return value.length;
  }
  if (typeof value !== 'object' || value === null) return 1;
  let size = 0;
  for (const [name, part] of Object.entries(value)) size += name.length + sizeOfStorable(part);
  return size;
}

function tooExpensive(why: string, cost?: RequestCost): GraphQLError {
  return new GraphQLError(`This request ${why}.`, {
    extensions: { code: 'QUERY_TOO_EXPENSIVE', ...(cost && { cost }), http: { status: 400 } },
  });
}
