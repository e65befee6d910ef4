import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { NotFoundError } from '../../../kernel/errors.js';
import { requireId } from '../../../kernel/require-id.js';
import { assertPermission, Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload, Payload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { CartService } from '../../cart/index.js';
import { User } from '../../identity/index.js';
import { customFieldsLoader } from '../custom-fields.loader.js';
import type { CustomFieldsService } from '../custom-fields.service.js';
import { declaredFields, type DeclaredFields, type Declaring } from '../declared-fields.js';
import { buyerFieldsOf } from './buyer-fields.js';
import { givenValues } from './given-values.js';
import { namedClass, valuesInput, valuesType, valueTypes, type TypedValues } from './typed-values.js';

/** A resolver class with the fields and the mutation of one type. */
export type TypedResolver = new (service: CustomFieldsService, carts: CartService) => object;

/**
 * The schema belongs to no shop and is made from classes: a shop and its schema must have the same ones, and a process
 * with several shops does not make them anew for each.
 */
const made = new Map<string, readonly TypedResolver[]>();

/**
 * Resolver classes for what these modules declare: `Product.customFields` with a typed field for each, and the mutation
 * `productCustomFieldsUpdate`. The same classes for the same declarations, whatever the order of the modules.
 *
 * @throws StartProblem as `declaredFields` does
 */
export function typedFieldResolvers(modules: readonly Declaring[]): readonly TypedResolver[] {
  const sorted = modules
    .filter(({ customFields }) => customFields)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const declared = [...declaredFields(sorted).values()];
  const key = JSON.stringify(
    declared.map(({ owner, fields }) => [owner.name, fields.map((field) => [field, String(field.pattern)])]),
  );
  const known = made.get(key);
  if (known) return known;
  const classes = declared.flatMap(typedFieldsOf);
  made.set(key, classes);
  return classes;
}

interface Identified {
  readonly id: string;
}

async function valuesOf({ id }: Identified, context: RequestContext): Promise<TypedValues> {
  return { values: (await customFieldsLoader(context).load(id))?.values ?? {} };
}

function typedFieldsOf(declared: DeclaredFields): TypedResolver[] {
  const { owner, fields } = declared;
  const types = valueTypes(owner.name, fields);
  const Values = valuesType(owner, fields, types);
  const open = fields.filter((field) => field.public);
  const isOpen = open.length > 0;

  @Resolver(() => owner.type as never)
  class TypedFieldsResolver {
    @FieldResolver(() => Values, {
      nullable: !isOpen,
      description: `What plugins and vitrine.config.ts declare, by name. Written by ${owner.noun}CustomFieldsUpdate.`,
    })
    customFields(@Root() root: Identified, @Ctx() context: RequestContext): Promise<TypedValues> {
      return valuesOf(root, context);
    }
  }
  // Without a public field the type has nothing that buyers may read, and is no part of their schema.
  if (!isOpen) Auth(owner.role, owner.read)(TypedFieldsResolver.prototype, 'customFields', {});
  const classes: TypedResolver[] = [
    TypedFieldsResolver,
    updateOf(declared, valuesInput(`${owner.name}CustomFieldsInput`, fields, types)),
  ];
  if (owner.name === 'Customer' && isOpen)
    classes.push(ownFieldsOf(valuesType({ ...owner, name: 'User' }, open, types)));
  const byOwner = fields.filter((field) => field.byOwner);
  if (byOwner.length > 0) classes.push(buyerFieldsOf({ owner, fields: byOwner }, types));
  return classes;
}

/** Who signed in reads the public fields of the own account. */
function ownFieldsOf(Values: new () => object): TypedResolver {
  @Resolver(() => User)
  class OwnFieldsResolver {
    @FieldResolver(() => Values, {
      description:
        'What plugins and vitrine.config.ts declare for customers, by name; as far as it is public.',
    })
    customFields(@Root() root: Identified, @Ctx() context: RequestContext): Promise<TypedValues> {
      return valuesOf(root, context);
    }
  }
  return OwnFieldsResolver;
}

interface UpdateInput {
  readonly [id: string]: unknown;
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly expectedVersion?: number | null;
}

function updateOf(declared: DeclaredFields, Values: new () => object): TypedResolver {
  const { owner } = declared;
  const { Input, Result } = updateTypes(declared, Values);
  const idField = `${owner.noun}Id`;

  @Resolver()
  class TypedFieldsUpdateResolver {
    constructor(private readonly service: CustomFieldsService) {}

    @Auth(Role.MANAGER, 'METADATA_WRITE')
    @Mutation(() => Result, {
      name: `${owner.noun}CustomFieldsUpdate`,
      description: `Writes declared fields of ${owner.name}; the caller needs the permission to change it too.`,
    })
    update(
      @Arg('input', () => Input, { description: 'What changes.' }) input: UpdateInput,
      @Ctx() context: RequestContext,
    ): Promise<object> {
      const id = (): string => requireId(owner.prefix, String(input[idField]), owner.noun, idField);
      const asItIs = async (): Promise<Record<string, object | null>> => {
        customFieldsLoader(context).clear(id());
        return { [owner.noun]: await owner.find(id(), context) };
      };
      return asPayload(
        input,
        async () => {
          const { userId } = assertPermission(context.viewer, owner.write);
          if (!(await owner.find(id(), context))) throw new NotFoundError(owner.noun, [idField]);
          await this.service.update({
            ...{ declared, entityId: id(), given: givenValues(declared, input.customFields) },
            ...{ expectedVersion: input.expectedVersion ?? null, actorId: userId },
          });
          return asItIs();
        },
        asItIs,
      );
    }
  }
  return TypedFieldsUpdateResolver;
}

function updateTypes(
  { owner: { name, noun, type } }: DeclaredFields,
  Values: new () => object,
): { readonly Input: new () => UpdateInput; readonly Result: new () => Payload } {
  const Input = namedClass(`${name}CustomFieldsUpdateInput`);
  const add = (
    field: string,
    of: () => unknown,
    options: { nullable?: boolean; description: string },
  ): void => Field(of as never, options)(Input.prototype as object, field);
  add(`${noun}Id`, () => ID, { description: 'Whose fields.' });
  add('customFields', () => Values, { description: 'The new values.' });
  add('expectedVersion', () => Int, {
    nullable: true,
    description:
      'The version of the customFieldSet that the change is based on; STALE_VERSION when it is another by now. Null skips the check.',
  });
  InputType(Input.name, { description: 'New values of declared fields.' })(Input);

  class Result extends Payload {}
  Field(() => type as never, { nullable: true, description: 'As it is now; null when there is none.' })(
    Result.prototype,
    noun,
  );
  ObjectType(`${name}CustomFieldsPayload`, {
    description: 'The entity with its declared fields as they are now.',
    simpleResolvers: true,
  })(Result);
  return { Input: Input as new () => UpdateInput, Result };
}
