import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { GraphQLScalarType } from 'graphql';
import { localized, type Language } from '../../../kernel/languages.js';
import type {
  CustomFieldDeclaration,
  StoredFieldValues,
} from '../../../platform/fields/field-declaration.js';
import { fittingValue } from '../../../platform/fields/read-field.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { CalendarDate, MinorUnits } from '../../../platform/graphql/scalars.js';
import type { CustomFieldOwner } from '../custom-field-owners.js';

type Class = new () => object;
export type ValueType = StringConstructor | BooleanConstructor | GraphQLScalarType | object;

/** What the resolvers of the typed fields read from. */
export interface TypedValues {
  readonly values: StoredFieldValues;
}

@InputType({ description: 'The text of a declared field in one language.' })
export class FieldTextInput {
  @Field(() => LanguageCode, { description: 'Its language, once in the list.' })
  language!: Language;

  @Field(() => String, { description: 'The text; blank for none.' })
  text!: string;
}

/** An empty class with a name, for the decorators that make a type of it. */
export function namedClass(name: string): Class {
  return { [name]: class {} }[name] as Class;
}

/** The type of one value in the schema; an enum of its own for a field with options. */
export function valueTypes(owner: string, fields: readonly CustomFieldDeclaration[]): Map<string, ValueType> {
  return new Map(fields.map((field) => [field.name, valueType(owner, field)]));
}

function valueType(owner: string, { name, type, label, options = [] }: CustomFieldDeclaration): ValueType {
  switch (type) {
    case 'string':
    case 'text':
      return String;
    case 'int':
      return Int;
    case 'money':
      return MinorUnits;
    case 'boolean':
      return Boolean;
    case 'date':
      return CalendarDate;
    case 'enum': {
      const values = Object.fromEntries(options.map(({ value }) => [value, value]));
      registerEnumType(values, {
        name: `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        description: `The choices of the field “${label['en']}”.`,
        valuesConfig: Object.fromEntries(
          options.map((option) => [option.value, { description: `${option.label['en']}.` }]),
        ),
      });
      return values;
    }
  }
}

/**
 * The type with the values of these fields, by name. A field without a value is null; texts are in the language of the
 * request.
 */
export function valuesType(
  { name: owner, role, read }: Pick<CustomFieldOwner, 'name' | 'role' | 'read'>,
  fields: readonly CustomFieldDeclaration[],
  types: ReadonlyMap<string, ValueType>,
): Class {
  const name = `${owner}CustomFields`;
  const Values = namedClass(name);
  for (const field of fields) {
    const type = types.get(field.name) as never;
    const decorators = [
      Derived<TypedValues>(
        () => (field.list ? [type] : type),
        ({ values }, context) => typedValue(field, values, context),
        { nullable: true, description: describedAs(field) },
      ),
      ...(field.list ? [ListSize(5)] : []),
      ...(field.public ? [] : [Auth(role, read)]),
    ];
    for (const decorate of decorators) decorate(Values.prototype as object, field.name);
  }
  ObjectType(name, { description: `The fields that plugins and vitrine.config.ts declare for ${owner}.` })(
    Values,
  );
  return Values;
}

function typedValue(
  field: CustomFieldDeclaration,
  values: StoredFieldValues,
  { language, defaultLanguage }: RequestContext,
): unknown {
  const value = fittingValue(field, values[field.name]);
  return field.translated ? localized(value as never, language, defaultLanguage) : value;
}

/** The input of this name with new values of these fields. */
export function valuesInput(
  name: string,
  fields: readonly CustomFieldDeclaration[],
  types: ReadonlyMap<string, ValueType>,
): Class {
  const Input = namedClass(name);
  for (const field of fields) {
    const type = (field.translated ? FieldTextInput : types.get(field.name)) as never;
    Field(() => (field.list || field.translated ? [type] : type), {
      nullable: true,
      description: `${describedAs(field)} Left out it stays; null empties it.`,
    })(Input.prototype as object, field.name);
  }
  InputType(name, { description: 'New values of declared fields; those that are left out stay.' })(Input);
  return Input;
}

function describedAs({ label, help }: CustomFieldDeclaration): string {
  return [label, help].flatMap((text) => (text?.['en'] ? [sentence(text['en'])] : [])).join(' ');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
