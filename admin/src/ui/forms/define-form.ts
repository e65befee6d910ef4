import type { Client } from '@urql/core';
import type { z } from 'zod';
import type { Answer } from '../../app/useIntent';
import type { UserError } from '../../app/user-errors';
import type { Tools } from '../useTools';
import type { FieldDefinition, FormValues } from './fields/field';

type Refusable = Answer & { userErrors?: readonly UserError[] };

/** The values of a form as the API has them; null where a new entity has none yet. */
export type StoredValues<Values> = { readonly [Key in keyof Values]: Values[Key] | null };

/**
 * A form for making and changing entities of one type, or for one action on them. `schema`, `toFields` and the two
 * mutations are its codec: `toFields` reads what the API has, the codecs of the schema make texts of it and check and
 * read back what was typed, and the mutations send it.
 */
export interface FormDefinition<Entity, Values extends object> {
  /** Names what is kept in the browser of unsaved input; never renamed. Without it nothing is kept. */
  name?: string;
  /** The keys of the messages of its title for a new entity, and of its hint. */
  newTitle?: string;
  hint?: string;
  /** Instead of `hint`, a text about the entity. */
  hintOf?: (entity: Entity, tools: Tools) => string | undefined;
  /** The title for one that is there. */
  titleOf: (entity: Entity, tools: Tools) => string;
  /** The keys of the messages on its button and of the notice when it is done; "Save" and "Saved" by default. */
  submitLabel?: string;
  done?: string;
  /** Whether what it does cannot be undone. */
  isDanger?: boolean;
  /** The field that gets the focus; the first by default. */
  focusOn?: keyof Values & string;
  /** What may be saved: zod with the codecs of the fields, and messages in the language of the user. */
  schema: (tools: Tools, entity: Entity | undefined) => z.ZodObject & z.ZodType<Values>;
  /** The values of an entity, and those of a new one for undefined. */
  toFields: (entity: Entity | undefined, tools: Tools) => StoredValues<Values>;
  fields: { readonly [Key in keyof Values & string]: FieldDefinition<Entity> };
  /** What else changes in the fields when the user has changed one, as texts and choices stand in them. */
  follow?: (now: FormValues, before: FormValues) => FormValues;
  /** Fields of errors that the API returns without a path, by code. */
  fieldOfCode?: Readonly<Record<string, keyof Values & string>>;
  create?: (client: Client, values: Values, idempotencyKey: string) => Promise<Refusable>;
  /** Sends the version that was read: with another one the colleague's change is shown beside the user's. */
  update?: (client: Client, entity: Entity, values: Values, idempotencyKey: string) => Promise<Refusable>;
}

/**
 * Describes a form once: `FormDialog` draws it, and a page with a layout of its own works with `useForm` and `EditForm`.
 * Errors stand at their fields, the changes of a colleague beside the user's, and what is typed is kept until it is saved.
 */
export function defineForm<Entity, Values extends object>(
  definition: FormDefinition<Entity, Values>,
): FormDefinition<Entity, Values> {
  return definition;
}
