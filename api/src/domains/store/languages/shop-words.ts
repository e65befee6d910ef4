import { createHash } from 'node:crypto';
import type { Language } from '../../../kernel/languages.js';
import { CatalogCache } from '../../../platform/database/catalog-cache.js';
import { statement, t, type Database, type Tx } from '../../../platform/database/database.js';
import type { Listener } from '../../../platform/database/listener.js';
import { speakWith, writtenIn } from '../../../platform/messages.js';
import type { SettingsService } from '../settings.service.js';
import { languagesGroup } from './languages-group.js';

/** On which a change of a word is announced. */
const CHANNEL = 'vitrine_words';

/** The files of messages that pages of the storefront read. */
const OF_PAGES = /^storefront(?:-orders|-server)?:/;

const allWords = statement('store.written-words', {
  row: { language: t.textOf<Language>(), key: t.text, value: t.text },
  sql: 'SELECT language, key, value FROM message_override ORDER BY language, key',
});
const announce = statement('store.announce-words', {
  row: { told: t.text },
  sql: `SELECT pg_notify('${CHANNEL}', '')::text AS told`,
});

export const announceWords = (tx: Tx): Promise<unknown> => tx.rows(announce);

type Written = ReadonlyMap<Language, ReadonlyMap<string, string>>;

/** A word of a page: where it stands in the messages of the storefront, and how it is said. */
export interface PageWord {
  readonly key: string;
  readonly text: string;
}

export interface WordsOfPages {
  readonly version: string | null;
  readonly words: readonly PageWord[];
}

interface Deps {
  readonly database: Database;
  readonly listener: Listener;
  readonly settings: SettingsService;
}

/** The words of the interface that staff wrote. Held in memory; a change is announced in its own transaction. */
export class ShopWords {
  private readonly cache: CatalogCache<Written>;
  private readonly pages = new Map<Language, WordsOfPages & { readonly of: unknown }>();

  constructor(private readonly deps: Deps) {
    this.cache = new CatalogCache(deps.listener, () => this.read(), CHANNEL);
  }

  /** Before each request and job: the process speaks with the words of now. */
  async refresh(): Promise<void> {
    const { defaultLanguage } = await this.deps.settings.get(languagesGroup);
    speakWith({ written: await this.cache.get(), defaultLanguage });
  }

  async get(): Promise<Written> {
    return this.cache.get();
  }

  drop(): void {
    this.cache.drop();
  }

  /**
   * The words that pages in a language have in place of the program's own: those of that language, and of the one that is
   * read where the program has no words in it. `version` changes with them; null when there are none.
   */
  async ofPages(language: Language): Promise<WordsOfPages> {
    await this.refresh();
    const written = writtenIn(language);
    if (written.size === 0) return { version: null, words: [] };
    const known = this.pages.get(language);
    if (known?.of === written) return known;
    const words = [...written].flatMap(([key, text]) =>
      OF_PAGES.test(key) ? [{ key: key.slice(key.indexOf(':') + 1), text }] : [],
    );
    const hash = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);
    const made = { of: written, version: words.length > 0 ? hash : null, words };
    this.pages.set(language, made);
    return made;
  }

  private async read(): Promise<Written> {
    const written = new Map<Language, Map<string, string>>();
    for (const { language, key, value } of await this.deps.database.rows(allWords)) {
      const words = written.get(language) ?? new Map<string, string>();
      written.set(language, words.set(key, value));
    }
    return written;
  }
}
