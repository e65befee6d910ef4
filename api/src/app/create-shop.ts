import { join } from 'node:path';
import type { ContainerType } from 'type-graphql';
import { oldDevMails } from '../integrations/mail/inbox/old-dev-mails.js';
import { LocalDiskStorage } from '../integrations/storage/local-disk/local-disk-storage.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/logger.js';
import { CursorCodec } from '../kernel/cursor.js';
import { StartProblem } from '../kernel/start-problem.js';
import { SecurityLog } from '../kernel/security-log.js';
import { createDataSource } from '../platform/database/data-source.js';
import { Database } from '../platform/database/database.js';
import { Listener } from '../platform/database/listener.js';
import { createVisitorPool } from '../platform/database/visitor-reads.js';
import { RequestKeys } from '../platform/database/request-keys.js';
import { EventRegistry } from '../platform/jobs/define-event.js';
import type { HandledJob, Subscription } from '../platform/jobs/define-job.js';
import { cleanUpOldRows, platformOldRows, type OldRows } from '../platform/jobs/old-rows.js';
import { EventFeed } from '../platform/jobs/event-feed.js';
import { ImportRegistry } from '../platform/imports/define-import.js';
import { LongJobRegistry } from '../platform/jobs/define-long-job.js';
import { Texts } from '../platform/texts.js';
import { Mails } from '../platform/mails/mails.js';
import { Hooks } from '../platform/hooks/hooks.js';
import { Outbox } from '../platform/jobs/outbox.js';
import { StrategyRegistry } from '../platform/strategies/define-strategy.js';
import { assertDeclaredOnce } from '../platform/declared-once.js';
import type { AnyModule, BuiltModule, Platform, ServicesOf } from '../platform/module.js';
import { inDependencyOrder, jobMutationsOf, longJobsOf, registerDeclared } from '../platform/module-list.js';
import { buildJobMutations } from '../domains/long-jobs/index.js';
import { ADAPTER_INTEGRATIONS } from './integrations.js';
import type { Env } from './settings/env.js';
import { moduleSettings } from './settings/module-settings.js';
import { modules as core } from './modules.js';
import { ApiVersionResolver } from './graphql/api-version.resolver.js';
import { NodeResolver } from './graphql/node.resolver.js';
import { pluginProblem } from './plugins/plugin-problem.js';

/** The parts of a module that a server or the command line runs. */
export type ModuleParts = Pick<
  BuiltModule<object>,
  'routes' | 'seed' | 'start' | 'stop' | 'refresh' | 'isDegraded'
> & {
  readonly name: string;
};

/** Everything a process of the shop needs: the platform, and the services of every module under the module's name. */
export type Shop = Platform &
  ServicesOf<typeof core> & {
    readonly env: Env;
    readonly resolvers: ContainerType;
    readonly jobs: readonly HandledJob[];
    readonly subscriptions: readonly Subscription[];
    /** What the modules bring beside their services, in dependency order. */
    readonly parts: readonly ModuleParts[];
    /** All of them, in dependency order; those outside the core have migrations of their own. */
    readonly modules: readonly AnyModule[];
    /**
     * Runs before each request and each job, and before anything that the process holds is used: it has heard by then of
     * every change that was confirmed before. See `BuiltModule.refresh`.
     */
    refresh(): Promise<void>;
    close(): Promise<void>;
  };

export interface ShopOptions {
  /** Tests pass a clock that they can move. */
  readonly clock?: Clock;
  /** Minimum interval in seconds between two status requests for one payment caused by buyers' pages; tests use 0. */
  readonly askAgainSeconds?: number;
  /** Modules beside those of the core, which may depend on them. Their `setup` is given no settings. */
  readonly modules?: readonly AnyModule[];
}

/**
 * Connects to the database and builds the modules in dependency order. No server listens and no job runs yet.
 *
 * @throws StartProblem naming the module beside the core that cannot be built, or that declares what another does
 */
export async function createShop(
  env: Env,
  logger: Logger,
  { clock = systemClock, askAgainSeconds = 2, modules: more = [] }: ShopOptions = {},
): Promise<Shop> {
  const modules = inDependencyOrder<AnyModule>([...core, ...more]);
  assertDeclaredOnce(modules);
  registerDeclared(modules);
  const { platform, close } = await openPlatform(modules, more, { env, logger, clock });
  const settings: Readonly<Record<string, unknown>> = moduleSettings(env, { askAgainSeconds });
  const services: Record<string, object> = {};
  const resolvers: object[] = [
    new NodeResolver(Object.assign({}, ...modules.map(({ nodes = {} }) => nodes)) as Record<string, never>),
    new ApiVersionResolver(),
  ];
  const jobs: HandledJob[] = [];
  const oldRows: OldRows[] = [...platformOldRows({ eventDays: env.limits.kept.events }), ...oldDevMails];
  const subscriptions: Subscription[] = [];
  const parts: ModuleParts[] = [];
  for (const module of modules) {
    const built = await build(module, { platform, services, settings, isPlugin: more.includes(module) });
    services[module.name] = built.services;
    resolvers.push(...built.resolvers);
    jobs.push(...(built.jobs ?? []));
    subscriptions.push(...(built.subscriptions ?? []));
    subscriptions.push(...(built.mails ?? []).map(({ subscription }) => subscription));
    registerBuilt(platform, module, built);
    oldRows.push(...(built.oldRows ?? []));
    parts.push({ ...built, name: module.name });
    assertBuilt(module, built.resolvers);
  }
  const { jobs: starting } = (services as ServicesOf<typeof core>).longJobs;
  const { securityLog } = platform;
  resolvers.push(...buildJobMutations(modules.flatMap(jobMutationsOf), { jobs: starting, securityLog }));
  platform.mails.assertLayouts();
  platform.longJobRegistry.assertHandled();
  platform.importRegistry.assertHandled();
  jobs.push(cleanUpOldRows(platform.database, oldRows));
  return {
    ...platform,
    ...(services as ServicesOf<typeof core>),
    ...{ env, jobs, subscriptions, parts, modules, close },
    refresh: refreshing(platform.listener, parts),
    resolvers: byClass(resolvers),
  };
}

