import { isDeepStrictEqual } from 'node:util';
import { DomainErrors, InvalidInputError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import { CATALOG_CHANNEL, CatalogCache } from '../../platform/database/catalog-cache.js';
import { statement, type Database, type Querying, type Tx, t } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { SettingsGroup } from '../../platform/settings-group.js';
import { ShopSettingEntity } from './shop-setting.entity.js';
import { assertNothingWrong, readable, type FirstSettings } from './first-settings.js';
import { settingsChanged } from './store.events.js';

const ALL = { key: t.text, value: t.json<unknown>(), version: t.int, updatedAt: t.timestamp };
const readAll = statement('store.settings', {
  params: { keys: t.texts },
  row: ALL,
  sql: `SELECT key, value, version, updated_at AS "updatedAt" FROM shop_setting WHERE key = ANY (:keys)`,
});
const insertMissing = statement('store.insert-missing-settings', {
  params: { keys: t.texts, values: t.jsonTexts },
  sql: `INSERT INTO shop_setting (key, value) SELECT * FROM unnest(:keys::text[], :values::jsonb[]) ON CONFLICT (key) DO NOTHING`,
});
// A field that came with an update of the program is stored for a group that has been there before.
const completeStored = statement('store.complete-settings', {
  params: { keys: t.texts, values: t.jsonTexts },
  sql: `UPDATE shop_setting s SET value = f.value || s.value FROM unnest(:keys::text[], :values::jsonb[]) AS f (key, value)
   WHERE s.key = f.key AND s.value <> f.value || s.value`,
});
const readShared = statement('store.settings-shared', {
  params: { key: t.text },
  row: { value: t.json<unknown>() },
  sql: `SELECT value FROM shop_setting WHERE key = :key FOR SHARE`,
});
const announce = statement('store.announce', {
  row: { told: t.text },
  sql: `SELECT pg_notify('${CATALOG_CHANNEL}', '')::text AS told`,
});

/** The aggregate of a change that a command made. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A group as it is stored. */
export interface StoredSettings<T extends object> {
  readonly value: T;
  /** Rises with each change; give it as `expectedVersion`. */
  readonly version: number;
  /** Null while the values of the environment were never stored. */
  readonly updatedAt: Date | null;
}

export interface SettingsChange<T extends object> {
  readonly changes: { readonly [K in keyof T]?: T[K] };
  /** Null skips the comparison. */
  readonly expectedVersion: number | null;
  /** Null for a command of the shop's operator. */
  readonly actorId: string | null;
  /**
   * Refuses what depends on other data, and writes what goes with the change, in the transaction and under the lock of
   * the row.
   */
  readonly check?: (tx: Tx, next: T, before: T) => Promise<void>;
}

type Stored = ReadonlyMap<string, StoredSettings<object>>;

type Check<T extends object> = NonNullable<SettingsChange<T>['check']>;

/** What a module does when a group changes. */
export interface Guard<T extends object> {
  /** Locks, and waits for, what must not change meanwhile. */
  readonly lock?: Check<T>;
  /** Refuses a change, by what is there once every module has its locks. */
  readonly check?: Check<T>;
  /** Writes what goes with a change that no module has refused. */
  readonly write?: Check<T>;
}

interface Deps extends FirstSettings {
  readonly database: Database;
  readonly listener: Listener;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly settingsGroups: readonly SettingsGroup[];
}

/**
 * The settings that staff keep. Every process caches all groups, read with one statement; a change is announced in its
 * own transaction, so that each process reads again for its next request. Nothing needs a restart.
 */
export class SettingsService {
  private readonly cache: CatalogCache<Stored>;
  /** As they would be stored: an environment that says the same in another form differs in nothing. */
  private readonly firsts: ReadonlyMap<string, object>;
  private readonly guards: { readonly key: string; readonly guard: Guard<object> }[] = [];

  constructor(private readonly deps: Deps) {
    this.cache = new CatalogCache(deps.listener, () => this.read());
    this.firsts = new Map(
      deps.settingsGroups.map((group) => [group.key, readable(group, deps.first[group.key])]),
    );
  }

  /**
   * Lets a module that stands above the store take part in changes of a group: in the transaction of each change and under
   * the lock of the row. Each of the phases of a `Guard` is over in every module before the next one begins.
   */
  guard<T extends object>({ key }: SettingsGroup<T>, guard: Guard<T>): void {
    this.guards.push({ key, guard: guard as Guard<object> });
  }

  async get<T extends object>(group: SettingsGroup<T>): Promise<T> {
    return (await this.stored(group)).value;
  }

  /** The same inside a transaction, without a second connection. */
  async within<T extends object>(tx: Tx, group: SettingsGroup<T>): Promise<T> {
    const groups = this.cache.held() ?? (await this.read(tx));
    return valueOf(groups, group) ?? this.first(group);
  }

  /**
   * A group as it is stored, which nobody changes before the end of the transaction. Readers share the lock; a change
   * waits for them, and they for a change, which waits for nobody while it has the lock.
   */
  async lockShared<T extends object>(tx: Tx, group: SettingsGroup<T>): Promise<T> {
    const row = await tx.row(readShared, { key: group.key });
    return row ? this.parsed(group, row.value) : this.first(group);
  }

  async stored<T extends object>(group: SettingsGroup<T>): Promise<StoredSettings<T>> {
    const stored = (await this.cache.get()).get(group.key) as StoredSettings<T> | undefined;
    return stored ?? { value: this.first(group), version: 1, updatedAt: null };
  }

  /**
   * Changes the fields of a group that are given.
   *
   * The transaction inserts the row if there is none yet, locks it (FOR NO KEY UPDATE), compares the version, checks the
   * result by the schema of the group and by `check`, writes it and appends `settings.changed`. Two people who change
   * one group wait for each other; of two changes based on one version the second is refused. A change without effect
   * writes nothing.
   *
   * @throws StaleVersionError
   * @throws DomainErrors with one INVALID_INPUT for each field that the schema refuses, or with which a public shop
   *   would not start again
   */
  async update<T extends object>(group: SettingsGroup<T>, change: SettingsChange<T>): Promise<void> {
    await this.deps.database.transaction((tx) => this.updateWithin(tx, group, change));
    this.settled();
  }

  /** The same as a part of a transaction, whose caller calls `settled` once it is committed. */
  async updateWithin<T extends object>(
    tx: Tx,
    group: SettingsGroup<T>,
    { changes, expectedVersion, actorId, check }: SettingsChange<T>,
  ): Promise<void> {
    const first = this.first(group);
    await tx.count(insertMissing, { keys: [group.key], values: [JSON.stringify(first)] });
    const rows = tx.repository(ShopSettingEntity);
    const row = await rows.lock({ key: group.key });
    if (!row) throw new Error(`The settings ${group.key} were not stored`);
    if ((expectedVersion ?? row.version) !== row.version) throw new StaleVersionError(row.version);
    const before = this.parsed(group, row.value);
    const next = checked(group, { ...before, ...changes });
    if (actorId) this.assertFit(group, next);
    await check?.(tx, next, before);
    const guards = this.guards.filter(({ key }) => key === group.key);
    for (const phase of ['lock', 'check', 'write'] as const)
      for (const { guard } of guards) await guard[phase]?.(tx, next, before);
    const fields = changedFields(before, next);
    if (fields.length === 0) return;
    await rows.update(row, { value: next, updatedBy: actorId });
    await this.deps.outbox.append(
      tx,
      settingsChanged(actorId ?? NOBODY, { group: group.key, version: row.version + 1, fields }),
    );
    await tx.rows(announce);
  }

  /** What this process holds need not wait for the announcement of a change that is committed. */
  settled(): void {
    this.cache.drop();
    this.deps.outbox.notifyRelay();
  }

  /**
   * Gives a shop that begins other values than its first ones, unless the environment or staff said something about them.
   */
  async beginWith<T extends object>(
    group: SettingsGroup<T>,
    changes: SettingsChange<T>['changes'],
  ): Promise<void> {
    const { version } = await this.stored(group);
    if (version > 1 || this.deps.given.has(group.key)) return;
    await this.update(group, { changes, expectedVersion: null, actorId: null });
  }

  /**
   * Stores what the environment says of groups that have no row yet, or an unfit one, and of fields that a row has not
   * yet, at the start of a process. From then on the row holds, and what the environment says differently is told to the log.
   *
   * @throws StartProblem when the environment does not say what such a group needs
   */
  async storeFirst(): Promise<void> {
    const { settingsGroups, logger, given, mistakes, unfitFields } = this.deps;
    const before = await this.read();
    const missing = settingsGroups.filter(({ key }) => !before.has(key));
    const unfit = settingsGroups.filter(({ key }) => {
      const stored = before.get(key);
      return stored !== undefined && unfitFields(key, stored.value).length > 0;
    });
    assertNothingWrong([...missing, ...unfit].flatMap(({ key }) => mistakes[key] ?? []));
    await this.insert(missing);
    for (const group of unfit)
      await this.update(group, { changes: this.first(group), expectedVersion: null, actorId: null });
    this.cache.drop();
    const stored = await this.read();
    for (const group of settingsGroups.filter(({ key }) => given.has(key))) {
      const fields = changedFields(this.first(group), stored.get(group.key)?.value ?? {});
      if (fields.length > 0)
        logger.warn(
          { settings: group.key, fields },
          'The environment says something else than the settings that staff keep in the admin. Those of the admin hold',
        );
    }
  }

  /** Another process may run on another environment, whose words hold there only as long as nothing is stored. */
  private async insert(missing: readonly SettingsGroup[]): Promise<void> {
    const of = (groups: readonly SettingsGroup[]) => ({
      keys: groups.map(({ key }) => key),
      values: groups.map((group) => JSON.stringify(this.first(group))),
    });
    await this.deps.database.transaction(async (tx) => {
      const inserted = await tx.count(insertMissing, of(missing));
      const completed = await tx.count(completeStored, of(this.deps.settingsGroups));
      if (inserted + completed > 0) await tx.rows(announce);
    });
  }

  private async read(from: Querying = this.deps.database): Promise<Stored> {
    const { settingsGroups } = this.deps;
    const rows = await from.rows(readAll, { keys: settingsGroups.map(({ key }) => key) });
    const groups = new Map(settingsGroups.map((group) => [group.key, group]));
    return new Map(
      rows.flatMap(({ key, value, version, updatedAt }) => {
        const group = groups.get(key);
        return group ? [[key, { value: this.parsed(group, value), version, updatedAt }] as const] : [];
      }),
    );
  }

  /** What is stored; where it cannot be read, what the environment says, so that one wrong row stops no sale. */
  private parsed<T extends object>(group: SettingsGroup<T>, value: unknown): T {
    const first = this.first(group);
    const read = group.schema.safeParse({ ...first, ...(value as object) });
    if (read.success) return read.data;
    this.deps.logger.error({ settings: group.key, err: read.error }, 'Stored settings cannot be read');
    return first;
  }

  private assertFit({ key }: Pick<SettingsGroup, 'key'>, values: object): void {
    const unfit = this.deps.unfitFields(key, values);
    if (unfit.length === 0) return;
    throw new DomainErrors(
      unfit.map((field) => new InvalidInputError('This is of the demonstration or an example.', [field])),
    );
  }

  private first<T extends object>({ key }: SettingsGroup<T>): T {
    return this.firsts.get(key) as T;
  }
}

function valueOf<T extends object>(groups: Stored, { key }: SettingsGroup<T>): T | undefined {
  return (groups.get(key) as StoredSettings<T> | undefined)?.value;
}

function changedFields(before: object, after: object): string[] {
  const values = after as Record<string, unknown>;
  return Object.entries(before)
    .filter(([field, value]) => !isDeepStrictEqual(value, values[field]))
    .map(([field]) => field)
    .sort();
}

function checked<T extends object>(group: SettingsGroup<T>, value: object): T {
  const read = group.schema.safeParse(value);
  if (read.success) return read.data;
  throw new DomainErrors(
    read.error.issues.map(({ message, path }) => new InvalidInputError(message, path.map(String))),
  );
}
