import type { Language } from '../../../kernel/languages.js';
import type { SettingsGroup } from '../../../platform/settings-group.js';
import type { TextSource } from '../../../platform/texts.js';
import { holidayGroup } from '../holiday/holiday-group.js';
import type { SettingsService } from '../settings.service.js';
import { taxGroup } from '../tax/tax-group.js';

type Sentences = readonly { readonly locale: Language; readonly message: string }[];

interface Place<T extends object, Field extends keyof T & string> {
  readonly area: string;
  readonly group: SettingsGroup<T>;
  /** Where the sentences stand in the group, one for each language. */
  readonly field: Field;
  /** As the words of the admin call it. */
  readonly name: string;
}

/** The sentences of settings that buyers read, as texts to translate: that of the holiday, and that of invoices without tax. */
export function textsOfSettings(settings: SettingsService): TextSource[] {
  return [
    sentencesOf(settings, {
      ...{ area: 'holiday', group: holidayGroup, field: 'translations', name: 'message' },
    }),
    sentencesOf(settings, {
      ...{ area: 'invoiceMention', group: taxGroup, field: 'mention', name: 'mention' },
    }),
  ];
}

/** A group of settings is one row, whose id here is made of its key. */
function sentencesOf<Field extends string, T extends { readonly [Name in Field]: Sentences }>(
  settings: SettingsService,
  { area, group, field, name }: Place<T, Field & keyof T & string>,
): TextSource {
  const texts = `(SELECT jsonb_object_agg(e ->> 'locale', e ->> 'message') FROM jsonb_array_elements(s.value -> '${field}') e)`;
  return {
    ...{ area, from: 'shop_setting s', id: `md5('setting ' || s.key)::uuid`, version: 's.version' },
    ...{ where: `s.key = '${group.key}'`, label: texts, permission: 'SETTINGS_WRITE' },
    fields: [{ name, texts, kind: 'LINE', most: 300 }],
    async write({ language, text, version, actorId }) {
      const written: Sentences = (await settings.get(group))[field];
      const others = written.filter(({ locale }) => locale !== language);
      const changes: object = { [field]: [...others, { locale: language, message: text }] };
      await settings.update(group, { changes: changes as Partial<T>, expectedVersion: version, actorId });
    },
  };
}
