import { stringifyDocument } from '@urql/core';
import type { Messages } from '../src/app/messages/i18n';
import type { Language } from '../src/app/messages/language';
import { PageWordsDocument, type PageWordsQuery } from '../src/generated/shell/graphql';
import { ask } from './machine-pages';
import { NO_PAGE } from './early-answers';
import type { CachedPage } from './page-cache';
import { alwaysSent } from './policy';

const FILE = /^\/words\/([a-z]{2})\.([\da-f]{16})\.json$/;

export const isWordsFile = (path: string): boolean => FILE.test(path);

/** The address of the words of a language, which changes with them. */
export const wordsFile = (language: Language, version: string): string =>
  `/words/${language}.${version}.json`;

interface Held {
  readonly version: string;
  readonly words: Messages;
}

/** The words that staff of the shop wrote in place of the storefront's own, by language: those that pages asked for last. */
export class ShopWords {
  private readonly held = new Map<Language, Promise<Held | null>>();

  constructor(private readonly apiUrl: URL) {}

  /** The words of a version; those of now where that is another. Null when there are none. */
  async of(language: Language, version: string): Promise<Messages | null> {
    const held = await this.held.get(language);
    if (held?.version === version) return held.words;
    const asking = this.ask(language);
    this.held.set(language, asking);
    // A failure must not be kept: the next page asks again.
    asking.catch(() => this.held.delete(language));
    return (await asking)?.words ?? null;
  }

  /** Those that the last page in a language had; null when it had none. */
  async latest(language: Language): Promise<Messages | null> {
    return (await this.held.get(language)?.catch(() => null))?.words ?? null;
  }

  /** The file of a version, which never changes; another version is told once and kept by nobody. */
  async file(path: string): Promise<CachedPage> {
    const [, language = '', version = ''] = FILE.exec(path) ?? [];
    const words = await this.of(language as Language, version).catch(() => null);
    const isSame = (await this.held.get(language as Language)?.catch(() => null))?.version === version;
    const cacheControl = isSame ? 'public, max-age=31536000, immutable' : 'no-store';
    return {
      status: words ? 200 : 404,
      headers: {
        ...(words ? alwaysSent : NO_PAGE),
        'content-type': 'application/json; charset=utf-8',
        'cache-control': cacheControl,
      },
      body: JSON.stringify(words ?? {}),
      mayBeKept: false,
    };
  }

  private async ask(language: Language): Promise<Held | null> {
    const text = stringifyDocument(PageWordsDocument);
    const { pageWords } = await ask<PageWordsQuery>(this.apiUrl, text, {}, language);
    const { version, words } = pageWords;
    return version === null || version === undefined ? null : { version, words: nested(words) };
  }
}

/** Words by their keys, such as `nav.cart`, as the files of messages hold them. */
function nested(words: PageWordsQuery['pageWords']['words']): Messages {
  const messages: Messages = {};
  for (const { key, text } of words) {
    const parts = key.split('.');
    const last = parts.pop() ?? '';
    let place = messages;
    for (const part of parts) {
      const below = Object.hasOwn(place, part) ? place[part] : undefined;
      place = typeof below === 'object' ? below : (place[part] = {} as Messages);
    }
    place[last] = text;
  }
  return messages;
}
