import { InvalidInputError } from '../../../kernel/errors.js';
import type { TextSource } from '../../../platform/texts.js';
import type { MethodService } from './method.service.js';

/** What buyers read of ways of delivery. */
export function deliveryTexts(methods: MethodService): TextSource {
  return {
    ...{
      area: 'shippingMethods',
      from: 'shipping_method m',
      id: 'm.id',
      version: 'm.version',
      label: 'm.name',
    },
    ...{ where: 'm.archived_at IS NULL', permission: 'SETTINGS_WRITE' },
    fields: [
      { name: 'name', texts: 'm.name', kind: 'LINE', most: 100, isName: true },
      { name: 'description', texts: 'm.description', kind: 'TEXT', most: 300 },
    ],
    async write({ id, language, field, text, present, version, actorId }) {
      const { name } = present;
      if (!name) throw new InvalidInputError('Write the name first.', ['text']);
      const translations = [
        { locale: language, name, ...(field === 'description' && { description: text }) },
      ];
      await methods.update(id, { translations }, { expectedVersion: version, actorId });
    },
  };
}
