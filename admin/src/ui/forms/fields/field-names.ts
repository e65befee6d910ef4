import { languageName } from '@vitrine/client/languages';
import type { Tools } from '../../useTools';
import type { FieldDefinition } from './field';

/** The name of a field in the language of the user. */
export const labelOf = <Entity>(
  { label }: FieldDefinition<Entity>,
  tools: Tools,
  entity: Entity | undefined,
): string => (typeof label === 'string' ? tools.t(label) : label(tools, entity));

/** The name of the field at a path of the form: "Slug", "Name, Romanian" or "Price, Blue". */
export function nameOfField<Entity>(
  path: string,
  fields: Readonly<Record<string, FieldDefinition<Entity>>>,
  tools: Tools,
  entity: Entity | undefined,
): string {
  const [name = '', owner = '', part = ''] = path.split('.');
  const field = fields[name];
  if (!field) return name;
  const partField = field.parts?.[part];
  if (!partField) return labelOf(field, tools, entity);
  const label = labelOf(partField, tools, entity);
  if (field.kind === 'translations') return `${label}, ${languageName(owner, tools.locale)}`;
  const row = field.rowName?.(entity, owner.replace(/^#/, ''));
  return row ? `${label}, ${row}` : label;
}
