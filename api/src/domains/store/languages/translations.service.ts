import { GraphQLError } from 'graphql';
import { InvalidInputError, NotFoundError, DomainError } from '../../../kernel/errors.js';
import { hasWords, type Language } from '../../../kernel/languages.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import {
  coverageOf,
  missingTexts,
  presentTexts,
  type Coverage,
  type MissingText,
  type Texts,
} from '../../../platform/texts.js';
import type { SettingsService } from '../settings.service.js';
import { knownWords, WORD_AREAS, type KnownWord, type WordArea } from './known-words.js';
import { languagesGroup, type ShopLanguageSettings } from './languages-group.js';
import type { MessageOverrides } from './message-override.service.js';
import type { ShopWords } from './shop-words.js';

const LONGEST_WORD = 2_000;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

interface Deps {
  readonly database: Database;
  readonly settings: SettingsService;
  readonly texts: Texts;
  readonly words: ShopWords;
  readonly overrides: MessageOverrides;
}

export interface SavedTranslation {
  readonly language: Language;
  readonly area: string;
  readonly id: string;
  readonly field: string;
  readonly text: string;
}

interface Page<T> {
  readonly nodes: T[];
  readonly endCursor: string | null;
}

/** How much of the shop is written in each language, what is missing, and writing it. */
export class Translations {
  constructor(private readonly deps: Deps) {}

  /** Of each area that has a text; the words of the program last. */
  async coverage(language: Language): Promise<Coverage[]> {
    const { database, texts } = this.deps;
    const { defaultLanguage: main } = await this.deps.settings.get(languagesGroup);
    const areas = [];
    for (const source of texts.all) areas.push(await coverageOf(database, source, { language, main }));
    const words = WORD_AREAS.map((area) => this.wordCoverage(area, language, main));
    return [...areas.filter(({ total }) => total > 0), ...(await Promise.all(words))];
  }

  /** @throws NotFoundError for an area that no module has */
  async missing(
    { language, area }: { readonly language: Language; readonly area: string },
    { first, after }: { readonly first: number; readonly after: string | null },
  ): Promise<Page<MissingText>> {
    const { defaultLanguage: main } = await this.deps.settings.get(languagesGroup);
    if (isWordArea(area)) return pageOf(await this.missingWords(area, language, main), { first, after });
    const source = this.deps.texts.of(area);
    if (!source) throw new NotFoundError('area', ['area']);
    const found = await missingTexts(this.deps.database, source, {
      ...{ language, main },
      ...{ first: first + 1, after: placeOf(after) },
    });
    const nodes = found.slice(0, first);
    const last = found.length > first ? nodes.at(-1)?.place : undefined;
    return { nodes, endCursor: last ? `${last.id}:${last.field}` : null };
  }

  /** The words of an area as the program and staff say them; with `search` those that have it in their text or key. */
  async wordsOf(
    { language, area, search }: { language: Language; area: WordArea; search: string },
    slice: { readonly first: number; readonly after: string | null },
  ): Promise<
    Page<Omit<KnownWord, 'text'> & { own: string; text: string | null; language: Language; id: string }>
  > {
    const { defaultLanguage } = await this.deps.settings.get(languagesGroup);
    const written = (await this.deps.words.get()).get(language);
    const wanted = search.trim().toLowerCase();
    const words = knownWords(language, defaultLanguage)
      .filter((word) => word.area === area)
      .map((word) => {
        const text = written?.get(word.key) ?? null;
        return { ...word, id: word.key, own: word.text, text, language };
      })
      .filter(({ key, own, text }) => `${key} ${own} ${text ?? ''}`.toLowerCase().includes(wanted));
    return pageOf(words, slice);
  }

  /** The word as it is in a language; null when there is none. */
  async word(language: Language, key: string): Promise<object | null> {
    const { defaultLanguage } = await this.deps.settings.get(languagesGroup);
    const known = knownWords(language, defaultLanguage).find((word) => word.key === key);
    const text = (await this.deps.words.get()).get(language)?.get(key) ?? null;
    return known ? { ...known, own: known.text, text, language } : null;
  }

