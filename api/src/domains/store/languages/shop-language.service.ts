import { DomainError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Language } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { SettingsService } from '../settings.service.js';
import { languagePublished } from '../store.events.js';
import { languagesGroup, type ShopLanguageSettings } from './languages-group.js';

/** The aggregate of an event about the shop itself. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What changes of a language; what is undefined stays. */
export interface LanguageChange {
  readonly isPublished?: boolean | undefined;
  /** Only to true: another one becomes the default in its place. */
  readonly isDefault?: boolean | undefined;
  /** Only to true: another one comes to the root of addresses in its place. */
  readonly isRoot?: boolean | undefined;
}

interface Change {
  readonly expectedVersion: number | null;
  readonly actorId: string;
}

/**
 * The languages of the shop, as staff keep them. All stand in one row of the settings, with one version: two people who
 * change languages at once wait for each other, and the second is told of the first (STALE_VERSION).
 */
export class ShopLanguages {
  constructor(private readonly settings: SettingsService) {}

  /** Adds a language that buyers do not read yet. One that the shop has already changes nothing. */
  async add(language: Language, change: Change): Promise<void> {
    await this.change(change, ({ kept }) => ({ kept: [...kept, language] }));
  }

  /**
   * @throws DomainError LANGUAGE_NOT_KEPT, LANGUAGE_IN_USE | LANGUAGE_NOT_OFFERED for a default or root that buyers do not
   *   read | DEFAULT_LANGUAGE_INCOMPLETE | StaleVersionError
   */
  async update(
    language: Language,
    { isPublished, isDefault, isRoot }: LanguageChange,
    change: Change,
  ): Promise<void> {
    await this.change(change, (before) => {
      assertKept(before, language);
      if (isPublished === false) assertFree(before, language, 'isPublished');
      const offered =
        isPublished === undefined
          ? before.offered
          : isPublished
            ? [...before.offered, language]
            : before.offered.filter((code) => code !== language);
      if (isRoot && !offered.includes(language))
        throw new DomainError('LANGUAGE_NOT_OFFERED', 'Publish this language first.', ['isRoot']);
      return {
        offered,
        ...(isDefault && { defaultLanguage: language }),
        ...(isRoot && { rootLanguage: language }),
      };
    });
  }

  /** Hides a language from staff and buyers. Its texts and words are kept, and are there again when it is added again. */
  async remove(language: Language, change: Change): Promise<void> {
    await this.change(change, (before) => {
      assertKept(before, language);
      assertFree(before, language, 'language');
      return {
        kept: before.kept.filter((code) => code !== language),
        offered: before.offered.filter((code) => code !== language),
      };
    });
  }

  private async change(
    { expectedVersion, actorId }: Change,
    next: (before: ShopLanguageSettings) => Partial<ShopLanguageSettings>,
  ): Promise<void> {
    const { value, version } = await this.settings.stored(languagesGroup);
    await this.settings.update(languagesGroup, {
      changes: next(value),
      // What changes follows from what was read: of two at once the second is refused, not mixed with the first.
      expectedVersion: expectedVersion ?? version,
      actorId,
    });
  }
}

/** Appends an event for each language that a change publishes, in the transaction of the change. */
export function tellPublished(outbox: Outbox) {
  return async (tx: Tx, next: ShopLanguageSettings, before: ShopLanguageSettings): Promise<void> => {
    for (const language of next.offered)
      if (!before.offered.includes(language))
        await outbox.append(tx, languagePublished(NOBODY, { language }, newId()));
  };
}

function assertKept({ kept }: ShopLanguageSettings, language: Language): void {
  if (!kept.includes(language))
    throw new DomainError('LANGUAGE_NOT_KEPT', 'The shop does not have this language.', ['language']);
}

function assertFree(
  { defaultLanguage, rootLanguage }: ShopLanguageSettings,
  language: Language,
  field: string,
): void {
  if (language === defaultLanguage || language === rootLanguage)
    throw new DomainError(
      'LANGUAGE_IN_USE',
      language === defaultLanguage
        ? 'It is the default language: choose another one first.'
        : 'It is at the root of addresses: choose another one there first.',
      [field],
    );
}
