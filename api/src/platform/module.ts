import type { FastifyInstance } from 'fastify';
import type { FileStorage } from '../integrations/storage/port.js';
import type { Clock } from '../kernel/clock.js';
import type { ErrorCode } from '../kernel/error-codes.js';
import type { IdPrefix } from '../kernel/ids.js';
import type { Logger } from '../kernel/logger.js';
import type { CursorCodec } from '../kernel/cursor.js';
import type { SecurityLog } from '../kernel/security-log.js';
import type { Database } from './database/database.js';
import type { Check } from './database/invariant.js';
import type { Listener } from './database/listener.js';
import type { ModuleMigration } from './database/module-migrations.js';
import type { RequestKeys } from './database/request-keys.js';
import type { CustomFields } from './fields/field-declaration.js';
import type { RequestContext } from './graphql/context.js';
import type { Permission, PermissionDeclaration } from './graphql/roles.js';
import type { EventRegistry, EventType } from './jobs/define-event.js';
import type { HandledHook } from './hooks/define-hook.js';
import type { Hooks } from './hooks/hooks.js';
import type { HandledImport, ImportDefinition, ImportRegistry } from './imports/define-import.js';
import type { HandledJob, Subscription } from './jobs/define-job.js';
import type { HandledLongJob, LongJobDefinition, LongJobRegistry } from './jobs/define-long-job.js';
import type { JobMutation } from './jobs/job-mutation.js';
import type { Mail } from './mails/define-mail.js';
import type { Mails } from './mails/mails.js';
import type { Texts, TextSource } from './texts.js';
import type { LinkMaker } from './mails/secret-link.js';
import type { OldRows } from './jobs/old-rows.js';
import type { EventFeed } from './jobs/event-feed.js';
import type { Outbox } from './jobs/outbox.js';
import type { Integration } from './integration.js';
import type { PersonalData } from './personal-data/define-personal-data.js';
import type { SettingsGroup } from './settings-group.js';
import type { Strategy, StrategyRegistry } from './strategies/define-strategy.js';

/** The services of a process that every module uses. */
export interface Platform {
  readonly database: Database;
  readonly listener: Listener;
  /** The events of all modules. */
  readonly events: EventRegistry;
  readonly feed: EventFeed;
  /** The modules beside the core, in dependency order. */
  readonly pluginModules: readonly (ModuleDeclaration & { readonly name: string })[];
  /** The invariants of all modules. */
  readonly checks: readonly Check[];
  /** What the tables of all modules hold about people. */
  readonly personalData: readonly PersonalData[];
  /** The groups of settings of all modules. */
  readonly settingsGroups: readonly SettingsGroup[];
  /** The services outside the shop, of all modules and adapters. */
  readonly integrations: readonly Integration[];
  readonly outbox: Outbox;
  /** Those that a module calls in its transactions; complete once every module is built. */
  readonly hooks: Hooks;
  /** The mails of all modules; complete once every module is built. */
  readonly mails: Mails;
  /** The texts of all modules that buyers read. */
  readonly texts: Texts;
  /** The long jobs of all modules; complete once every module is built. */
  readonly longJobRegistry: LongJobRegistry;
  /** The imports of all modules; complete once every module is built. */
  readonly importRegistry: ImportRegistry;
  /** The strategies of all modules. */
  readonly strategies: StrategyRegistry;
  readonly keys: RequestKeys;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly securityLog: SecurityLog;
  /** Files that are served publicly by their name. */
  readonly storage: FileStorage;
  /** Files that are served by signed links only. */
  readonly privateFiles: FileStorage;
  /** Signs tokens and links, and keys stored hashes. */
  readonly secret: string;
  /** The address of the storefront without a slash at its end, for links in mails: `pageLinks` of the store. */
  readonly storefrontUrl: string;
}

export interface NodeFinder {
  /** Name of the GraphQL object type. */
  readonly type: string;
  readonly find: (uuid: string, context: RequestContext) => Promise<object | null>;
}

/**
 * Where the parts of a plugin in the clients begin: `new URL('./admin/index.ts', import.meta.url)`. They are built into
 * the client and never run in the API.
 */
