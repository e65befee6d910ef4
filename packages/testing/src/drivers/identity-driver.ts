import 'reflect-metadata';
import { graphql, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray, type ResolverData } from 'type-graphql';
import type { SignedInHandler } from '../../../../api/src/domains/identity/index.js';
import {
  createIdentity,
  identityModule,
  type Identity,
} from '../../../../api/src/domains/identity/identity.module.js';
import { readEnv } from '../../../../api/src/app/settings/env.js';
import type { Clock } from '../../../../api/src/kernel/clock.js';
import { FIRST_LANGUAGE, LANGUAGES } from '../../../../api/src/kernel/languages.js';
import { KeyRing, SealedValues, type KeySource } from '../../../../api/src/domains/store/index.js';
import { createLogger } from '../../../../api/src/kernel/logger.js';
import { CursorCodec } from '../../../../api/src/kernel/cursor.js';
import type { Database } from '../../../../api/src/platform/database/database.js';
import { catalogModule } from '../../../../api/src/domains/catalog/index.js';
import { registerDeclared } from '../../../../api/src/platform/module-list.js';
import { enforceAuth } from '../../../../api/src/platform/graphql/auth-directive.js';
import type { ClientKind, CookieJar, RequestContext } from '../../../../api/src/platform/graphql/context.js';
import { installDerivedFields } from '../../../../api/src/platform/graphql/derived.js';
import { GenericError } from '../../../../api/src/platform/graphql/user-error.type.js';
import { Outbox } from '../../../../api/src/platform/jobs/outbox.js';

/** A cookie jar that drops expired cookies. */
export class Browser implements CookieJar {
  readonly kept = new Map<string, { value: string; expires: Date; path: string }>();

  get(name: string): string | undefined {
    const cookie = this.kept.get(name);
    return cookie && cookie.expires > new Date() ? cookie.value : undefined;
  }

  set(name: string, value: string, { expires, path = '/' }: { expires: Date; path?: string }): void {
    this.kept.set(name, { value, expires, path });
  }

  clear(name: string): void {
    this.kept.delete(name);
  }

  header(): void {}

  /** A copy of the cookies, for another tab. */
  copy(): Browser {
    const twin = new Browser();
    for (const [name, cookie] of this.kept) twin.kept.set(name, cookie);
    return twin;
  }

  get cookies(): Record<string, string | undefined> {
    return Object.fromEntries([...this.kept.keys()].map((name) => [name, this.get(name)]));
  }
}

export interface Visit {
  readonly browser?: Browser;
  readonly client?: ClientKind;
  readonly ip?: string;
  readonly bearer?: string;
  readonly cartToken?: string;
}

export interface OrderEditingSettings {
  readonly isProduction?: boolean;
  readonly clock?: Clock;
  readonly onSignedIn?: SignedInHandler;
}

const keysOf = (given: string): KeySource => ({
  ...{ given: [given], file: '', read: () => [], isOpenToOthers: () => false },
  ...{ create: () => undefined, renew: () => undefined },
});

/** The identity module behind a GraphQL schema, for callers with cookies and bearer tokens. */
export class IdentityDriver {
  readonly identity: Identity;

  constructor(
    private readonly database: Database,
    { isProduction = false, clock, onSignedIn = async () => [] }: OrderEditingSettings = {},
  ) {
    const secret = 'a secret of the tests, long enough';
    this.identity = createIdentity({
      database,
      // Every language is offered.
      settings: { get: async () => ({ offered: LANGUAGES, rootLanguage: FIRST_LANGUAGE }) as never },
      sealedValues: new SealedValues(new KeyRing(keysOf(secret)), createLogger('silent')),
      outbox: new Outbox(database),
      cursors: new CursorCodec(secret),
      env: {
        isProduction,
        storefrontUrl: 'https://shop.example',
        adminUrl: 'https://api.shop.example/admin',
        auth: { secret, accessMinutes: 30, refreshDays: 7 },
        limits: readEnv({ NODE_ENV: 'test', DATABASE_URL: 'postgres://unused' }).limits,
      },
      onSignedIn,
      ...(clock && { clock }),
    });
  }

  async ask(
    source: string,
    variables: Record<string, unknown> = {},
    visit: Visit = {},
  ): Promise<ExecutionResult> {
    const contextValue = await this.contextOf(visit);
    return graphql({ schema, source, variableValues: variables, contextValue });
  }

  /** The result of the operation's only field. @throws Error for GraphQL errors */
  async answer<T>(source: string, variables: Record<string, unknown> = {}, visit: Visit = {}): Promise<T> {
    const { data, errors } = await this.ask(source, variables, visit);
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    return Object.values(data ?? {})[0] as T;
  }

  async contextOf({
    browser = new Browser(),
    client = 'storefront',
    // The demo accounts are accepted from this machine only.
    ip = '127.0.0.1',
    bearer,
    cartToken,
  }: Visit): Promise<RequestContext> {
    const authorization = bearer ? `Bearer ${bearer}` : null;
    const credentials = { authorization, cookies: browser.cookies, client };
    return {
      requestId: 'test',
      ip,
      userAgent: 'a test',
      client,
      language: 'ro',
      defaultLanguage: 'ro',
      timeZone: () => Promise.resolve('Europe/Bucharest'),
      homeCountry: () => Promise.resolve('RO'),
      urlPrefix: '',
      viewer: await this.identity.authenticator.viewerFrom(credentials),
      namedSessions: () => this.identity.authenticator.sessionsNamedBy(credentials),
      cartToken: cartToken ?? null,
      cookies: browser,
      database: this.database,
      logger: createLogger('silent'),
      resolvers: {
        get: (type: object) => this.identity.resolvers.find((resolver) => resolver.constructor === type),
      },
    };
  }
}

/** The module's schema, built once for all drivers and test files of this process. */
const schema = identitySchema();

function identitySchema(): GraphQLSchema {
  registerDeclared([identityModule, catalogModule]);
  const built = buildSchemaSync({
    resolvers: identityModule.resolvers as unknown as NonEmptyArray<Function>, // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type
    orphanedTypes: [GenericError],
    container: ({ context }: ResolverData<RequestContext>) => context.resolvers,
    validate: false,
  });
  installDerivedFields(built);
  return enforceAuth(built);
}
