import DataLoader from 'dataloader';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { requireId } from '../../kernel/require-id.js';
import { keyedRequest } from '../../platform/database/request-keys.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { perRequest, type RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Node, NODE_TYPE } from '../../platform/graphql/node.type.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import type { AddressKinds } from './address-kinds.js';
import { redirectQuery, type RedirectList } from './redirect-list.js';
import {
  RedirectCreateInput,
  RedirectDeleteInput,
  RedirectsArguments,
  RedirectUpdateInput,
} from './redirect.input.js';
import type { EnteredRedirect, RedirectService } from './redirect.service.js';
import {
  codeOf,
  MissingPath,
  Redirect,
  RedirectConnection,
  RedirectDeletePayload,
  RedirectPayload,
} from './redirect.type.js';
import { missingPaths, redirectById, type RedirectRow } from './routing.statements.js';
import type { Visits } from './visits.js';

interface Services {
  readonly kinds: AddressKinds;
  readonly list: RedirectList;
  readonly redirects: RedirectService;
  readonly visits: Visits;
}

const MOST_SHOWN = 100;

@Resolver(() => Redirect)
export class RedirectResolver {
  private readonly paths = perRequest(
    () =>
      new DataLoader<RedirectRow, string | null, string | null>(
        async (redirects) => {
          const paths = await this.services.kinds.pathsOf(redirects);
          return redirects.map(({ targetId }) => paths.get(targetId ?? '') ?? null);
        },
        { cacheKeyFn: ({ targetId }) => targetId },
      ),
  );

  constructor(private readonly services: Services) {}

  @FieldResolver(() => String, { nullable: true })
  async toPath(@Root() redirect: RedirectRow, @Ctx() context: RequestContext): Promise<string | null> {
    return redirect.targetId ? this.paths(context).load(redirect) : redirect.toPath;
  }

  @FieldResolver(() => Node, { nullable: true })
  async target(
    @Root() { targetKind, targetId }: RedirectRow,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const kind = targetKind ? this.services.kinds.named(targetKind) : null;
    const entity = kind && targetId ? await kind.find(targetId, context) : null;
    return entity && { ...entity, [NODE_TYPE]: kind?.type };
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @Query(() => RedirectConnection, { description: 'The redirects of the shop, newest first.' })
  async redirects(
    @Args(() => RedirectsArguments) { search, filter, ...page }: RedirectsArguments,
  ): Promise<object> {
    await this.services.visits.write();
    return this.services.list.page(redirectQuery(search, filter), page);
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @ListSize(MOST_SHOWN)
  @Query(() => [MissingPath], {
    description:
      'The paths at which visitors found nothing in the last 30 days, those that were asked for most first; at most 100. Paths that may hold a code or an address of a person are not among them.',
  })
  async missingPaths(@Ctx() { database }: RequestContext): Promise<object[]> {
    await this.services.visits.write();
    return database.rows(missingPaths, { first: MOST_SHOWN });
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('PATH_RESERVED', 'PATH_TAKEN', 'REDIRECT_LOOP', 'TOO_MANY_REDIRECTS')
  @Mutation(() => RedirectPayload, { description: 'Leads visitors of an address without a page to another.' })
  redirectCreate(
    @Arg('input', () => RedirectCreateInput, { description: 'The redirect.' }) input: RedirectCreateInput,
    @Ctx() { viewer, database }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const keyed = keyedRequest({ actorId: viewer!.userId, operation: 'redirectCreate' }, input);
      const entered = { ...enteredOf(input), fromPath: input.fromPath };
      const id = await this.services.redirects.create(entered, keyed);
      return { redirect: await database.row(redirectById, { id }) };
    });
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('PATH_RESERVED', 'PATH_TAKEN', 'REDIRECT_LOOP')
  @Mutation(() => RedirectPayload, { description: 'Changes a redirect.' })
  redirectUpdate(
    @Arg('input', () => RedirectUpdateInput, { description: 'The change.' }) input: RedirectUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('redir', input.redirectId, 'redirect', 'redirectId');
        await this.services.redirects.update(id, input.expectedVersion, enteredOf(input));
        return asItIs(input.redirectId, context);
      },
      () => asItIs(input.redirectId, context),
    );
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('REDIRECT_LOOP')
  @Mutation(() => RedirectDeletePayload, {
    description: 'Deletes a redirect: its path leads nowhere from now on.',
  })
  redirectDelete(
    @Arg('input', () => RedirectDeleteInput, { description: 'The redirect.' }) input: RedirectDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('redir', input.redirectId, 'redirect', 'redirectId');
        await this.services.redirects.delete(id, input.expectedVersion);
        return { redirect: null, deletedRedirectId: input.redirectId };
      },
      () => asItIs(input.redirectId, context),
    );
  }
}

function enteredOf(input: RedirectCreateInput | RedirectUpdateInput): EnteredRedirect {
  const { fromPath, isPrefix, toPath, targetId, kind, active } = input;
  return {
    ...{ fromPath: fromPath ?? undefined, isPrefix: isPrefix ?? undefined, active: active ?? undefined },
    ...{ toPath, targetId, code: kind ? codeOf(kind) : undefined },
  };
}

async function asItIs(
  redirectId: string,
  { database }: RequestContext,
): Promise<{ redirect: object | null }> {
  const id = localId('redir', redirectId);
  return { redirect: id ? await database.row(redirectById, { id }) : null };
}
