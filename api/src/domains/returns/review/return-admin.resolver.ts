import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { globalId, localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { Decision, ReturnReviewService } from './return-review.service.js';
import { ReturnPhotoRetryInput } from '../photos/return-photo.input.js';
import {
  ReturnDecisionInput,
  ReturnExchangeInput,
  ReturnReceiveInput,
  ReturnRefundInput,
} from './return-review.input.js';
import { returnQuery, type ReturnList } from './return-list.js';
import { currentReturn } from '../current-return.js';
import { returnLoaders, type ReturnRow } from '../return.loaders.js';
import type { ReturnPhotoProcessingService } from '../photos/return-photo-processing.service.js';
import type { ReturnSettlingService } from './return-settling.service.js';
import { Return, ReturnConnection, ReturnPayload } from '../return.type.js';
import { ReturnsArguments } from './return-admin.arguments.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { providerErrors } from '../../payments/index.js';

/** Returns, for staff. */
@Resolver()
export class ReturnAdminResolver {
  constructor(
    private readonly list: ReturnList,
    private readonly reviews: ReturnReviewService,
    private readonly settling: ReturnSettlingService,
    private readonly photos: ReturnPhotoProcessingService,
  ) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => ReturnConnection, { description: 'All returns.' })
  async returns(
    @Args(() => ReturnsArguments) { search, filter, sort, ...page }: ReturnsArguments,
  ): Promise<object> {
    const query = returnQuery(search, filter);
    return { ...(await this.list.page(query, page, sort)), totalCount: () => this.list.count(query) };
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => Return, { nullable: true, description: 'One return; null when there is none of this id.' })
  async return(
    @Arg('id', () => ID, { description: 'The return.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ReturnRow | null> {
    const uuid = localId('ret', id);
    return uuid ? returnLoaders(context).byId.load(uuid) : null;
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors('ILLEGAL_TRANSITION')
  @Mutation(() => ReturnPayload, {
    description: 'Agrees that the goods are sent.',
  })
  returnApprove(
    @Arg('input', () => ReturnDecisionInput, { description: 'The return, with words to the buyer.' })
    input: ReturnDecisionInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      () => this.reviews.approve(decision(input, context), input.note?.trim() || null),
      () => currentReturn(context, input.returnId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors('ILLEGAL_TRANSITION')
  @Mutation(() => ReturnPayload, {
    description: 'Says no, or closes an agreed return whose goods never came.',
  })
  returnReject(
    @Arg('input', () => ReturnDecisionInput, { description: 'The return, with words to the buyer.' })
    input: ReturnDecisionInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      () => this.reviews.reject(decision(input, context), input.note?.trim() || null),
      () => currentReturn(context, input.returnId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors('ILLEGAL_TRANSITION')
  @Mutation(() => ReturnPayload, {
    description: 'Notes what arrived and restocks what may be sold again.',
  })
  returnReceive(
    @Arg('input', () => ReturnReceiveInput, { description: 'The return and what arrived of it.' })
    input: ReturnReceiveInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      () => {
        const lines = input.lines.map(({ returnLineId, received, restocked }, i) => ({
          returnLineId: requireId(
            'rline',
            returnLineId,
            'line in this return',
            'lines',
            String(i),
            'returnLineId',
          ),
          received,
          restocked,
        }));
        return this.reviews.receive(decision(input, context), lines);
      },
      () => currentReturn(context, input.returnId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_REFUND')
  @UserErrors('ILLEGAL_TRANSITION', ...providerErrors, 'REFUND_TOO_LARGE', 'PAYMENT_NOT_CAPTURED')
  @Mutation(() => ReturnPayload, {
    description: 'Gives money back for what arrived; a job sends it.',
  })
  returnRefund(
    @Arg('input', () => ReturnRefundInput, { description: 'The return and how much.' })
    input: ReturnRefundInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const terms = { shipping: input.shipping ?? null, amount: input.amount ?? null };
    return asPayload(
      input,
      () => this.settling.refund(decision(input, context), terms),
      () => currentReturn(context, input.returnId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    'ILLEGAL_TRANSITION',
    'INSUFFICIENT_STOCK',
    'REFUND_NOT_ALLOWED',
    'PAYMENT_METHOD_NOT_OFFERED',
    'PAYMENT_DISPUTED',
    'AMOUNT_NOT_PAYABLE',
    'REFUND_TOO_LARGE',
  )
  @Mutation(() => ReturnPayload, {
    description:
      'Sends other goods for what arrived, as a new order. Where they cost less, the rest goes back, for which staff need ORDER_REFUND.',
  })
  returnExchange(
    @Arg('input', () => ReturnExchangeInput, { description: 'The return.' }) input: ReturnExchangeInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      () => this.settling.exchange(decision(input, context)),
      () => currentReturn(context, input.returnId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Mutation(() => ReturnPayload, {
    description: 'Has a FAILED image of a return made once more; any other image stays as it is.',
  })
  returnPhotoRetry(
    @Arg('input', () => ReturnPhotoRetryInput, { description: 'Which image.' })
    input: ReturnPhotoRetryInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const id = requireId('rpic', input.photoId, 'image', 'photoId');
      return currentReturn(context, globalId('ret', await this.photos.retry(id)));
    });
  }
}

function decision(
  input: { returnId: string; expectedVersion: number; idempotencyKey: string },
  { viewer }: RequestContext,
): Decision {
  if (!viewer) throw new Error('A guarded field was reached without a viewer');
  return {
    returnId: requireId('ret', input.returnId, 'return', 'returnId'),
    expectedVersion: input.expectedVersion,
    idempotencyKey: input.idempotencyKey,
    actorId: viewer.userId,
  };
}