export interface ClientFiles {
  /** Exports `adminModule`, made by `defineAdminModule` of `@vitrine/admin/plugin`. */
  readonly admin?: URL;
  /** Exports `storefrontModule`, made by `defineStorefrontModule` of `@vitrine/storefront/plugin`. */
  readonly storefront?: URL;
}

/** The static part of a module, which the schema, the database and the app read before anything is built. */
export interface ModuleDeclaration {
  /** Of a plugin: its version, which staff see in the admin. */
  readonly version?: string;
  /** Of a plugin: what it is for, in one English sentence for staff. */
  readonly description?: string;
  /** Of a plugin: its parts of the clients. */
  readonly clients?: ClientFiles;
  /** Of a plugin: the fields that it adds to entities of the shop; see docs/extend.md, “Custom fields”. */
  readonly customFields?: CustomFields;
  /** TypeORM entity classes. */
  readonly entities: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type
  /** The tables that only this module writes, and only modules that depend on it read; each with its retention. */
  readonly tables: Readonly<Record<string, string>>;
  /** The events that this module defines; modules that depend on it may append them too, and all may wait for them. */
  readonly events?: readonly EventType[];
  /** Work on many rows that staff start and follow; `setup` returns the handler of each. See `defineLongJob`. */
  readonly longJobs?: readonly LongJobDefinition[];
  /** What staff do to many rows of a list at once; `setup` returns the handlers among its long jobs. See `defineBulk`. */
  readonly bulkActions?: readonly JobMutation[];
  /** Lists that staff have written into files; `setup` returns the handlers among its long jobs. See `defineListExport`. */
  readonly listExports?: readonly JobMutation[];
  /** What staff give this module by files; `setup` returns the handler of each. See `defineImport`. */
  readonly imports?: readonly ImportDefinition[];
  /** Prefixes of the ids of this module's types, each with the type's name; see `defineIdPrefixes`. */
  readonly idPrefixes?: Readonly<Partial<Record<IdPrefix, string>>>;
  /** Permissions that this module checks; see `definePermissions`. */
  readonly permissions?: Readonly<Partial<Record<Permission, PermissionDeclaration>>>;
  /** Codes of user errors that this module returns, each with its meaning; see `defineErrors`. */
  readonly errors?: Readonly<Partial<Record<ErrorCode, string>>>;
  /** By mutation of another module, the codes with which hooks of this one refuse it; the schema names them there. */
  readonly hookErrors?: Readonly<Record<string, readonly ErrorCode[]>>;
  /**
   * Migrations of a module outside the core, in its own numbering. They run after all of the core's, module by module,
   * the modules that it depends on first.
   */
  readonly migrations?: readonly ModuleMigration[];
  /** Rules that staff choose by their codes, with arguments; see `define-strategy.ts`. */
  readonly strategies?: readonly Strategy[];
  /** Invariants of this module's data, for the nightly audit; see `defineChecks`. */
  readonly checks?: readonly Check[];
  /** Groups of settings that staff keep; see `defineSettings`. */
  readonly settingsGroups?: readonly SettingsGroup[];
  /** What this module's tables hold about people; see `definePersonalData`. */
  readonly personalData?: readonly PersonalData[];
  /** Services outside the shop whose values staff keep; see `defineIntegration`. */
  readonly integrations?: readonly Integration[];
  /** type-graphql resolver classes; `setup` returns an instance of each. */
  readonly resolvers: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type
  /** Types reachable only through an interface (typed errors). */
  readonly orphanedTypes?: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type
  /**
   * Finds this module's entities for `node(id)` and checks the permission of each; null for not found or not allowed.
   */
  readonly nodes?: Partial<Record<IdPrefix, NodeFinder>>;
}

