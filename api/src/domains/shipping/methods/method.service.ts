import { DomainError, InvalidInputError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Tx } from '../../../platform/database/database.js';
import type { KeyedRequest } from '../../../platform/database/request-keys.js';
import { cleanText } from '../../catalog/index.js';
import { languagesGroup, regionalGroup, type SettingsService } from '../../store/index.js';
import type { DeliveryChanges } from '../delivery-changes.js';
import { MethodWithoutRateError } from '../shipping.errors.js';
import { ShippingMethodEntity, type ShippingKind } from '../shipping.entity.js';
import * as sql from '../shipping.statements.js';
import { lockMethod } from './lock-method.js';

const MOST_METHODS = 100;

/** The texts of a method in one language. An absent description is kept, null clears it. */
export interface MethodTexts {
  readonly locale: Language;
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** What is entered of a method; what is left out stays. */
export interface EnteredMethod {
  readonly code?: string | undefined;
  readonly translations?: readonly MethodTexts[] | undefined;
  readonly kind?: ShippingKind | undefined;
  readonly estimatedDaysMin?: number | null | undefined;
  readonly estimatedDaysMax?: number | null | undefined;
  readonly phoneRequired?: boolean | undefined;
  readonly fallbackGrams?: number | undefined;
  readonly active?: boolean | undefined;
}

interface By {
  readonly actorId: string;
  readonly expectedVersion: number;
}

/** Ways of delivery. Locks: see `shipping.statements.ts`. */
export class MethodService {
  constructor(
    private readonly changes: DeliveryChanges,
    private readonly settings: Pick<SettingsService, 'lockShared' | 'get'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the id of the new method, which is not offered yet: it has no price. A repeat with the same key returns the
   * first one's.
   *
   * @throws InvalidInputError, DomainError SHIPPING_CODE_TAKEN, TOO_MANY_SHIPPING_METHODS
   */
  async create(
    { code, translations = [], ...entered }: Omit<EnteredMethod, 'active'> & { readonly kind: ShippingKind },
    by: { readonly actorId: string; readonly keyed: KeyedRequest | null },
  ): Promise<string> {
    const { defaultLanguage } = await this.settings.get(languagesGroup);
    const texts = withTexts({ name: {}, description: {} }, translations, defaultLanguage);
    const id = newId();
    assertDays(entered.estimatedDaysMin ?? null, entered.estimatedDaysMax ?? null);
    let currency = '';
    return this.changes.keyed(
      by.keyed,
      'methodId',
      async (tx) => {
        const { count = 0, next: position = 0 } = (await tx.row(sql.countMethods)) ?? {};
        if (count >= MOST_METHODS)
          throw new DomainError('TOO_MANY_SHIPPING_METHODS', 'A shop has at most 100 ways of delivery.');
        const method = {
          ...entered,
          ...texts,
          id,
          code: code ?? `delivery-${id.slice(-12)}`,
          currency,
          position,
        };
        await tx.repository(ShippingMethodEntity).insert([{ ...method, active: false }]);
        await this.changes.announce(tx, { id, version: 1 }, { ...by, what: 'METHOD', change: 'CREATED' });
        return id;
      },
      async (tx) => {
        currency = (await this.settings.lockShared(tx, regionalGroup)).currency;
      },
    );
  }

  /**
   * Changes what is given.
   *
   * @throws NotFoundError, StaleVersionError, InvalidInputError, DomainError SHIPPING_METHOD_ARCHIVED, SHIPPING_CODE_TAKEN
   * @throws MethodWithoutRateError when it is to be offered and has no rate
   */
  async update(id: string, { translations, ...entered }: EnteredMethod, by: By): Promise<void> {
    const { defaultLanguage } = await this.settings.get(languagesGroup);
    await this.changes.write(async (tx) => {
      const method = await lockMethod(tx, id, by.expectedVersion);
      const texts = translations && withTexts(method, translations, defaultLanguage);
      const { estimatedDaysMin = method.estimatedDaysMin, estimatedDaysMax = method.estimatedDaysMax } =
        entered;
      assertDays(estimatedDaysMin, estimatedDaysMax);
      if (entered.active && !method.active) await assertRated(tx, method);
      if (!(await tx.repository(ShippingMethodEntity).update(method, { ...entered, ...texts }))) return;
      await this.changes.announce(tx, method, { ...by, what: 'METHOD', change: 'UPDATED' });
    });
  }

  /**
   * Takes a method out of the shop for good, or back again; back it is not offered until staff switch it on. Its row
   * stays, because orders refer to it.
   *
   * @throws NotFoundError, StaleVersionError
   */
  async archive(id: string, { isArchived, ...by }: By & { readonly isArchived: boolean }): Promise<void> {
    await this.changes.write(async (tx) => {
      const method = await lockMethod(tx, id, by.expectedVersion, { isArchivedToo: true });
      if ((method.archivedAt !== null) === isArchived) return;
      const changes = { archivedAt: isArchived ? this.clock.now() : null, active: false };
      await tx.repository(ShippingMethodEntity).update(method, changes);
      const change = isArchived ? 'ARCHIVED' : 'RESTORED';
      await this.changes.announce(tx, method, { ...by, what: 'METHOD', change });
    });
  }

  /** Puts the methods that are not archived into this order. @throws DomainError STALE_ORDER unless it has each of them once */
  async reorder(ids: readonly string[], actorId: string): Promise<void> {
    await this.changes.write(async (tx) => {
      const methods = (await tx.rows(sql.allMethods)).filter(({ archivedAt }) => archivedAt === null);
      const isWhole = methods.length === ids.length && methods.every(({ id }) => ids.includes(id));
      if (!isWhole)
        throw new DomainError('STALE_ORDER', 'This is not every way of delivery once.', ['methodIds']);
      const [moved] = await tx.rows(sql.placeMethods, { ids });
      if (moved) await this.changes.announce(tx, moved, { actorId, what: 'METHOD', change: 'REORDERED' });
    });
  }
}

/** @throws InvalidInputError without a name in the shop's default language */
function withTexts(
  { name, description }: { readonly name: LocalizedText; readonly description: LocalizedText },
  translations: readonly MethodTexts[],
  required: Language,
): { readonly name: LocalizedText; readonly description: LocalizedText } {
  const names = { ...name };
  const descriptions = { ...description };
  for (const [at, text] of translations.entries()) {
    names[text.locale] = cleanText(text.name);
    if (!names[text.locale])
      throw new InvalidInputError('A name is needed.', ['translations', String(at), 'name']);
    if (text.description === undefined) continue;
    const cleaned = text.description === null ? null : cleanText(text.description);
    if (cleaned) descriptions[text.locale] = cleaned;
    else delete descriptions[text.locale];
  }
  if (!names[required])
    throw new InvalidInputError("The shop's default language is needed.", ['translations']);
  return { name: names, description: descriptions };
}

/** @throws InvalidInputError for days that no delivery takes */
function assertDays(least: number | null, most: number | null): void {
  if (least !== null && most !== null && least > most)
    throw new InvalidInputError('The slowest takes no less than the quickest.', ['estimatedDaysMax']);
  if (least !== null && most === null)
    throw new InvalidInputError('Say how long the slowest takes too.', ['estimatedDaysMax']);
}

/** @throws MethodWithoutRateError */
async function assertRated(tx: Tx, { id, code }: ShippingMethodEntity): Promise<void> {
  const rates = await tx.rows(sql.ratesOfMethod, { methodId: id });
  if (rates.length === 0) throw new MethodWithoutRateError([code], ['active']);
}
