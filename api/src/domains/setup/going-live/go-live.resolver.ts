import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { Cost, ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { GoLiveChecklist, GoLiveState } from './checklist.js';
import { GoLiveItem } from './go-live.type.js';
import type { Opening } from './opening.service.js';

@Resolver()
export class GoLiveResolver {
  constructor(
    private readonly checklist: GoLiveChecklist,
    private readonly opening: Opening,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Cost(20)
  @ListSize(10)
  @Query(() => [GoLiveItem], { description: 'What the shop needs before strangers buy in it, in order.' })
  async goLiveChecklist(): Promise<GoLiveState[]> {
    return [...(await this.checklist.items())];
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('NOT_READY')
  @Mutation(() => ActionPayload, {
    description: 'Opens the shop: strangers see it and buy in it. One that is open stays open.',
  })
  shopOpen(@Ctx() context: RequestContext): Promise<ActionPayload> {
    return asPayload(null, async () => {
      await this.opening.open(actorOf(context));
      return { ok: true };
    });
  }
}
