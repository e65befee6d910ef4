import { DomainError } from '../../kernel/errors.js';
import { violatedConstraint, type Database, type Tx } from '../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { StoredArguments } from '../../platform/strategies/define-strategy.js';
import { announceCatalogChange } from '../catalog/index.js';
import { shippingChanged } from './shipping.events.js';
import { lockDeliveries } from './shipping.statements.js';

/** What was changed, for who reads the event. */
export interface DeliveryChange {
  readonly actorId: string;
  readonly what: 'ZONE' | 'METHOD' | 'RATE';
  readonly change: 'CREATED' | 'UPDATED' | 'DELETED' | 'ARCHIVED' | 'RESTORED' | 'REORDERED';
  readonly rate?: {
    readonly zoneId: string;
    readonly strategy: string | null;
    readonly arguments: StoredArguments | null;
  };
}

/** The transaction of a change of deliveries; locks: see `shipping.statements.ts`. */
export class DeliveryChanges {
  private readonly onCommit: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly keys: RequestKeys,
  ) {}

  /** Calls back once a change is committed: what this process holds of deliveries need not wait for the announcement. */
  afterCommit(drop: () => void): void {
    this.onCommit.push(drop);
  }

  /** @throws DomainError for a name or code that another one has, and whatever `work` throws */
  async write<T>(work: (tx: Tx) => Promise<T>, before?: (tx: Tx) => Promise<void>): Promise<T> {
    try {
      const result = await this.database.transaction(async (tx) => {
        await before?.(tx);
        await tx.rows(lockDeliveries);
        return work(tx);
      });
      for (const drop of this.onCommit) drop();
      this.outbox.notifyRelay();
      return result;
    } catch (error) {
      throw takenBy(violatedConstraint(error)) ?? error;
    }
  }

  /** The id that `create` returns; a repeat with the same key returns the first one's, kept as `field`. */
  keyed(
    keyed: KeyedRequest | null,
    field: 'zoneId' | 'methodId',
    create: (tx: Tx) => Promise<string>,
    before?: (tx: Tx) => Promise<void>,
  ): Promise<string> {
    let earlier: string | null = null;
    return this.write(
      async (tx) => {
        if (earlier !== null) return earlier;
        const id = await create(tx);
        if (keyed) await this.keys.storeResult(tx, keyed, { [field]: id });
        return id;
      },
      async (tx) => {
        const known = keyed && (await this.keys.claim(tx, keyed));
        earlier = known ? (known.response as Record<string, string>)[field]! : null;
        if (earlier === null) await before?.(tx);
      },
    );
  }

  /** Appends the event and makes every process read the deliveries again. The last statements of the transaction. */
  async announce(
    tx: Tx,
    { id, version }: { readonly id: string; readonly version: number },
    { actorId: changedBy, what, change, rate }: DeliveryChange,
  ): Promise<void> {
    await this.outbox.append(
      tx,
      shippingChanged(id, {
        ...{ what, change, version, changedBy },
        ...{ zoneId: rate?.zoneId ?? null, strategy: rate?.strategy ?? null },
        arguments: rate?.arguments ?? null,
      }),
    );
    await announceCatalogChange(tx);
  }
}

function takenBy(constraint: string | null | undefined): DomainError | null {
  if (constraint === 'shipping_zone_name')
    return new DomainError('ZONE_NAME_TAKEN', 'Another zone has this name.', ['name']);
  if (constraint === 'shipping_method_code_key')
    return new DomainError('SHIPPING_CODE_TAKEN', 'Another way of delivery has this code.', ['code']);
  return null;
}
