import { Field, ObjectType } from 'type-graphql';
import { execute, parse, validate } from 'graphql';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modules } from '../../../../api/src/app/modules.js';
import { registerDeclared } from '../../../../api/src/platform/module-list.js';
import { createSchema } from '../../../../api/src/app/graphql/schema.js';
import { NodeResolver } from '../../../../api/src/app/graphql/node.resolver.js';
import { catalogModule, createCatalog } from '../../../../api/src/domains/catalog/index.js';
import { createMedia, mediaModule, mediaSubscriptions } from '../../../../api/src/domains/media/index.js';
import { LocalDiskStorage } from '../../../../api/src/integrations/storage/local-disk/local-disk-storage.js';
import { createLogger } from '../../../../api/src/kernel/logger.js';
import type { Language } from '../../../../api/src/kernel/languages.js';
import { CursorCodec } from '../../../../api/src/kernel/cursor.js';
import { newId } from '../../../../api/src/kernel/ids.js';
import { statement, t } from '../../../../api/src/platform/database/database.js';
import { RequestKeys } from '../../../../api/src/platform/database/request-keys.js';
import { Outbox } from '../../../../api/src/platform/jobs/outbox.js';
import { Listener } from '../../../../api/src/platform/database/listener.js';
import type { RequestContext, Viewer } from '../../../../api/src/platform/graphql/context.js';
import { PermissionEnum, permissionsOf, Role } from '../../../../api/src/platform/graphql/roles.js';
import { keepUserErrors, watched } from '../drivers/recorded-errors.js';
import { testDatabase } from './template-database.js';

/** Untyped results: the schema has validated the query. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

interface AskOptions {
  readonly as?: Viewer | null;
  readonly language?: Language;
}

const addUser = statement('test.catalog-user', {
  params: { id: t.uuid, role: t.text },
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, role) VALUES (:id::uuid, :id::text || '@shop.example', 'x', 'Ana', 'Pop', :role)`,
});

const publishAll = statement('test.publish-all', {
  row: { id: t.uuid, kind: t.text, aggregateId: t.uuid, payload: t.json<object>() },
  sql: `UPDATE outbox SET published_at = now() WHERE published_at IS NULL RETURNING id, kind, aggregate_id AS "aggregateId", payload`,
});

/** A shop with only the catalog and the media library, used through GraphQL. */
export async function catalogShop() {
  const { database, url, close } = await testDatabase();
  const logger = createLogger('silent');
  const listener = new Listener(url, logger);
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-media-'));
  const storage = new LocalDiskStorage(join(folder, 'media'));
  const files = new LocalDiskStorage(join(folder, 'private'));
  const shared = {
    ...{ database, keys: new RequestKeys(), storage, outbox: new Outbox(database) },
    cursors: new CursorCodec('test'),
  };
  const media = createMedia({ ...shared, files, secret: 'test', defaultLanguage: async () => 'ro' });
  const catalog = createCatalog({
    ...shared,
    media: media.services,
    listener,
    settings: { lockShared: () => Promise.resolve({ currency: 'RON' } as never) },
    urls: { hasRedirect: () => Promise.resolve(false) },
    place: () =>
      Promise.resolve({
        ...{ homeCountry: 'RO', defaultLanguage: 'ro', currency: 'RON', timeZone: 'Europe/Bucharest' },
        ...{ payer: true, payerSince: null },
      }),
  });
  await listener.start();
  const nodes = { ...mediaModule.nodes, ...catalogModule.nodes };
  const built = [...media.resolvers, ...catalog.resolvers, new NodeResolver(nodes as never)];
  const byClass = new Map(built.map((resolver) => [resolver.constructor, resolver]));
  const resolvers = { get: (type: object) => byClass.get(type as never) };

  const ask = async <T = Answer>(
    text: string,
    variables: Record<string, unknown> = {},
    { as = null, language = 'ro' }: AskOptions = {},
  ): Promise<T> => {
    const context: RequestContext = {
      requestId: newId(),
      ip: '127.0.0.1',
      userAgent: null,
      client: 'storefront',
      language,
      defaultLanguage: 'ro',
      timeZone: () => Promise.resolve('Europe/Bucharest'),
      homeCountry: () => Promise.resolve('RO'),
      urlPrefix: '',
      viewer: as,
      cartToken: null,
      cookies: {
        get: () => undefined,
        set: () => undefined,
        clear: () => undefined,
        header: () => undefined,
      },
      database,
      logger,
      resolvers,
    };
    const asked = watched(text);
    const document = parse(asked.query);
    const mistakes = validate(schema, document);
    if (mistakes.length > 0) throw mistakes[0];
    const { data, errors } = await execute({
      schema,
      document,
      variableValues: variables,
      contextValue: context,
    });
    if (errors) throw errors[0]?.originalError ?? errors[0];
    keepUserErrors(data, asked);
    return data as T;
  };

  const signIn = async (role: Role): Promise<Viewer> => {
    const userId = newId();
    await database.count(addUser, { id: userId, role });
    return { userId, sessionId: newId(), role, permissions: permissionsOf(role) };
  };

  /** Handles the events so far, as the worker does. */
  const workOff = async (): Promise<void> => {
    const events = await database.rows(publishAll);
    for (const event of events) {
      for (const { event: type, job, payload } of mediaSubscriptions) {
        if (type.kind !== event.kind) continue;
        await media.jobs.find((handled) => handled.job.queue === job.queue)?.run(payload(event));
      }
    }
  };

  return {
    database,
    storage,
    files,
    /** The folder of all stored files. */
    folder,
    workOff,
    listener,
    catalog,
    media: { ...media.services, jobs: media.jobs },
    ask,
    signIn,
    schema,
    async close() {
      await listener.stop();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type CatalogShop = Awaited<ReturnType<typeof catalogShop>>;

/** The directives need both enums in the schema, whichever domains a test runs with. */
class UsedRoles {}
ObjectType()(UsedRoles);
Field(() => Role)(UsedRoles.prototype, 'role');
Field(() => PermissionEnum)(UsedRoles.prototype, 'permission');

/** The catalog's schema, built once for all shops and test files of this process. */
// The guards of the catalog name permissions of other modules as well.
registerDeclared(modules);
const schema = createSchema([
  mediaModule,
  {
    ...catalogModule,
    orphanedTypes: [...(catalogModule.orphanedTypes ?? []), UsedRoles],
    // They are of mutations of other modules.
    hookErrors: {},
  },
]);
