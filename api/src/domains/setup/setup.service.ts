import { DomainError, DomainErrors, InvalidInputError } from '../../kernel/errors.js';
import { recordedLike } from '../../platform/audit/recording.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import type { SettingsGroup } from '../../platform/settings-group.js';
import {
  announceCatalogChange,
  dropStarterTree,
  ProductStatusEnum,
  type CatalogLookup,
  type ProductService,
} from '../catalog/index.js';
import type { OwnerService } from '../identity/index.js';
import type { FirstDelivery } from '../shipping/index.js';
import {
  contactGroup,
  languagesGroup,
  regionalGroup,
  sellerGroup,
  shopGroup,
  taxGroup,
  type SettingsService,
} from '../store/index.js';
import { COUNTRIES } from './country-defaults.js';
import { dropTokens, openUntil } from './setup-links.js';
import type { SetupCompleteInput, SetupProductInput } from './setup.input.js';

/** Staff give it another one with its first change. */
const FIRST_SKU = 'P-1';

/*
 * The set-up of a shop: one transaction
 *
 * Who sets a shop up holds the link that its start has printed; the first visitor without it owns nothing. In one
 * transaction the link is taken, the owner's account is made, settings, zones and a way of delivery, the tree of categories
 * and the first product are written, and all links are deleted. If anything is refused, nothing is there, and the link
 * still opens the set-up.
 *
 * Locks, in this order: an advisory lock of the set-up, that of all writes about staff and the owner's account
 * (`owner.service.ts`), the rows of the settings in the order of `settings`, that of deliveries, that of the tree of
 * categories, and the version of the catalog last. Two browsers that complete at once wait for each other at the first
 * one: the second sees the owner that the first has made and is told ALREADY_SET_UP. The command `owner` takes the lock of
 * staff alone: whichever comes first, there is one owner, and the set-up that comes second is refused whole. The password is
 * hashed before the transaction.
 */
const lockSetup = statement('setup.lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('set-up', 7244))`,
});

const ownedAlready = statement('setup.owned', {
  row: { is: t.boolean },
  sql: `SELECT EXISTS (SELECT FROM app_user WHERE role = 'OWNER') AS is`,
});

export interface SetupDeps {
  readonly database: Database;
  readonly settings: SettingsService;
  readonly reference: CatalogLookup;
  readonly products: Pick<ProductService, 'insertFirst'>;
  readonly owners: Pick<OwnerService, 'firstPassword' | 'begin'>;
  readonly firstDelivery: FirstDelivery;
  /** Called once the set-up is committed: what this process holds need not wait for the announcement. */
  readonly onCommit: () => void;
}

type Given = Omit<SetupCompleteInput, 'token'>;

export class SetupService {
  constructor(private readonly deps: SetupDeps) {}

  /**
   * Sets the shop up and returns the id of its first product, or null.
   *
   * @throws DomainError SETUP_TOKEN_INVALID, ALREADY_SET_UP, and whatever is refused of what was given, with its path
   */
  async complete({ token, ...given }: SetupCompleteInput, requestId: string): Promise<string | null> {
    const { database, owners, settings } = this.deps;
    await this.assertOpen(database, token);
    const passwordHash = await at('owner', () => owners.firstPassword(given.owner, given.owner.password));
    // Nobody is signed in yet: the log has it as of the shop itself.
    const scope = { actorKind: 'SYSTEM', actorId: null, operation: 'setupComplete', requestId } as const;
    const reference = await this.deps.reference.get();
    const productId = await recordedLike(scope, () =>
      database.transaction(async (tx) => {
        await tx.rows(lockSetup);
        const owner = await owners.begin(tx, given.owner, passwordHash);
        if (!owner) throw alreadySetUp();
        await this.assertOpen(tx, token);
        await this.writeSettings(tx, given, owner.id);
        await this.writeDelivery(tx, given, owner.id);
        if (!given.keepCategories) await dropStarterTree(tx);
        const product = given.product ? await this.writeProduct(tx, given.product, reference) : null;
        await tx.count(dropTokens);
        await announceCatalogChange(tx);
        return product;
      }),
    );
    settings.settled();
    this.deps.reference.drop();
    this.deps.onCommit();
    return productId;
  }

  private async assertOpen(from: Pick<Tx, 'row'>, token: string): Promise<void> {
    if (await openUntil(from, token)) return;
    if ((await from.row(ownedAlready))?.is) throw alreadySetUp();
    throw new DomainError('SETUP_TOKEN_INVALID', 'This link opens nothing any more.', ['token']);
  }

  private async writeSettings(tx: Tx, { shop, seller }: Given, actorId: string): Promise<void> {
    const write = <T extends object>(part: string, group: SettingsGroup<T>, changes: Partial<T>) =>
      at(part, () => this.deps.settings.updateWithin(tx, group, { changes, expectedVersion: null, actorId }));
    if (shop) {
      const { name, country: homeCountry, currency, timeZone, languages, chargesTax: payer } = shop;
      if (!COUNTRIES.some(({ code }) => code === homeCountry))
        throw new InvalidInputError('Choose one of the countries of the set-up.', ['shop', 'country']);
      const [defaultLanguage] = languages;
      await write('shop', shopGroup, { name });
      await write('shop', regionalGroup, { homeCountry, currency, timeZone });
      if (defaultLanguage)
        await write('shop', languagesGroup, {
          ...{ offered: languages, kept: languages },
          ...{ defaultLanguage, rootLanguage: defaultLanguage },
        });
      await write('shop', taxGroup, { payer, payerSince: null });
    }
    if (!seller) return;
    const { name, address, taxId, registrationNumber = null, email = null } = seller;
    await write('seller', sellerGroup, { name, address, taxId, registrationNumber });
    if (email) await write('seller', contactGroup, { email });
  }

  private async writeDelivery(tx: Tx, { delivery = null }: Given, actorId: string): Promise<void> {
    const { settings, firstDelivery } = this.deps;
    const { homeCountry: home, currency } = await settings.lockShared(tx, regionalGroup);
    const { defaultLanguage: language } = await settings.lockShared(tx, languagesGroup);
    const price = delivery && { price: delivery.price, freeFrom: delivery.freeFrom ?? null };
    await firstDelivery.begin(tx, { home, language, currency }, price, actorId);
  }

  private async writeProduct(
    tx: Tx,
    { translations, price, stock }: SetupProductInput,
    reference: Awaited<ReturnType<CatalogLookup['get']>>,
  ): Promise<string> {
    const { defaultLanguage } = await this.deps.settings.lockShared(tx, languagesGroup);
    const product = {
      translations,
      status: ProductStatusEnum.ACTIVE,
      variants: [{ sku: FIRST_SKU, price, stock }],
    };
    return at('product', () =>
      this.deps.products.insertFirst(tx, product, { ...reference, defaultLanguage }),
    );
  }
}

const alreadySetUp = (): DomainError =>
  new DomainError('ALREADY_SET_UP', 'The shop has an owner. Sign in instead.');

/** What is refused of a part of the set-up stands at its field there. */
async function at<T>(part: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainErrors) throw new DomainErrors(error.errors.map((one) => below(part, one)));
    throw error instanceof DomainError ? below(part, error) : error;
  }
}

function below(part: string, error: DomainError): DomainError {
  return new DomainError(error.code, error.message, [part, ...(error.path ?? [])]);
}
