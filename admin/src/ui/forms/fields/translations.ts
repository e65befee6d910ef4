import { z } from 'zod';
import type { LanguageCode } from '../../../generated/shell/graphql';
import type { Tools } from '../../useTools';
import { encodeValue } from './codecs';

/** Texts of one language, as a form holds them. */
export type TextsByLanguage = Record<string, Record<string, string>>;

/** Whether anything is written in a language. */
export const isWritten = (texts: Readonly<Record<string, unknown>> | undefined): boolean =>
  Object.values(texts ?? {}).some((text) => typeof text === 'string' && text.trim() !== '');

/**
 * Texts in each language: an object by language in the form, a list in the API. A language without any text is left out;
 * where one text is written, the schemas of the parts apply to all of that language.
 *
 * @param options `locale` or `language` is the name of the code in the input; `mustHave` says which language may not be
 *   left out: the shop's default one, or whichever it is. Its message stands at the first part.
 */
export function translations<Parts extends z.ZodRawShape, By extends 'locale' | 'language' = 'locale'>(
  tools: Tools,
  parts: Parts,
  options: { by?: By; mustHave?: 'default' | 'any'; missing?: string } = {},
) {
  const by = (options.by ?? 'locale') as By;
  const texts = z.object(parts);
  type Written = z.output<typeof texts> & { [Name in By]: LanguageCode };

  function decode(held: TextsByLanguage, payload: z.core.ParsePayload): Written[] {
    const wanted = wantedLanguage(held, tools, options.mustHave);
    return tools.contentLanguages.flatMap((language): Written[] => {
      if (!isWritten(held[language]) && language !== wanted) return [];
      const read = texts.safeParse(held[language] ?? {});
      if (read.success) return [{ [by]: language, ...read.data } as Written];
      for (const { path, message } of read.error.issues) {
        payload.issues.push({ code: 'custom', input: held, path: [language, ...path], message });
      }
      return [];
    });
  }

  function encode(list: readonly Written[] | null): TextsByLanguage {
    return Object.fromEntries(
      tools.contentLanguages.map((language) => [
        language,
        encodeValue(
          texts,
          list?.find((each) => each[by] === language),
        ),
      ]),
    ) as TextsByLanguage;
  }

  return z.codec(z.custom<TextsByLanguage>(), z.custom<Written[]>(), { decode, encode });
}

/** The language that has to be written although nothing is: then its fields say what is missing. */
function wantedLanguage(
  held: TextsByLanguage,
  { defaultLanguage, contentLanguages }: Tools,
  mustHave: 'default' | 'any' | undefined,
): LanguageCode | undefined {
  if (mustHave === 'default') return defaultLanguage;
  const isAnyWritten = contentLanguages.some((language) => isWritten(held[language]));
  return mustHave === 'any' && !isAnyWritten ? defaultLanguage : undefined;
}

/** The languages that a form shows: those of the shop, and others in which something is written. */
export const shownLanguages = (
  held: TextsByLanguage | undefined,
  { contentLanguages, shopLanguages }: Pick<Tools, 'contentLanguages' | 'shopLanguages'>,
): LanguageCode[] =>
  contentLanguages.filter((language) => shopLanguages.includes(language) || isWritten(held?.[language]));
