import { z } from 'zod';
import { visibleText } from '../../../kernel/invisible-characters.js';
import { EVERY_LANGUAGE, isLanguage, type Language } from '../../../kernel/languages.js';
import { defineSettings } from '../../../platform/settings-group.js';

const LONGEST_MESSAGE = 300;

/** A moment: as clients send it, or as it is stored. */
const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]);

const message = z
  .string()
  .transform((text) => visibleText(text).trim())
  .pipe(
    z.string().min(1, 'Write a sentence.').max(LONGEST_MESSAGE, `At most ${LONGEST_MESSAGE} characters.`),
  );

/**
 * When the shop takes no orders although it can be looked at. With neither moment there is no holiday; without `from` it
 * has begun, without `until` it lasts until staff end it. It begins and ends by the clock alone: no job has to run.
 */
export const holidayGroup = defineSettings(
  'holiday',
  z
    .object({
      from: moment.nullable(),
      until: moment.nullable(),
      translations: z
        .array(z.object({ locale: z.custom<Language>((code) => isLanguage(String(code))), message }))
        .max(EVERY_LANGUAGE.length, 'One sentence for each language.')
        .refine(
          (texts) => new Set(texts.map(({ locale }) => locale)).size === texts.length,
          'One sentence for each language.',
        ),
    })
    .refine(({ from, until }) => !from || !until || from < until, {
      error: 'It ends after it has begun.',
      path: ['until'],
    }),
);

export type Holiday = z.infer<typeof holidayGroup.schema>;

/** Whether buyers cannot order at this moment. */
export function isClosed({ from, until }: Holiday, now: Date): boolean {
  if (!from && !until) return false;
  return (!from || from <= now) && (!until || now < until);
}
