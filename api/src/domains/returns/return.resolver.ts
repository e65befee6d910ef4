import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NotFoundError } from '../../kernel/errors.js';
import { globalId } from '../../kernel/ids.js';
import { requireId } from '../../kernel/require-id.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { UploadPayload } from '../media/index.js';
import type { BuyerAccess, OrderEntity } from '../orders/index.js';
import { ReturnPhotoUploadCreateInput } from './photos/return-photo.input.js';
import { ReturnCancelInput, ReturnRequestInput } from './return-request.input.js';
import { currentReturn } from './current-return.js';
import { returnLoaders } from './return.loaders.js';
import type { ReturnPhotoService } from './photos/return-photo.service.js';
import type { ReturnService } from './return.service.js';
import { ReturnPayload } from './return.type.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';

/** What buyers may do with returns of their own orders. */
@Resolver()
export class ReturnResolver {
  constructor(
    private readonly access: BuyerAccess,
    private readonly returns: ReturnService,
    private readonly photos: ReturnPhotoService,
  ) {}

  @Public()
  @UserErrors('NOT_FOUND', 'RETURN_WINDOW_CLOSED', 'TOO_MANY_RETURNS', 'UPLOAD_INVALID', 'ILLEGAL_TRANSITION')
  @Mutation(() => ReturnPayload, {
    description: 'Asks to send something back.',
  })
  returnRequest(
    @Arg('input', () => ReturnRequestInput, { description: 'What, why, and what for.' })
    input: ReturnRequestInput,
    @Ctx() { viewer, ip }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const order = await this.access.require(input, viewer);
        await this.access.count(order, { action: 'return-request', ip });
        return this.returns.request(order, {
          lines: input.lines.map(({ orderLineId, quantity, exchangeVariantId }, i) => ({
            orderLineId: requireId(
              'line',
              orderLineId,
              'line in this order',
              'lines',
              String(i),
              'orderLineId',
            ),
            quantity,
            exchangeVariantId: exchangeVariantId
              ? requireId('vari', exchangeVariantId, 'variant', 'lines', String(i), 'exchangeVariantId')
              : null,
          })),
          reason: input.reason,
          resolution: input.resolution,
          comment: input.comment?.trim() || null,
          photoIds: [...new Set(input.photoIds ?? [])].map((id) =>
            requireId('upl', id, 'upload', 'photoIds'),
          ),
          idempotencyKey: input.idempotencyKey,
        });
      },
      async () => ({ order: await this.access.require(input, viewer) }),
    );
  }

  @Public()
  @UserErrors('NOT_FOUND', 'UPLOAD_INVALID')
  @Mutation(() => UploadPayload, {
    description:
      'Opens an address to send an image to, for a return; the id of the upload goes into photoIds.',
  })
  returnPhotoUploadCreate(
    @Arg('input', () => ReturnPhotoUploadCreateInput, { description: 'The file.' })
    input: ReturnPhotoUploadCreateInput,
    @Ctx() { viewer, ip }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const order = await this.access.require(input, viewer);
      return { upload: await this.photos.create(order, input, ip) };
    });
  }

  @Public()
  @UserErrors('ILLEGAL_TRANSITION')
  @Mutation(() => ReturnPayload, {
    description: 'The buyer keeps the goods after all, until they have arrived.',
  })
  returnCancel(
    @Arg('input', () => ReturnCancelInput, { description: 'The return.' }) input: ReturnCancelInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const returnId = requireId('ret', input.returnId, 'return', 'returnId');
        const order = await this.orderOf(context, returnId, input.orderToken);
        await this.access.count(order, { action: 'return-cancel', ip: context.ip });
        return this.returns.cancel(order, returnId, input.idempotencyKey);
      },
      async () => {
        // Throws unless the caller may read the return.
        await this.orderOf(context, requireId('ret', input.returnId, 'return', 'returnId'), input.orderToken);
        return currentReturn(context, input.returnId);
      },
    );
  }

  /** The return's order, for its buyer only. */
  private async orderOf(
    context: RequestContext,
    returnId: string,
    orderToken: string | null | undefined,
  ): Promise<OrderEntity> {
    const found = await returnLoaders(context).byId.load(returnId);
    if (!found) throw new NotFoundError('return', ['returnId']);
    const claim = orderToken ? { orderToken } : { orderId: globalId('ord', found.orderId) };
    const order = await this.access.require(claim, context.viewer);
    if (order.id !== found.orderId) throw new NotFoundError('return', ['returnId']);
    return order;
  }
}
