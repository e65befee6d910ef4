import { languageName } from '@vitrine/client/languages';
import type { Tools } from '../../useTools';
import type { FieldDefinition, FormValues } from './field';

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
  const ownPart = field.parts?.[owner];
  // A part of a field that is one object: "Town, Shipping address".
  if (ownPart) return `${labelOf(ownPart, tools, entity)}, ${labelOf(field, tools, entity)}`;
  if (!partField) return labelOf(field, tools, entity);
  const label = labelOf(partField, tools, entity);
  if (field.kind === 'translations') return `${label}, ${languageName(owner, tools.locale)}`;
  const row = field.rowName?.(entity, owner.replace(/^#/, ''));
  return row ? `${label}, ${row}` : label;
}

interface AtPath<Entity> {
  readonly fields: Readonly<Record<string, FieldDefinition<Entity>>>;
  readonly tools: Tools;
  readonly entity: Entity | undefined;
  readonly values: FormValues;
}

/** How a value of the field at a path is read where it is one of its choices: its name. Undefined for any other value. */
export function wordOfValue<Entity>(
  path: string,
  value: unknown,
  { fields, tools, entity, values }: AtPath<Entity>,
): string | undefined {
  const [name = '', owner = '', part = ''] = path.split('.');
  const field = fields[name];
  const asked = field?.parts?.[part] ?? field?.parts?.[owner] ?? field;
  const choice = asked?.choices?.(tools, entity, values).find((each) => each.value === value);
  return choice?.label;
}

/** How a clash of a form names its field, and how a value of it is read. */
export const clashWords = <Entity>(now: () => AtPath<Entity>) => ({
  nameOf: (path: string): string => {
    const { fields, tools, entity } = now();
    return nameOfField(path, fields, tools, entity);
  },
  wordOf: (path: string, value: unknown): string | undefined => wordOfValue(path, value, now()),
});
