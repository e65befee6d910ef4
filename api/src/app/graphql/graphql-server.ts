import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { Logger } from '../../kernel/logger.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { createErrorFormatter, errorsOfRequests } from '../../platform/graphql/errors/format-error.js';
import { PARSE_OPTIONS, queryLimits } from '../../platform/graphql/limits/limits.js';
import { countedDefaultResolver } from '../../platform/graphql/limits/counted-resolvers.js';
import { refuseDeadTokens } from '../../platform/graphql/dead-tokens.js';
import { CLIENT_HEADER } from './context.js';
import type { KnownOperations } from './known-operations.js';

export interface GraphqlServerDeps {
  readonly plugins?: ApolloServerPlugin<RequestContext>[];
  /** Null: every document is executed. */
  readonly known?: KnownOperations | null;
}

/**
 * Apollo Server over the schema, without features that cost and are not used: cache control walks every field, and the
 * landing page loads scripts from elsewhere.
 */
export function createGraphqlServer(
  schema: GraphQLSchema,
  logger: Logger,
  { plugins = [], known = null }: GraphqlServerDeps = {},
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    ...(known && { persistedQueries: { cache: known.cache() } }),
    fieldResolver: countedDefaultResolver as GraphQLFieldResolver<unknown, RequestContext>,
    parseOptions: PARSE_OPTIONS,
    includeStacktraceInErrorResponses: false,
    formatError: createErrorFormatter(logger),
    // Browsers cannot send these headers across origins without a preflight.
    csrfPrevention: {
      requestHeaders: [
        CLIENT_HEADER,
        'apollo-require-preflight',
        'graphql-require-preflight',
        'x-apollo-operation-name',
      ],
    },
    plugins: [
      ...(known ? [known.plugin()] : []),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      errorsOfRequests(),
      refuseDeadTokens(),
      queryLimits(),
      ...plugins,
    ],
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (m: unknown) => logger.warn(m),
      error: (m: unknown) => logger.error(m),
    },
    stopOnTerminationSignals: false,
  });
}
