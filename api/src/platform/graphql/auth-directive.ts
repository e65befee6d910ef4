import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, GraphQLError, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { Directive } from 'type-graphql';
import type { RequestContext, Viewer } from './context.js';
import { Role, type Permission } from './roles.js';

/**
 * `@auth`: only for signed-in callers with this permission. `role` is the least role that has it, for readers of the
 * schema.
 */
export function Auth(role: Role, permission?: Permission): PropertyDecorator & MethodDecorator {
  return Directive(
    `@auth(role: ${role}${permission ? `, permission: ${permission}` : ''})`,
  ) as PropertyDecorator & MethodDecorator;
}

/** `@public`: for all callers. */
export function Public(): PropertyDecorator & MethodDecorator {
  return Directive('@public') as PropertyDecorator & MethodDecorator;
}

interface AuthArguments {
  role: Role;
  permission?: Permission;
}

/**
 * Enforces the printed directives: each field with `@auth` gets a guard, all others stay unchanged (a wrapper around
 * every field would slow each of them). A guarded field of a shared type is nullable, so that a denied field nulls this
 * field and not the whole response.
 *
 * @throws Error naming every root field that has neither `@auth` nor `@public`, and every field with a role above
 * CUSTOMER but without a permission
 */
export function enforceAuth(schema: GraphQLSchema): GraphQLSchema {
  const unguarded: string[] = [];
  const withoutPermission: string[] = [];
  const guarded = mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, RequestContext>, name, typeName) => {
      const auth = getDirective(schema, field, 'auth')?.[0] as AuthArguments | undefined;
      const isRoot = ['Query', 'Mutation', 'Subscription'].includes(typeName);
      if (isRoot && !auth && !getDirective(schema, field, 'public')) unguarded.push(`${typeName}.${name}`);
      if (auth && !auth.permission && auth.role !== Role.CUSTOMER)
        withoutPermission.push(`${typeName}.${name}`);
      return auth ? guard(field, auth, !isRoot) : undefined;
    },
  });
  if (unguarded.length > 0) throw new Error(`Root fields without @auth or @public: ${unguarded.join(', ')}`);
  if (withoutPermission.length > 0)
    throw new Error(
      `Roles are not checked, only permissions: name one beside @auth(role:) of ${withoutPermission.join(', ')}`,
    );
  return guarded;
}

function guard(
  field: GraphQLFieldConfig<unknown, RequestContext>,
  auth: AuthArguments,
  silent: boolean,
): GraphQLFieldConfig<unknown, RequestContext> {
  const { resolve = defaultFieldResolver, subscribe } = field;
  return {
    ...field,
    resolve(source, args, context, info) {
      const accessError = accessErrorFor(context.viewer, auth);
      if (!accessError) return resolve(source, args, context, info);
      // On a shared type the field is null instead: a storefront page must not fail because it selects a staff field.
      if (silent) return null;
      throw accessError;
    },
    ...(subscribe && {
      subscribe(source, args, context, info) {
        const accessError = accessErrorFor(context.viewer, auth);
        if (accessError) throw accessError;
        return subscribe(source, args, context, info);
      },
    }),
  };
}

/**
 * For a mutation whose permission depends on what it is about, beside its `@Auth`.
 *
 * @returns the signed-in caller, who has the permission
 * @throws GraphQLError UNAUTHENTICATED or FORBIDDEN
 */
export function assertPermission(viewer: Viewer | null, permission: Permission): Viewer {
  const accessError = accessErrorFor(viewer, { permission });
  if (accessError || !viewer) throw accessError ?? new Error('Nobody is signed in');
  return viewer;
}

function accessErrorFor(
  viewer: Viewer | null,
  { permission }: Pick<AuthArguments, 'permission'>,
): GraphQLError | null {
  if (!viewer) return new GraphQLError('Please sign in.', { extensions: { code: 'UNAUTHENTICATED' } });
  if (permission && !viewer.permissions.has(permission)) {
    return new GraphQLError('You may not do this.', { extensions: { code: 'FORBIDDEN' } });
  }
  return null;
}
