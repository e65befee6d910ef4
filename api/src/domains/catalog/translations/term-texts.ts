import type { TextField, TextSource } from '../../../platform/texts.js';
import type { AttributeService } from '../attributes/attribute.service.js';
import type { AttributeValueService } from '../attributes/attribute-value.service.js';
import type { TagService } from '../tags/tag.service.js';
import { nameOf } from './written-name.js';

interface Deps {
  readonly attributes: Pick<AttributeService, 'update'>;
  readonly values: Pick<AttributeValueService, 'update'>;
  readonly tags: Pick<TagService, 'update'>;
}

const PERMISSION = 'CATALOG_WRITE';
const NAME = { name: 'name', kind: 'LINE', most: 60, isName: true } as const satisfies Partial<TextField>;

/** What buyers read of attributes, their values and tags. */
export function termTexts({ attributes, values, tags }: Deps): TextSource[] {
  return [
    {
      ...{ area: 'attributes', from: 'attribute a', id: 'a.id', version: 'a.version', label: 'a.name' },
      ...{ where: 'true', permission: PERMISSION, fields: [{ ...NAME, texts: 'a.name' }] },
      write: ({ id, version, language, text, actorId }) =>
        attributes.update(
          id,
          { expectedVersion: version, translations: [{ locale: language, name: text }] },
          actorId,
        ),
    },
    {
      // Staff know a value by its attribute: "yes" says nothing alone. Its version is that of the attribute.
      ...{ area: 'attributeValues', from: 'attribute_value v JOIN attribute a ON a.id = v.attribute_id' },
      ...{ id: 'v.id', version: 'a.version', label: 'a.name', where: 'true', permission: PERMISSION },
      fields: [
        { ...NAME, texts: 'v.name' },
        { name: 'care', texts: 'v.care', kind: 'TEXT', most: 1_000 },
      ],
      write: ({ version, ...written }) =>
        values.update(
          written.id,
          {
            expectedVersion: version,
            translations: [
              { locale: written.language, name: nameOf(written), [written.field]: written.text },
            ],
          },
          written.actorId,
        ),
    },
    {
      ...{ area: 'tags', from: 'tag g', id: 'g.id', version: 'g.version', label: 'g.name' },
      ...{ where: 'true', permission: PERMISSION, fields: [{ ...NAME, texts: 'g.name' }] },
      write: ({ id, version, language, text, actorId }) =>
        tags.update(
          id,
          { expectedVersion: version, translations: [{ locale: language, name: text }] },
          actorId,
        ),
    },
  ];
}
