import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { visibleText } from '../../../kernel/invisible-characters.js';
import { languageDataOf, type Language } from '../../../kernel/languages.js';
import { violatedConstraint, type Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { SettingsService } from '../settings.service.js';
import { messageOverridden } from '../store.events.js';
import { knownWords, placeholdersOf } from './known-words.js';
import { languagesGroup } from './languages-group.js';
import { MessageOverrideEntity } from './message-override.entity.js';
import { announceWords, type ShopWords } from './shop-words.js';

const LONGEST = 2_000;

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly settings: SettingsService;
  readonly words: ShopWords;
}

export interface WrittenWord {
  readonly language: Language;
  /** `file:key`. */
  readonly key: string;
  /** Null takes the program's own word again. */
  readonly text: string | null;
  readonly actorId: string;
}

/** Staff writes of words of the interface. Each is one transaction: the row, its event and the announcement. */
export class MessageOverrides {
  constructor(private readonly deps: Deps) {}

  /**
   * The transaction locks the row (FOR NO KEY UPDATE) and writes it; the last one who writes a word holds. Of two who write
   * one for the first time the second finds the key taken, and tries again with the row of the first.
   *
   * @throws NotFoundError for a word that the program does not have
   * @throws DomainError LANGUAGE_NOT_KEPT, MESSAGE_PLACEHOLDERS | InvalidInputError
   */
  async set({ language, key, text, actorId }: WrittenWord): Promise<void> {
    const { database, outbox, settings, words } = this.deps;
    const { kept, defaultLanguage } = await settings.get(languagesGroup);
    if (!kept.includes(language))
      throw new DomainError('LANGUAGE_NOT_KEPT', 'Add this language to the shop first.', ['language']);
    const own = knownWords(language, defaultLanguage).find((word) => word.key === key);
    if (!own) throw new NotFoundError('word', ['key']);
    const value = text === null ? null : checked(text, own.text, language);
    await again(() =>
      database.transaction(async (tx) => {
        const rows = tx.repository(MessageOverrideEntity);
        const row = await rows.lock({ language, key });
        if (row && value !== null && !(await rows.update(row, { value }))) return;
        if (row && value === null) await rows.delete({ language, key });
        if (!row && value === null) return;
        if (!row && value !== null) await rows.insert([{ language, key, value }]);
        await outbox.append(tx, messageOverridden(actorId, { language, key }, newId()));
        await announceWords(tx);
      }),
    );
    words.drop();
    outbox.notifyRelay();
  }
}

async function again(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violatedConstraint(error) !== 'message_override_pkey') throw error;
    await write();
  }
}

/**
 * A word as it is stored. Pages and mails read it as text, yet no sign of HTML is taken, whoever reads it one day. A
 * vertical line stands between the forms of a plural: where the program has one form, a line would hide what follows it.
 *
 * @throws InvalidInputError | DomainError MESSAGE_PLACEHOLDERS
 */
function checked(text: string, own: string, language: Language): string {
  const value = visibleText(text).trim();
  if (value === '')
    throw new InvalidInputError('Write a word, or take the own one of the program.', ['text']);
  if (value.length > LONGEST) throw new InvalidInputError(`At most ${LONGEST} characters.`, ['text']);
  if (/[<>]/.test(value) || !isMessage(value))
    throw new InvalidInputError('Plain words, without < and > and with whole braces.', ['text']);
  const forms = formsOf(value);
  if (forms.length > mostForms(own, language) || forms.some((form) => form.trim() === ''))
    throw new InvalidInputError('One text; of a plural as many, with | between them, as the language has.', [
      'text',
    ]);
  const wanted = placeholdersOf(own);
  const unknown = placeholdersOf(value).filter((name) => !wanted.includes(name));
  const inEach = wanted.filter((name) => name !== 'n' && hasInEach(own, name));
  const missing = [
    ...inEach.filter((name) => !hasInEach(value, name)),
    ...wanted.filter((name) => name !== 'n' && !placeholdersOf(value).includes(name)),
  ];
  if (unknown.length + missing.length > 0)
    throw new DomainError(
      'MESSAGE_PLACEHOLDERS',
      `It needs exactly these: ${wanted.map((name) => `{${name}}`).join(' ') || 'none'}.`,
      ['text'],
    );
  return value;
}

const formsOf = (message: string): string[] => message.split('|');

const hasInEach = (message: string, name: string): boolean =>
  formsOf(message).every((form) => placeholdersOf(form).includes(name));

function mostForms(own: string, language: Language): number {
  const { length } = formsOf(own);
  return length === 1 ? 1 : Math.max(length, languageDataOf(language).pluralForms.length);
}

/** In the format of vue-i18n, which pages, mails and documents read: names in braces, and {'@'} for that sign. */
function isMessage(value: string): boolean {
  return !/[{}@]/.test(value.replace(/\{(?:\w+|'[^']*')\}/g, ''));
}
