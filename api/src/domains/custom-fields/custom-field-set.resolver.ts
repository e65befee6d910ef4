import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CustomFieldDeclaration } from '../../platform/fields/field-declaration.js';
import { describeField } from '../../platform/fields/field-description.type.js';
import { shownFieldValue } from '../../platform/fields/field-value.js';
import { fittingValue } from '../../platform/fields/read-field.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import type { CustomFieldOwner } from './custom-field-owners.js';
import { customFieldsLoader } from './custom-fields.loader.js';
import { CustomFieldSet } from './custom-fields.type.js';
import type { DeclaredFields } from './declared-fields.js';

/** A resolver class with the fields of a type for forms, described; typed fields are made by `typedFieldsOf`. */
export function customFieldSetOf({
  type,
  name,
  role,
  read,
}: CustomFieldOwner): new (declared: ReadonlyMap<string, DeclaredFields>) => object {
  @Resolver(() => type as never)
  class CustomFieldSetResolver {
    private readonly fields: readonly CustomFieldDeclaration[];

    constructor(declared: ReadonlyMap<string, DeclaredFields>) {
      this.fields = declared.get(name)?.fields ?? [];
    }

    @Auth(role, read)
    @FieldResolver(() => CustomFieldSet, {
      nullable: true,
      description:
        'Its declared fields with their values, described for a form. Staff only. Written by customFieldsUpdate; where fields are declared, the field customFields has them by name.',
    })
    async customFieldSet(
      @Root() { id }: { readonly id: string },
      @Ctx() context: RequestContext,
    ): Promise<CustomFieldSet> {
      if (this.fields.length === 0) return { version: 0, fields: [] };
      const { values = {}, version = 0 } = (await customFieldsLoader(context).load(id)) ?? {};
      const fields = this.fields.map((field) => ({
        description: describeField(field, context.language),
        isPublic: field.public ?? false,
        value: shownFieldValue(fittingValue(field, values[field.name])),
      }));
      return { version, fields };
    }
  }
  return CustomFieldSetResolver;
}