/** The parts of a module in a process, after its services are built. */
export interface BuiltModule<Services extends object> {
  /** The services that other modules and the app may call. */
  readonly services: Services;
  readonly resolvers: readonly object[];
  readonly jobs?: readonly HandledJob[];
  readonly longJobs?: readonly HandledLongJob[];
  readonly imports?: readonly HandledImport[];
  /** Maps events of the outbox to jobs. */
  readonly subscriptions?: readonly Subscription[];
  /** Takes part in transactions of other modules; see `define-hook.ts`. */
  readonly hooks?: readonly HandledHook[];
  /** Mails that events of this module, or of those it depends on, cause; see `defineMail`. */
  readonly mails?: readonly Mail[];
  /** Texts that buyers read and staff write in each language; see `texts.ts`. */
  readonly texts?: readonly TextSource[];
  /** Links of mails that open something without signing in, by name; see `SecretLink`. */
  readonly secretLinks?: Readonly<Record<string, LinkMaker>>;
  /** Rows that the nightly job deletes or empties. */
  readonly oldRows?: readonly OldRows[];
  /** HTTP routes beside /graphql. Their hooks and body parsers reach no other module's: each has a plugin of its own. */
  readonly routes?: (app: FastifyInstance) => Promise<void>;
  readonly seed?: Seed;
  /** Runs in each process that serves requests, before the first one. */
  readonly start?: () => Promise<void>;
  /** Runs in each process that served requests, after the last one and before the database closes. */
  readonly stop?: () => Promise<void>;
  /**
   * Runs before each request and each job, so that what this module keeps in memory follows what other processes change.
   * Returns at once when nothing has changed.
   */
  readonly refresh?: () => Promise<void>;
  /** Whether this module cannot do its part although the shop runs: `/ready` then names it as degraded. */
  readonly isDegraded?: () => boolean;
}

/** What the command `seed` writes for a module; the modules that it depends on are seeded before. May run at every start: it adds what is missing and changes nothing. */
export interface Seed {
  /** Rows that every shop starts with. `isOwn`: it is a shop of its own and not the demonstration. */
  starter?(beginning: { readonly isOwn: boolean }): Promise<void>;
  /** What a shop of its own begins with, as long as nobody owns it: what its owner takes out then stays out. */
  own?(): Promise<void>;
  /** Goods and accounts of the demo shop; never called in production. `print` shows a line to who waits for it. */
  demo?(print: (line: string) => void): Promise<void>;
}

export interface Module<
  Name extends string = string,
  Services extends object = object,
  Settings = unknown,
> extends ModuleDeclaration {
  readonly name: Name;
  /** The modules whose services `setup` receives and whose tables this one may read. */
  readonly dependsOn: readonly AnyModule[];
  /** A method instead of a property, so that a module with specific services is assignable to AnyModule. */
  setup(
    platform: Platform,
    services: Readonly<Record<string, object>>,
    settings: Settings,
  ): BuiltModule<Services> | Promise<BuiltModule<Services>>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the settings differ from module to module
export type AnyModule = Module<string, object, any>;

type Named<Modules extends readonly AnyModule[], Name> = Extract<Modules[number], { readonly name: Name }>;

/** The services of these modules, each under its module's name. */
export type ServicesOf<Modules extends readonly AnyModule[]> = {
  readonly [Name in Modules[number]['name']]: Named<Modules, Name> extends Module<
    string,
    infer Services,
    never
  >
    ? Services
    : never;
};

/** The settings that the app passes to these modules, each under its module's name; a module without any needs no entry. */
export type SettingsOf<Modules extends readonly AnyModule[]> = {
  readonly [Name in Configured<Modules[number]>]: Parameters<Named<Modules, Name>['setup']>[2];
};

/** The names of those modules whose `setup` asks for settings. */
type Configured<M extends AnyModule> = M extends M
  ? unknown extends Parameters<M['setup']>[2]
    ? never
    : M['name']
  : never;

/**
 * Declares a module: its tables, its part of the schema, and how its services are built from those of the modules it
 * depends on. The type of the settings is that of `setup`'s third parameter.
 */
export function defineModule<
  const Name extends string,
  const Needs extends readonly AnyModule[],
  Services extends object,
  Settings,
>(
  module: ModuleDeclaration & {
    readonly name: Name;
    readonly dependsOn: Needs;
    setup(
      platform: Platform,
      services: ServicesOf<Needs>,
      settings: Settings,
    ): BuiltModule<Services> | Promise<BuiltModule<Services>>;
  },
): Module<Name, Services, Settings> {
  return module as unknown as Module<Name, Services, Settings>;
}
