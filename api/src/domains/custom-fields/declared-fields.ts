import { StartProblem } from '../../kernel/start-problem.js';
import { assertFields } from '../../platform/fields/assert-fields.js';
import type { CustomFieldDeclaration } from '../../platform/fields/field-declaration.js';
import type { AnyModule } from '../../platform/module.js';
import { customFieldOwners, type CustomFieldOwner } from './custom-field-owners.js';

const CONFIG = 'vitrine.config.ts';

/** Modules as far as they declare fields. */
export type Declaring = Pick<AnyModule, 'name' | 'customFields'>;

/** The fields of one type, those of each module in the order of the modules. */
export interface DeclaredFields {
  readonly owner: CustomFieldOwner;
  readonly fields: readonly CustomFieldDeclaration[];
}

/**
 * What these modules declare, by the name of the type; types without a field are left out.
 *
 * @throws StartProblem for a type without custom fields, a field that cannot be kept, and a name that two modules use
 */
export function declaredFields(modules: readonly Declaring[]): ReadonlyMap<string, DeclaredFields> {
  const declared = new Map<string, DeclaredFields>();
  const firstBy = new Map<string, string>();
  for (const { name: module, customFields = {} } of modules)
    for (const [type, fields] of Object.entries(customFields)) {
      const owner = ownerNamed(module, type);
      assertFields(`${nameOf(module)} declares for ${type}`, fields);
      assertByBuyer(`${nameOf(module)} declares for ${type}`, type, fields);
      for (const { name } of fields) {
        const first = firstBy.get(`${type}.${name}`);
        if (first)
          throw new StartProblem(
            `The field ${name} of ${type} is declared twice: by ${first} and by ${module}. One of them must rename it.`,
          );
        firstBy.set(`${type}.${name}`, module);
      }
      if (fields.length > 0)
        declared.set(type, { owner, fields: [...(declared.get(type)?.fields ?? []), ...fields] });
    }
  return declared;
}

/**
 * The names of the fields that an order takes over from its cart: those that orders have by the same name and of the same
 * kind. A value that does not keep to the narrower bounds of the order's field reads as null there.
 */
export function copiedFields(declared: ReadonlyMap<string, DeclaredFields>): string[] {
  const ofOrders = declared.get('Order')?.fields ?? [];
  return (declared.get('Cart')?.fields ?? []).flatMap((field) =>
    ofOrders.some((other) => kindOf(other) === kindOf(field)) ? [field.name] : [],
  );
}

function kindOf({ name, type, list = false, translated = false }: CustomFieldDeclaration): string {
  return JSON.stringify([name, type, list, translated]);
}

/** @throws StartProblem for a field that buyers are to write and cannot */
function assertByBuyer(whose: string, type: string, fields: readonly CustomFieldDeclaration[]): void {
  for (const field of fields) {
    if (!field.byOwner || (type === 'Cart' && field.public && !field.translated)) continue;
    throw new StartProblem(
      `${whose} a field ${JSON.stringify(field.name)} that is byOwner: only a public field of Cart that is not translated can be.`,
    );
  }
}

/** The file of the shop is a module by its own name; every other one is a plugin. */
function nameOf(module: string): string {
  return module === CONFIG ? module : `The plugin ${module}`;
}

function ownerNamed(module: string, type: string): CustomFieldOwner {
  const owner = customFieldOwners.find(({ name }) => name === type);
  if (owner) return owner;
  const known = customFieldOwners.map(({ name }) => name).join(', ');
  throw new StartProblem(
    `${nameOf(module)} declares custom fields of ${type}, which has none: choose one of ${known}.`,
  );
}
