import type { Component } from 'vue';
import type { FilterChoice } from '../../lists/list';
import type { Tools } from '../../useTools';

/** What a field of a form may be drawn as. Its form value stands behind it; the codecs of `codecs.ts` make it of what the API takes. */
export type FieldKind =
  /** One line: a string. */
  | 'text'
  /** One line in the letters of code: a string. */
  | 'code'
  /** A password or key: never kept in the browser. */
  | 'secret'
  /** Several lines: a string. */
  | 'long-text'
  /** One entry a line: a string, `lines()`. */
  | 'lines'
  /** Formatted text: HTML. */
  | 'rich-text'
  /** A whole number that is always there, with buttons for more and less: a number. */
  | 'number'
  /** A whole number that may be absent: its text, `optionalWhole()`. */
  | 'whole'
  /** An amount in the currency of the shop: its text, `money()` or `optionalMoney()`. */
  | 'money'
  /** A day: `2026-11-30`, or empty, `optionalDay()`. */
  | 'day'
  /** A moment, written in the time zone of the shop: `2026-11-30T09:30`, or empty, `optionalMoment()`. */
  | 'moment'
  /** One of a few: a string. */
  | 'choice'
  /** One of a few that are all in sight: a string. */
  | 'radio'
  /** One of many, with a field to search in: a string. */
  | 'search'
  /** Some of a few: a list of strings in the order of the choices. */
  | 'choices'
  /** Yes or no. */
  | 'switch'
  | 'checkbox'
  /** `parts` in each language of the shop: an object by language, `translations()`. */
  | 'translations'
  /** A list whose rows have `parts`: an array of objects. */
  | 'rows'
  /** A component of the page, given `modelValue`, `name`, `label` and `disabled`. */
  | 'own';

/** One field of a form, drawn by its kind. */
export interface FieldDefinition<Entity> {
  /** The key of the message that names it, or its name where that is data of the shop. */
  label: string | ((tools: Tools, entity: Entity | undefined) => string);
  /** The key of the message below it. */
  help?: string;
  /** Instead of `help`, a text that follows what is entered. */
  explain?: (tools: Tools, entity: Entity | undefined, values: FormValues) => string | undefined;
  kind: FieldKind;
  /** The key of the message in an empty line, an example of what to enter, or a text in its place. */
  placeholder?: string | ((tools: Tools, entity: Entity | undefined) => string);
  /** What a line may be completed to, of the kind `text`. */
  suggestions?: (tools: Tools, entity: Entity | undefined) => readonly string[];
  /** The keyboard of a phone, of the kind `text`. */
  type?: 'email' | 'tel' | 'url';
  /** How many letters a line, or a text of several, takes. */
  letters?: number;
  /** Of `choice`, `radio`, `search` and `choices`. */
  choices?: (tools: Tools, entity: Entity | undefined, values: FormValues) => readonly FilterChoice[];
  /**
   * Of `translations` and `rows`: the fields of one language, or of one row. Of `own` where its value is an object: its
   * fields, by which errors and clashes name them.
   */
  parts?: Readonly<Record<string, FieldDefinition<Entity>>>;
  /** Of `rows`: the values of a new row. */
  newRow?: () => Record<string, unknown>;
  /** Of `rows`: the key of the message on the button that adds one. */
  addLabel?: string;
  /** Of `rows` that have an id: how a row is named where it clashes with a colleague's. */
  rowName?: (entity: Entity | undefined, id: string) => string | undefined;
  /** Of `own`. */
  component?: Component;
  /** The least and the greatest of a `number`. */
  least?: number;
  most?: number | ((entity: Entity | undefined, values: FormValues) => number);
  /** Says that it may be left empty. */
  isOptional?: boolean | ((values: FormValues) => boolean);
  /** Whether two of its kind stand side by side. */
  isHalf?: boolean;
  /** Whether it cannot be changed; the entity is undefined while a new one is made. */
  isFixed?: (entity: Entity | undefined, values: FormValues) => boolean;
  /** Whether it is there at all. */
  isFor?: (entity: Entity | undefined, values: FormValues, tools: Tools) => boolean;
  /** The field of the mutation's input that errors name, where it is called differently there. */
  inputName?: string;
}

/** What is in the fields of a form at this moment. */
export type FormValues = Readonly<Record<string, unknown>>;

/** Slots by which a page draws a field by itself: `field-lines` draws `lines`. What is in all fields may be written to. */
export type FieldSlots<More = object> = {
  [Name in `field-${string}`]?: (at: { values: Record<string, unknown> } & More) => unknown;
};
