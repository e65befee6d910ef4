import type { Client } from '@urql/core';
import type { z } from 'zod';
import type { Answer } from '../../app/useIntent';
import type { UserError } from '../../app/user-errors';
import type { PreviewAnswer } from '../usePreview';
import type { Tools } from '../useTools';
import type { FieldDefinition, FormValues } from './fields/field';

type Refusable = Answer & { userErrors?: readonly UserError[] };

/** The values of a form as the API has them; null where a new entity has none yet. */
export type StoredValues<Values> = { readonly [Key in keyof Values]: Values[Key] | null };

/** What a form that shows its consequences asks the API. */
export interface AskedPreview<Preview> {
  /** What the answer depends on: it is asked again when that changes. */
  readonly about: object;
  readonly load: (client: Client) => Promise<PreviewAnswer<Preview>>;
}

/** A form while it is filled in. */
export interface FormMoment<Entity, Preview> {
  readonly entity: Entity | undefined;
  /** What is in the fields. */
  readonly values: FormValues;
  /** What sending would do; null while that is not known. */
  readonly preview: Preview | null;
  readonly tools: Tools;
}

/**
 * A form for making and changing entities of one type, or for one action on them. `schema`, `toFields` and the two
 * mutations are its codec: `toFields` reads what the API has, the codecs of the schema make texts of it and check and
 * read back what was typed, and the mutations send it.
 */
export interface FormDefinition<Entity, Values extends object, Preview = unknown> {
  /** Names what is kept in the browser of unsaved input; never renamed. Without it nothing is kept. */
  name?: string;
  /** Whether its input is about a person or about money: it is kept in its tab only, and for a day. */
  isPersonal?: boolean;
  /** The keys of the messages of its title for a new entity, and of its hint. */
  newTitle?: string;
  hint?: string;
  /** Instead of `hint`, a text about the entity. */
  hintOf?: (entity: Entity, tools: Tools) => string | undefined;
  /** The title for one that is there. */
  titleOf: (entity: Entity, tools: Tools) => string;
  /** The key of the message on its button, or a text that follows what is entered; "Save" by default. */
  submitLabel?: string | ((moment: FormMoment<Entity, Preview>) => string);
  /** The key of the message of the notice when it is done, or its text; "Saved" by default, none when empty. */
  done?: string | ((entity: Entity | undefined, values: Values, tools: Tools) => string);
  /** Whether what it does cannot be undone. */
  isDanger?: boolean;
  /** A word that has to be typed before it is sent. */
  confirmWord?: (entity: Entity | undefined) => string;
  /** Whether its dialog is wide, for fields that stand in rows. */
  isWide?: boolean;
  /** The field that gets the focus; the first by default. */
  focusOn?: (keyof Values & string) | 'confirmWord';
  /** What may be saved: zod with the codecs of the fields, and messages in the language of the user. */
  schema: (tools: Tools, entity: Entity | undefined) => z.ZodObject & z.ZodType<Values>;
  /** The values of an entity, and those of a new one for undefined. */
  toFields: (entity: Entity | undefined, tools: Tools) => StoredValues<Values>;
  fields: { readonly [Key in keyof Values & string]: FieldDefinition<Entity> };
  /** What else changes in the fields when the user has changed one, as texts and choices stand in them. */
  follow?: (now: FormValues, before: FormValues) => FormValues;
  /**
   * What sending would do, asked while it is filled in; null while there is nothing to ask. Nothing is sent before the
   * answer to the latest question is there, unless `needsNoPreview`.
   */
  preview?: (values: Values, entity: Entity) => AskedPreview<Preview> | null;
  needsNoPreview?: (values: Values, entity: Entity) => boolean;
  /** The key of the message why this user may not do what the preview says; nothing is sent then. */
  forbids?: (moment: Omit<FormMoment<Entity, Preview>, 'values'>) => string | undefined;
  /**
   * The values that are sent, with what the user agrees to of the preview: a total that is sent with them lets the API
   * refuse to do anything else.
   */
  agree?: (values: Values, preview: Preview) => Values;
  /** The message of an error where the form knows more about it than its code. */
  messageOf?: (error: UserError, entity: Entity | undefined, tools: Tools) => string | undefined;
  /** Fields of errors that the API returns without a path, by code. */
  fieldOfCode?: Readonly<Record<string, keyof Values & string>>;
  /**
   * Makes a new one. A function that takes the key sends it: then the same input, sent again after a lost answer or a
   * reload, is the same request and has one effect.
   */
  create?: (client: Client, values: Values, idempotencyKey: string) => Promise<Refusable>;
  /**
   * Sends the version of the entity that it is given: with another one the colleague's change is shown beside the
   * user's. What is said about the key of `create` holds here, too.
   */
  update?: (client: Client, entity: Entity, values: Values, idempotencyKey: string) => Promise<Refusable>;
}

/**
 * Describes a form once: `FormDialog` draws it, and a page with a layout of its own works with `useForm` and `EditForm`.
 * Errors stand at their fields, the changes of a colleague beside the user's, and what is typed is kept until it is saved.
 */
export function defineForm<Entity, Values extends object, Preview = unknown>(
  definition: FormDefinition<Entity, Values, Preview>,
): FormDefinition<Entity, Values, Preview> {
  return definition;
}
