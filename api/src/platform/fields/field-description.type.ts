import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { localized, type Language } from '../../kernel/languages.js';
import { ListSize } from '../graphql/limits/cost-directives.js';
import { FieldValue } from './field-value.js';
import type { StepUnit } from '../strategies/steps.js';
import { ARGUMENT_TYPES, boundsOf, type DeclaredType, type FieldDeclaration } from './field-declaration.js';

export const FieldType = Object.fromEntries(Object.keys(ARGUMENT_TYPES).map((type) => [type, type])) as {
  readonly [Type in keyof typeof ARGUMENT_TYPES]: Type;
};
registerEnumType(FieldType, {
  name: 'FieldType',
  description: 'What a declared field holds.',
  valuesConfig: Object.fromEntries(
    Object.entries(ARGUMENT_TYPES).map(([type, description]) => [type, { description }]),
  ),
});

export const StepUnitEnum = { GRAMS: 'GRAMS', MONEY: 'MONEY' } as const;
registerEnumType(StepUnitEnum, {
  name: 'StepUnit',
  description: 'What the borders of steps count.',
  valuesConfig: {
    GRAMS: { description: 'Grams.' },
    MONEY: { description: 'The smallest unit of the currency of the shop.' },
  },
});

@ObjectType({ description: 'One choice of a declared field.', simpleResolvers: true })
export class FieldOption {
  @Field(() => String, { description: 'What is stored.' })
  readonly value!: string;

  @Field(() => String, { description: 'What people read, in the language of the request.' })
  readonly label!: string;
}

@ObjectType({
  description: 'A declared field: all that a client needs to draw it in a form.',
  simpleResolvers: true,
})
export class FieldDescription {
  @Field(() => String, { description: 'Its name, unique among the fields of one form.' })
  readonly name!: string;

  @Field(() => FieldType, { description: 'What it holds.' })
  readonly type!: keyof typeof ARGUMENT_TYPES;

  @Field(() => String, {
    description: 'What people call it, in the language of the request or else in English.',
  })
  readonly label!: string;

  @Field(() => String, {
    nullable: true,
    description: 'One sentence below the field; null when there is none.',
  })
  readonly help!: string | null;

  @Field(() => Boolean, { description: 'Whether a form cannot be saved without it.' })
  readonly isRequired!: boolean;

  @Field(() => Boolean, { description: 'Whether it holds several values, at most 50.' })
  readonly isList!: boolean;

  @Field(() => Boolean, { description: 'Whether it has a text in each language of the shop.' })
  readonly isTranslated!: boolean;

  @Field(() => Float, {
    nullable: true,
    description: 'The least number or amount, or the fewest characters of a text; null for other types.',
  })
  readonly min!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The greatest number or amount, or the most characters of a text; null for other types.',
  })
  readonly max!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A regular expression that the whole text must match; null when there is none.',
  })
  readonly pattern!: string | null;

  @ListSize(5)
  @Field(() => [FieldOption], { description: 'The choices of an ENUM in their order; else empty.' })
  readonly options!: readonly FieldOption[];

  @Field(() => StepUnitEnum, {
    nullable: true,
    description: 'Of STEPS: what their borders count; else null.',
  })
  readonly stepUnit!: StepUnit | null;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'What a new form shows first; null for nothing.',
  })
  readonly defaultValue!: unknown;
}

const UNBOUNDED = new Set(['boolean', 'date', 'enum', 'steps']);

/** How a field is drawn for somebody who reads this language. */
export function describeField(
  field: Omit<FieldDeclaration, 'type'> & {
    readonly type: DeclaredType | 'steps';
    readonly unit?: StepUnit;
    readonly defaultValue?: string | number | boolean;
  },
  language: Language,
): FieldDescription {
  const read = (text: FieldDeclaration['help']): string | null => localized(text, language, 'en');
  const isBounded = !UNBOUNDED.has(field.type);
  const { min, max } = boundsOf(field);
  return {
    stepUnit: field.unit ?? null,
    name: field.name,
    type: field.type.toUpperCase() as keyof typeof ARGUMENT_TYPES,
    label: read(field.label) ?? field.name,
    help: read(field.help),
    isRequired: field.required ?? false,
    isList: field.list ?? false,
    isTranslated: field.translated ?? false,
    min: isBounded ? min : null,
    max: isBounded ? max : null,
    pattern: field.pattern?.source ?? null,
    defaultValue: field.defaultValue ?? null,
    options: (field.options ?? []).map(({ value, label }) => ({ value, label: read(label) ?? value })),
  };
}
