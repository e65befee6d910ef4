import type { Client } from '@urql/core';
import type { z } from 'zod';
import type { Answer } from '../../app/useIntent';
import type { FilterChoice } from '../lists/list';
import type { Tools } from '../useTools';

/** One field of a form, drawn by its kind. */
export interface FieldDefinition<Entity> {
  /** The key of the message that names it. */
  label: string;
  /** The key of the message below it. */
  help?: string;
  kind: 'text' | 'code' | 'long-text' | 'number' | 'choice' | 'switch';
  /** Of the kind `choice`. */
  choices?: (tools: Tools) => readonly FilterChoice[];
  /** Whether two of its kind stand side by side. */
  isHalf?: boolean;
  /** Whether it cannot be changed; the entity is undefined while a new one is made. */
  isFixed?: (entity: Entity | undefined) => boolean;
  /** Whether it is there at all. */
  isFor?: (entity: Entity | undefined) => boolean;
}

type Refusable = Answer & { userErrors?: readonly { code: string; path?: readonly string[] | null }[] };

/** A form for making and changing entities of one type. `toFields` and the two mutations are its codec. */
export interface FormDefinition<Entity, Fields extends object> {
  /** The keys of the messages of its title for a new entity, and of its hint. */
  newTitle: string;
  hint?: string;
  /** The title for one that is there. */
  titleOf: (entity: Entity) => string;
  /** What may be saved: zod, with messages in the language of the user. */
  schema: (tools: Tools) => z.ZodObject & z.ZodType<Fields, Fields>;
  /** The fields of an entity, and those of a new one for undefined. */
  toFields: (entity: Entity | undefined) => Fields;
  fields: { readonly [Key in keyof Fields & string]: FieldDefinition<Entity> };
  create: (client: Client, values: Fields) => Promise<Refusable>;
  /** Sends the version that was read: with another one the colleague's change is shown beside the user's. */
  update: (client: Client, entity: Entity, values: Fields) => Promise<Refusable>;
}

/** Describes a form once: `FormDialog` draws it, with errors at their fields and the changes of a colleague beside the user's. */
export function defineForm<Entity, Fields extends object>(
  definition: FormDefinition<Entity, Fields>,
): FormDefinition<Entity, Fields> {
  return definition;
}
