import { DomainError, DomainErrors, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import type { Integration } from '../../../platform/integration.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { integrationChanged } from '../store.events.js';
import { IntegrationEntity, type IntegrationSecretEntity } from './integration.entity.js';
import { hintOf, previousOf, type IntegrationState } from './integration-state.js';
import type { IntegrationStore, IntegrationStoreDeps } from './integration-store.js';
import * as sql from './integration.statements.js';
import type { SecretKey } from './key-ring.js';
import { seal } from './sealing.js';
import { usableKey } from './usable-key.js';

const HOUR_MS = 3_600_000;

/** A value that staff write; null clears what is stored. */
export interface GivenValue {
  readonly name: string;
  readonly value: string | null;
}

export interface IntegrationChange {
  readonly code: string;
  /** What is left out stays. */
  readonly values: readonly GivenValue[];
  /** Null skips the comparison. */
  readonly expectedVersion: number | null;
  readonly actorId: string;
}

/** An integration as staff see it. */
export interface IntegrationView {
  readonly state: IntegrationState;
  /** 1 while nothing was stored. */
  readonly version: number;
  readonly lastTest: { readonly at: Date; readonly code: string } | null;
  /** Where the key of its values is looked for while they cannot be read; empty otherwise. */
  readonly missingKeyPlaces: readonly string[];
}

interface Deps extends Pick<
  IntegrationStoreDeps,
  'database' | 'clock' | 'integrations' | 'keys' | 'variable' | 'logger'
> {
  readonly outbox: Outbox;
  readonly store: IntegrationStore;
}

/** The values of integrations as staff keep them. No value is ever returned. */
export class IntegrationService {
  constructor(private readonly deps: Deps) {}

  async list(): Promise<IntegrationView[]> {
    const { database, store, integrations, keys } = this.deps;
    const [rows, states] = await Promise.all([database.rows(sql.everyIntegration), store.all()]);
    return integrations.flatMap(({ code }) => {
      const state = states.get(code);
      const row = rows.find((each) => each.code === code);
      if (!state) return [];
      const { version = 1, lastTestAt = null, lastTestCode = null } = row ?? {};
      return [
        {
          state,
          version,
          lastTest: lastTestAt && lastTestCode ? { at: lastTestAt, code: lastTestCode } : null,
          missingKeyPlaces: state.status === 'UNREADABLE' ? keys.places : [],
        },
      ];
    });
  }

  /** @throws NotFoundError */
  async one(code: string): Promise<IntegrationView> {
    const found = (await this.list()).find(({ state }) => state.integration.code === code);
    if (!found) throw new NotFoundError('integration', ['code']);
    return found;
  }

  /**
   * Stores values, encrypted, or removes them.
   *
   * The transaction inserts the row of the integration if there is none yet and locks it (FOR NO KEY UPDATE): two people
   * who change one integration, and a rotation of keys, wait for each other, and of two changes based on one version the
   * second is refused. Under the lock it reads the key (a rotation makes the new one before it locks the row, so no value
   * is written with the old one behind its back) and the stored values, checks what they would be together with the new ones,
   * writes the encrypted values, raises the version (which forgets the last test), appends `integration.changed` and
   * announces the change to all processes. Values reach the database encrypted only, and no message repeats one.
   *
   * @throws NotFoundError | StaleVersionError | DomainError SECRETS_KEY_UNUSABLE
   * @throws DomainErrors with one INVALID_INPUT, SET_BY_ENVIRONMENT or KEY_MODE_MISMATCH for each wrong value
   */
  async update({ code, values, expectedVersion, actorId }: IntegrationChange): Promise<void> {
    const integration = this.known(code);
    const taken = this.taken(integration, values);
    if (taken.length === 0) return;
    const { database, outbox, store } = this.deps;
    await database.transaction(async (tx) => {
      await tx.count(sql.insertIntegration, { code });
      const row = await tx.repository(IntegrationEntity).lock({ code });
      if (!row) throw new Error(`The integration ${code} was not stored`);
      if ((expectedVersion ?? row.version) !== row.version) throw new StaleVersionError(row.version);
      const stored = await tx.rows(sql.secretsOf, { integration: code });
      const next = this.changed(integration, stored, {
        values: taken,
        key: usableKey(this.deps.keys, this.deps.logger),
      });
      this.assertFitting(integration, next, taken);
      await this.write(tx, { code, stored, next });
      await tx.count(sql.touchIntegration, { code, updatedBy: actorId });
      const fields = taken.map(({ name }) => name).sort();
      await outbox.append(tx, integrationChanged(actorId, { code, version: row.version + 1, fields }));
      await tx.rows(sql.announce);
    });
    store.drop();
    outbox.notifyRelay();
  }

  /** The rows after the change: each given value instead of the stored one, which may hold for a while longer. */
  private changed(
    { code, fields }: Integration,
    stored: readonly IntegrationSecretEntity[],
    { values, key }: { readonly values: readonly GivenValue[]; readonly key: SecretKey },
  ): IntegrationSecretEntity[] {
    const { clock, store } = this.deps;
    const before = store.valuesIn(stored);
    const replaced = new Set(values.flatMap(({ name }) => [name, previousOf(name)]));
    const row = (name: string, value: string, rest: { hint: string | null; expiresAt: Date | null }) => ({
      ...{ integration: code, name, ...rest },
      ...seal(value, { integration: code, name }, key),
    });
    return [
      ...stored.filter(({ name }) => !replaced.has(name)),
      ...values.flatMap(({ name, value }) => {
        const field = fields[name];
        if (value === null || !field) return [];
        const rows = [row(name, value, { hint: hintOf(field, value), expiresAt: null })];
        const old = before.get(name);
        if (field.previousHours > 0 && old !== undefined && old !== value) {
          const expiresAt = new Date(clock.now().getTime() + field.previousHours * HOUR_MS);
          rows.push(row(previousOf(name), old, { hint: null, expiresAt }));
        }
        return rows;
      }),
    ];
  }

  private async write(
    tx: Tx,
    given: {
      code: string;
      stored: readonly IntegrationSecretEntity[];
      next: readonly IntegrationSecretEntity[];
    },
  ): Promise<void> {
    const { code, stored, next } = given;
    const stays = new Set(next.map(({ name }) => name));
    const names = stored.map(({ name }) => name).filter((name) => !stays.has(name));
    if (names.length > 0) await tx.count(sql.deleteSecrets, { integration: code, names });
    for (const row of next) if (!stored.includes(row)) await tx.count(sql.saveSecret, row);
  }

  /** The values as they are stored, without spaces around them. @throws DomainErrors what is wrong with single ones */
  private taken({ fields }: Integration, values: readonly GivenValue[]): GivenValue[] {
    const seen = new Set<string>();
    const errors: DomainError[] = [];
    const taken = values.map(({ name, value }, index): GivenValue => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (!field || seen.has(name)) {
        const path = ['values', String(index), 'name'];
        errors.push(new InvalidInputError('There is no such field, or it is given twice.', path));
        return { name, value: null };
      }
      seen.add(name);
      if (field.variable !== null && this.deps.variable(field.variable) !== null)
        errors.push(new DomainError('SET_BY_ENVIRONMENT', 'It is set in the environment.', pathOf(index)));
      if (value === null) return { name, value };
      const { data = null, error } = field.schema.safeParse(value.trim());
      const [issue] = error?.issues ?? [];
      const refused = issue?.message ?? (data === null ? null : field.refuseNew(data));
      if (refused) errors.push(new InvalidInputError(refused, pathOf(index)));
      return { name, value: data };
    });
    if (errors.length > 0) throw new DomainErrors(errors);
    return taken;
  }

  /** @throws DomainErrors what is wrong with the values together; removing one is never refused */
  private assertFitting(
    integration: Integration,
    rows: readonly IntegrationSecretEntity[],
    values: readonly GivenValue[],
  ): void {
    if (values.every(({ value }) => value === null)) return;
    const { problems } = this.deps.store.stateWith(integration, rows);
    if (problems.length === 0) return;
    throw new DomainErrors(
      problems.map(({ code, field, message }) => {
        const index = values.findIndex(({ name }) => name === field);
        return new DomainError(code, message, index < 0 ? null : pathOf(index));
      }),
    );
  }

  private known(code: string): Integration {
    const found = this.deps.integrations.find((integration) => integration.code === code);
    if (!found) throw new NotFoundError('integration', ['code']);
    return found;
  }
}

const pathOf = (index: number): string[] => ['values', String(index), 'value'];
