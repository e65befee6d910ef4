import type { Clock } from '../../../kernel/clock.js';
import type { Logger } from '../../../kernel/logger.js';
import { StartProblem } from '../../../kernel/start-problem.js';
import { CatalogCache } from '../../../platform/database/catalog-cache.js';
import type { Database } from '../../../platform/database/database.js';
import type { Listener } from '../../../platform/database/listener.js';
import type { Integration, IntegrationSituation } from '../../../platform/integration.js';
import type { IntegrationSecretEntity } from './integration.entity.js';
import { stateOf, type IntegrationState, type StoredValue } from './integration-state.js';
import { everySecret, INTEGRATIONS_CHANNEL } from './integration.statements.js';
import type { KeyRing } from './key-ring.js';
import { unseal } from './sealing.js';

export interface IntegrationStoreDeps {
  readonly database: Database;
  readonly listener: Listener;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly integrations: readonly Integration[];
  readonly keys: KeyRing;
  /** A variable of the environment; null when it is not set. */
  readonly variable: (name: string) => string | null;
  readonly situation: IntegrationSituation;
}

interface Read {
  readonly states: ReadonlyMap<string, IntegrationState>;
  /** When a value expires, so that it must be read again; null for never. */
  readonly until: Date | null;
}

/**
 * The values of all integrations, cached decrypted in the memory of each process. A change is announced in its own
 * transaction, and a process without a listening connection reads for each call, so what is returned is never older than
 * the last announcement.
 */
export class IntegrationStore {
  private readonly cache: CatalogCache<Read>;
  private logged = '[[],[]]';
  private lost = false;

  /** @throws StartProblem for two integrations of one code */
  constructor(private readonly deps: IntegrationStoreDeps) {
    const codes = deps.integrations.map(({ code }) => code);
    const [repeated] = codes.filter((code, index) => codes.indexOf(code) < index);
    if (repeated) throw new StartProblem(`The integration ${repeated} is declared twice`);
    this.cache = new CatalogCache(deps.listener, () => this.read(), INTEGRATIONS_CHANNEL);
  }

  /** Every integration by its code: the same map as long as nothing has changed. */
  async all(): Promise<ReadonlyMap<string, IntegrationState>> {
    const { states, until } = await this.cache.get();
    if (until === null || until > this.deps.clock.now()) return states;
    this.cache.drop();
    return (await this.cache.get()).states;
  }

  /** What the environment alone says, for the time before anything was read. */
  ofEnvironment(): ReadonlyMap<string, IntegrationState> {
    return this.statesOf(new Map());
  }

  /** Whether values of an integration cannot be read, as far as this process knows. */
  get isUnreadable(): boolean {
    return this.lost;
  }

  /** Clears the cache in the process that made the change. */
  drop(): void {
    this.cache.drop();
  }

  /** What integrations are with these rows. */
  stateWith(integration: Integration, rows: readonly IntegrationSecretEntity[]): IntegrationState {
    const { variable, situation, clock } = this.deps;
    const stored = rows.map((row) => this.opened(row));
    return stateOf(integration, stored, { variable, situation, now: clock.now() });
  }

  /** The values that can be read in these rows, by their names. */
  valuesIn(rows: readonly IntegrationSecretEntity[]): ReadonlyMap<string, string> {
    return new Map(
      rows.flatMap((row) => {
        const value = this.valueOf(row);
        return value === null ? [] : [[row.name, value] as const];
      }),
    );
  }

  private async read(): Promise<Read> {
    const rows = await this.deps.database.rows(everySecret);
    const byCode = Map.groupBy(rows, ({ integration }) => integration);
    const states = this.statesOf(byCode);
    this.logProblems(states);
    const now = this.deps.clock.now();
    const expiries = rows.flatMap(({ expiresAt }) => (expiresAt && expiresAt > now ? [expiresAt] : []));
    const [until = null] = expiries.sort((a, b) => a.getTime() - b.getTime());
    return { states, until };
  }

  private statesOf(
    rows: ReadonlyMap<string, readonly IntegrationSecretEntity[]>,
  ): ReadonlyMap<string, IntegrationState> {
    return new Map(
      this.deps.integrations.map((integration) => [
        integration.code,
        this.stateWith(integration, rows.get(integration.code) ?? []),
      ]),
    );
  }

  private opened(row: IntegrationSecretEntity): StoredValue {
    const { name, hint, expiresAt } = row;
    return { name, hint, expiresAt, value: this.valueOf(row) };
  }

  private valueOf(row: IntegrationSecretEntity): string | null {
    try {
      const key = this.deps.keys.find(row.keyId);
      return key && unseal(row, row, key);
    } catch (error) {
      // The file of keys cannot be read: the shop goes on without these values.
      this.deps.logger.error({ err: error }, 'The key of secrets cannot be read');
      return null;
    }
  }

  /** Logs once for each change what cannot be read or used, in words for whoever runs the shop. */
  private logProblems(states: ReadonlyMap<string, IntegrationState>): void {
    const all = [...states.values()];
    const lost = all
      .filter(({ status }) => status === 'UNREADABLE')
      .map(({ integration }) => integration.code);
    const wrong = all.flatMap(({ integration, problems }) =>
      problems.map((problem) => ({ integration: integration.code, ...problem })),
    );
    this.lost = lost.length > 0;
    const found = JSON.stringify([lost, wrong]);
    if (found === this.logged) return;
    this.logged = found;
    const { logger, keys } = this.deps;
    if (lost.length > 0)
      logger.error(
        { integrations: lost },
        `The stored values of ${lost.join(', ')} cannot be read: their key is not in ${keys.places.join(' or ')}. Put it back, or write the values again in the admin under Settings, Integrations. Until then they count as missing`,
      );
    for (const { message: reason, ...problem } of wrong)
      logger.error({ ...problem, reason }, 'The values of an integration do not fit, so it is not used');
  }
}
