import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { localized, type Language, type LocalizedText } from '../../../kernel/languages.js';
import { violatedConstraint, type Database, type Tx } from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { announceCatalogChange } from '../../catalog/index.js';
import { languagesGroup, type SettingsService } from '../../store/index.js';
import { TaxClassEntity } from '../reference.entity.js';
import { taxClassChanged } from './tax.events.js';
import * as sql from './tax.statements.js';

const MOST_CLASSES = 50;

interface Deps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly settings: SettingsService;
}

/**
 * Staff changes of tax classes. Each is one transaction that locks the row of the class and raises the version of the
 * catalog last. A class is never deleted: its rates and products name it.
 */
export class TaxClassService {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes a class without rates: goods can be put into it once the home country has one for it. Returns its id; a repeat
   * with the same key returns the first one's.
   *
   * @throws DomainError TAX_CLASS_EXISTS | TOO_MANY_TAX_CLASSES | InvalidInputError without a name in the default language
   */
  async create(
    { code, name }: { readonly code: string; readonly name: LocalizedText },
    actorId: string,
    keyed: KeyedRequest | null,
  ): Promise<string> {
    const { defaultLanguage } = await this.deps.settings.get(languagesGroup);
    assertNamed(name, defaultLanguage);
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { taxClassId: string }).taxClassId;
      if (((await tx.row(sql.countTaxClasses))?.count ?? 0) >= MOST_CLASSES)
        throw new DomainError('TOO_MANY_TAX_CLASSES', `A shop has at most ${MOST_CLASSES} tax classes.`);
      const id = newId();
      await tx.repository(TaxClassEntity).insert([{ id, code, name, isDefault: false, archivedAt: null }]);
      await this.announceClass(tx, { id, code, version: 1 }, { change: 'CREATED', actorId });
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { taxClassId: id });
      return id;
    });
  }

  /** Changes its names in the languages that are given. @throws StaleVersionError, NotFoundError, InvalidInputError */
  async rename(
    id: string,
    { name, expectedVersion }: { readonly name: LocalizedText; readonly expectedVersion: number },
    actorId: string,
  ): Promise<void> {
    const { defaultLanguage } = await this.deps.settings.get(languagesGroup);
    await this.write(async (tx) => {
      const row = await lock(tx, id, expectedVersion);
      const wanted = { ...row.name, ...name };
      assertNamed(wanted, defaultLanguage);
      if (await tx.repository(TaxClassEntity).update(row, { name: wanted }))
        await this.announceClass(tx, row, { change: 'UPDATED', actorId });
    });
  }

  /**
   * Archives a class, or takes it back: no product is put into an archived one, and it gets no further rates. Whoever puts
   * a product into it has its row FOR SHARE (a trigger of `product`), and so has who adds a rate: this waits for them, and
   * then finds the product.
   *
   * @throws DomainError TAX_CLASS_IN_USE while products that are not archived are in it, and for the default class
   * @throws StaleVersionError, NotFoundError
   */
  async archive(
    id: string,
    { isArchived, expectedVersion }: { readonly isArchived: boolean; readonly expectedVersion: number },
    actorId: string,
  ): Promise<void> {
    await this.write(async (tx) => {
      const row = await lock(tx, id, expectedVersion);
      if ((row.archivedAt !== null) === isArchived) return;
      if (isArchived) await assertUnused(tx, row);
      const archivedAt = isArchived ? this.deps.clock.now() : null;
      await tx.repository(TaxClassEntity).update(row, { archivedAt });
      await this.announceClass(tx, row, { change: isArchived ? 'ARCHIVED' : 'RESTORED', actorId });
    });
  }

  private async announceClass(
    tx: Tx,
    { id, code, version }: Pick<TaxClassEntity, 'id' | 'code' | 'version'>,
    { change, actorId }: { change: 'CREATED' | 'UPDATED' | 'ARCHIVED' | 'RESTORED'; actorId: string },
  ): Promise<void> {
    await this.deps.outbox.append(tx, taxClassChanged(id, { change, code, version, changedBy: actorId }));
    await announceCatalogChange(tx);
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await this.deps.database.transaction(work);
      this.deps.outbox.notifyRelay();
      return result;
    } catch (error) {
      if (violatedConstraint(error) !== 'tax_class_code') throw error;
      throw new DomainError('TAX_CLASS_EXISTS', 'There is a tax class of this code.', ['code']);
    }
  }
}

async function lock(tx: Tx, id: string, expectedVersion: number): Promise<TaxClassEntity> {
  const row = await tx.repository(TaxClassEntity).lock({ id });
  if (!row) throw new NotFoundError('tax class', ['taxClassId']);
  if (row.version !== expectedVersion) throw new StaleVersionError(row.version);
  return row;
}

async function assertUnused(tx: Tx, { code, isDefault }: TaxClassEntity): Promise<void> {
  if (isDefault)
    throw new DomainError('TAX_CLASS_IN_USE', 'New products are put into this class.', ['taxClassId']);
  const [used] = await tx.rows(sql.productsOfClass, { codes: [code] });
  if (used)
    throw new DomainError('TAX_CLASS_IN_USE', `${used.count} products are in this class.`, ['taxClassId']);
}

function assertNamed(name: LocalizedText, defaultLanguage: Language): void {
  if (!localized({ [defaultLanguage]: name[defaultLanguage] }, defaultLanguage, defaultLanguage)?.trim())
    throw new InvalidInputError(`A name in the shop's default language is needed: ${defaultLanguage}.`, [
      'translations',
    ]);
}