/** Tells the platform what a module declares beside its services: jobs, imports, mails, links, hooks. */
function registerBuilt(
  platform: Platform,
  { name: moduleName, errors = {} }: AnyModule,
  { longJobs = [], imports = [], mails = [], texts = [], secretLinks = {}, hooks = [] }: BuiltModule<object>,
): void {
  for (const job of longJobs) platform.longJobRegistry.add(job);
  for (const imported of imports) platform.importRegistry.add(imported);
  for (const mail of mails) platform.mails.add(mail);
  for (const source of texts) platform.texts.add(source);
  for (const [name, maker] of Object.entries(secretLinks)) platform.mails.links.add(name, maker);
  for (const hook of hooks) platform.hooks.add(moduleName, hook, Object.keys(errors));
}

interface BuildContext {
  readonly platform: Platform;
  readonly services: Readonly<Record<string, object>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What it throws is then its own fault and is said with its name. */
  readonly isPlugin: boolean;
}

async function build(
  module: AnyModule,
  { platform, services, settings, isPlugin }: BuildContext,
): Promise<BuiltModule<object>> {
  try {
    return await module.setup(platform, services, settings[module.name]);
  } catch (error) {
    throw isPlugin ? pluginProblem(`The plugin ${module.name} cannot be set up`, error) : error;
  }
}

function refreshing(listener: Listener, parts: readonly ModuleParts[]): () => Promise<void> {
  const all = parts.flatMap(({ refresh }) => refresh ?? []);
  return async () => {
    await listener.caughtUp();
    for (const refresh of all) await refresh();
  };
}

async function openPlatform(
  modules: readonly AnyModule[],
  plugins: readonly AnyModule[],
  { env, logger, clock }: { env: Env; logger: Logger; clock: Clock },
): Promise<{ platform: Platform; close: () => Promise<void> }> {
  const entities = modules.flatMap((module) => module.entities);
  const source = await createDataSource({ ...env.database, entities }).initialize();
  const visitors = createVisitorPool(env.database.url, env.database.visitors);
  const database = new Database(source, visitors);
  const listener = new Listener(env.database.url, logger);
  const events = new EventRegistry(
    modules.flatMap((module) => module.events ?? []),
    logger,
  );
  const { secret } = env.auth;
  const outbox = new Outbox(database);
  const platform = {
    ...{ database, listener, logger, clock, secret, storefrontUrl: env.storefrontUrl },
    ...{ events, feed: new EventFeed(listener, events) },
    pluginModules: modules.filter((module) => plugins.includes(module)),
    checks: modules.flatMap((module) => module.checks ?? []),
    personalData: modules.flatMap((module) => module.personalData ?? []),
    settingsGroups: modules.flatMap((module) => module.settingsGroups ?? []),
    integrations: [...ADAPTER_INTEGRATIONS, ...modules.flatMap((module) => module.integrations ?? [])],
    ...{ outbox, hooks: new Hooks({ clock, logger }) },
    mails: new Mails(),
    texts: new Texts(),
    longJobRegistry: new LongJobRegistry(modules.flatMap(longJobsOf)),
    importRegistry: new ImportRegistry(modules.flatMap((module) => module.imports ?? [])),
    strategies: new StrategyRegistry(modules, plugins),
    keys: new RequestKeys(),
    cursors: new CursorCodec(secret),
    securityLog: new SecurityLog(logger, secret),
    storage: new LocalDiskStorage(join(env.dataDir, 'media')),
    privateFiles: new LocalDiskStorage(join(env.dataDir, 'private')),
  };
  const close = async (): Promise<void> => {
    await listener.stop();
    await visitors.end();
    await source.destroy();
  };
  return { platform, close };
}

/** @throws StartProblem naming the resolver class that the module declares and does not build */
function assertBuilt({ name, resolvers }: AnyModule, built: readonly object[]): void {
  const missing = resolvers.filter(
    (resolver) => !built.some((instance) => instance.constructor === resolver),
  );
  if (missing.length > 0)
    throw new StartProblem(
      `Module ${name} declares resolvers that its setup does not build: ${missing.map((r) => r.name).join(', ')}`,
    );
}

/** type-graphql looks resolvers up by their class. */
function byClass(instances: readonly object[]): ContainerType {
  const known = new Map(instances.map((instance) => [instance.constructor, instance]));
  return {
    get(wanted: abstract new (...parameters: never[]) => object) {
      const instance = known.get(wanted);
      if (!instance) throw new Error(`${wanted.name} is built by no module`);
      return instance;
    },
  };
}