  /**
   * Writes one text by the rules of its module.
   *
   * @throws GraphQLError FORBIDDEN without the permission of the module
   * @throws DomainError LANGUAGE_NOT_KEPT | NotFoundError | InvalidInputError, and what the module refuses with
   */
  async save({ language, area, id, field, text }: SavedTranslation, viewer: Viewer): Promise<Coverage> {
    const { database, settings, texts, overrides } = this.deps;
    const { kept, defaultLanguage: main } = await settings.get(languagesGroup);
    const actorId = viewer.userId;
    if (isWordArea(area)) {
      await overrides.set({ language, key: id, text, actorId });
      return this.wordCoverage(area, language, main);
    }
    if (!kept.includes(language))
      throw new DomainError('LANGUAGE_NOT_KEPT', 'Add this language to the shop first.', ['language']);
    const source = texts.of(area);
    if (!source) throw new NotFoundError('area', ['area']);
    if (!viewer.permissions.has(source.permission))
      throw new GraphQLError('You may not do this.', { extensions: { code: 'FORBIDDEN' } });
    const known = source.fields.find(({ name }) => name === field);
    if (!known || !UUID.test(id)) throw new NotFoundError('text', [known ? 'id' : 'field']);
    if (text.trim() === '') throw new InvalidInputError('Write a text.', ['text']);
    if (text.length > known.most) throw new InvalidInputError(`At most ${known.most} characters.`, ['text']);
    const row = await presentTexts(database, source, { rowId: id, language });
    if (!row) throw new NotFoundError('text', ['id']);
    const present = { ...row.present, [field]: text };
    await source.write({ id, language, field, text, present, version: row.version, actorId });
    return coverageOf(database, source, { language, main });
  }

  private async wordCoverage(area: WordArea, language: Language, main: Language): Promise<Coverage> {
    const all = knownWords(language, main).filter((word) => word.area === area);
    if (hasWords(language)) return { area, total: all.length, written: all.length };
    const missing = await this.missingWords(area, language, main);
    return { area, total: all.length, written: all.length - missing.length };
  }

  private async missingWords(area: WordArea, language: Language, main: Language): Promise<MissingText[]> {
    if (hasWords(language)) return [];
    const written = (await this.deps.words.get()).get(language);
    return knownWords(language, main)
      .filter((word) => word.area === area && !written?.has(word.key))
      .map(({ key, text }) => ({
        ...{ id: key, field: 'text', source: text, kind: 'LINE', most: LONGEST_WORD },
        label: key.slice(key.lastIndexOf('/') + 1).replace(/[:.]/g, ' · '),
      }));
  }
}

/**
 * For the change of the default language, in its transaction: what no language falls back to must not be missing.
 *
 * @throws DomainError DEFAULT_LANGUAGE_INCOMPLETE with how many names are missing, by area
 */
export function refuseIncomplete(texts: Texts) {
  return async (
    tx: Tx,
    { defaultLanguage: language }: ShopLanguageSettings,
    before: ShopLanguageSettings,
  ): Promise<void> => {
    if (language === before.defaultLanguage) return;
    const lacking: string[] = [];
    for (const source of texts.all) {
      const of = { language, main: before.defaultLanguage, names: true };
      const { total, written } = await coverageOf(tx, source, of);
      if (written < total) lacking.push(`${source.area} ${total - written}`);
    }
    if (lacking.length > 0)
      throw new DomainError(
        'DEFAULT_LANGUAGE_INCOMPLETE',
        `Names that are missing in this language: ${lacking.join(', ')}.`,
        ['defaultLanguage'],
      );
  };
}

export function isWordArea(area: string): area is WordArea {
  return (WORD_AREAS as readonly string[]).includes(area);
}

function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  { first, after }: { readonly first: number; readonly after: string | null },
): Page<T> {
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const nodes = all.slice(start, start + first);
  return { nodes, endCursor: start + first < all.length ? (nodes.at(-1)?.id ?? null) : null };
}

/** @throws InvalidInputError for a cursor of another list */
function placeOf(cursor: string | null): { id: string; field: number } | null {
  if (cursor === null) return null;
  const [id = '', field = ''] = cursor.split(':');
  if (!UUID.test(id) || !/^\d{1,3}$/.test(field))
    throw new InvalidInputError('This cursor does not belong to this list.', ['after']);
  return { id, field: Number(field) };
}
