import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { DecideRequest, StockHoldService } from './stock-hold.service.js';
import { byId } from '../stock-admin.resolver.js';
import { StockHold, StockHoldPayload } from './stock-hold.type.js';
import { StockCommitInput, StockReleaseInput, StockReserveInput } from './stock-hold.input.js';
import { holdById } from '../stock-rows.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { holdErrors } from '../inventory.errors.js';

@Resolver()
export class StockHoldResolver {
  constructor(private readonly holds: StockHoldService) {}

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @Query(() => StockHold, {
    nullable: true,
    description: 'One hold by SKU; null when there is none of this id.',
  })
  async stockHold(
    @Arg('id', () => ID, { description: 'The hold.' }) id: string,
    @Ctx() { database }: RequestContext,
  ): Promise<object | null> {
    const uuid = localId('hold', id);
    return uuid ? database.row(holdById, { id: uuid }) : null;
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @UserErrors('NOT_FOUND', 'INSUFFICIENT_STOCK')
  @Mutation(() => StockHoldPayload, {
    description:
      'First phase, for other systems: holds all lines by SKU, or nothing, until the hold expires.',
  })
  stockReserve(
    @Arg('input', () => StockReserveInput, { description: 'Who holds what, and for how long.' })
    input: StockReserveInput,
    @Ctx() context: RequestContext,
  ): Promise<StockHoldPayload> {
    return asPayload(input, async () => {
      const id = await this.holds.reserve({
        holder: input.holder.trim(),
        lines: input.lines.map(({ sku, quantity }) => ({ sku, quantity })),
        minutes: input.expiresInMinutes ?? 30,
        idempotencyKey: input.idempotencyKey,
        actorId: actorOf(context),
      });
      return { hold: await context.database.row(holdById, { id }) };
    });
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @UserErrors(...holdErrors)
  @Mutation(() => StockHoldPayload, { description: 'Second phase: sells what is held.' })
  stockCommit(
    @Arg('input', () => StockCommitInput, { description: 'The hold.' }) input: StockCommitInput,
    @Ctx() context: RequestContext,
  ): Promise<StockHoldPayload> {
    return this.decided(input, context, (request) => this.holds.commit(request));
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @UserErrors(...holdErrors)
  @Mutation(() => StockHoldPayload, { description: 'Second phase: releases what is held.' })
  stockRelease(
    @Arg('input', () => StockReleaseInput, { description: 'The hold.' }) input: StockReleaseInput,
    @Ctx() context: RequestContext,
  ): Promise<StockHoldPayload> {
    return this.decided(input, context, (request) => this.holds.release(request));
  }

  private decided(
    input: StockCommitInput | StockReleaseInput,
    context: RequestContext,
    decide: (request: DecideRequest) => Promise<void>,
  ): Promise<StockHoldPayload> {
    return asPayload(
      input,
      async () => {
        const holdId = requireId('hold', input.holdId, 'hold', 'holdId');
        await decide({ holdId, idempotencyKey: input.idempotencyKey, actorId: actorOf(context) });
        return { hold: await context.database.row(holdById, { id: holdId }) };
      },
      async () => ({ hold: await byId(context, holdById, localId('hold', input.holdId)) }),
    );
  }
}
