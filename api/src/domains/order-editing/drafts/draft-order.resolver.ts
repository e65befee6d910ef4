import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { DomainError } from '../../../kernel/errors.js';
import { regionOfPostalCode } from '../../../kernel/address/regions.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { readAddress, readPhone, requireCustomerId } from '../../identity/index.js';
import { currentOrder, OrderPayload } from '../../orders/index.js';
import {
  DraftOrderCreateInput,
  DraftOrderMarkPaidInput,
  DraftOrderPreviewInput,
  DraftOrderSendInput,
  DraftOrderUpdateInput,
  type DraftLineInput,
  type DraftOrderInput,
} from './draft-order.input.js';
import type { DraftOrderService } from './draft-order.service.js';
import { DraftOrderPreview } from './draft-order.type.js';
import type { DraftContent } from './draft-content.js';
import type { Requested } from './price-draft.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

/** What writing a draft order may be refused with. */
const draftErrors = [
  'INSUFFICIENT_STOCK',
  'SHIPPING_METHOD_UNAVAILABLE',
  'AMOUNT_NOT_PAYABLE',
  'PLUGIN_FAILED',
] as const;

@Resolver()
export class DraftOrderResolver {
  constructor(private readonly drafts: DraftOrderService) {}

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @Query(() => DraftOrderPreview, {
    description:
      "What an order would cost at today's prices, how it could be delivered, and how many are there.",
  })
  draftOrderPreview(
    @Arg('input', () => DraftOrderPreviewInput, { description: 'What, and where to.' })
    input: DraftOrderPreviewInput,
  ): Promise<object> {
    return this.drafts.preview({
      draftId: input.orderId ? requireId('ord', input.orderId, 'order', 'orderId') : null,
      place: {
        countryCode: input.countryCode,
        // As the address will have it when the draft is written.
        region: input.region ?? regionOfPostalCode(input.countryCode, input.postalCode ?? ''),
        postalCode: input.postalCode ?? null,
      },
      shippingMethodId: input.shippingMethodId
        ? requireId('smth', input.shippingMethodId, 'shipping method', 'shippingMethodId')
        : null,
      lines: toRequestedLines(input.lines),
      discount: input.discount ?? 0,
    });
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(...draftErrors, 'LANGUAGE_NOT_OFFERED')
  @Mutation(() => OrderPayload, { description: 'Draws up an order for a buyer. It holds no stock yet.' })
  draftOrderCreate(
    @Arg('input', () => DraftOrderCreateInput, { description: 'The draft.' }) input: DraftOrderCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(input, async () => ({
      order: await this.drafts.create({
        draft: toDraft(input.draft),
        idempotencyKey: input.idempotencyKey,
        actorId: actor(context),
      }),
    }));
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(...draftErrors, 'ILLEGAL_TRANSITION', 'LANGUAGE_NOT_OFFERED')
  @Mutation(() => OrderPayload, { description: "Writes a draft anew, at today's prices." })
  draftOrderUpdate(
    @Arg('input', () => DraftOrderUpdateInput, { description: 'The draft.' }) input: DraftOrderUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => ({
        order: await this.drafts.update({ ...toChange(input, context), draft: toDraft(input.draft) }),
      }),
      () => currentOrder(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    ...draftErrors,
    'ILLEGAL_TRANSITION',
    'PRICE_CHANGED',
    'AMOUNT_TOO_SMALL',
    'PAYMENT_METHOD_NOT_OFFERED',
    'PAYMENT_FAILED',
  )
  @Mutation(() => OrderPayload, {
    description:
      "Holds a draft's goods and mails its buyer the link to pay. PRICE_CHANGED when it costs something else today. A draft that costs nothing is placed at once.",
  })
  draftOrderSend(
    @Arg('input', () => DraftOrderSendInput, { description: 'The draft.' }) input: DraftOrderSendInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => ({
        order: await this.drafts.send({ ...toChange(input, context), holdDays: input.holdDays ?? 3 }),
      }),
      () => currentOrder(context, input.orderId),
    );
  }

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(...draftErrors, 'ILLEGAL_TRANSITION', 'PRICE_CHANGED')
  @Mutation(() => OrderPayload, {
    description: 'Places a draft that the buyer has paid in another way: in cash, by bank, on account.',
  })
  draftOrderMarkPaid(
    @Arg('input', () => DraftOrderMarkPaidInput, { description: 'The draft.' })
    input: DraftOrderMarkPaidInput,
    @Ctx() context: RequestContext,
  ): Promise<OrderPayload> {
    return asPayload(
      input,
      async () => ({
        order: await this.drafts.markPaid({ ...toChange(input, context), note: input.note?.trim() || null }),
      }),
      () => currentOrder(context, input.orderId),
    );
  }
}

export function toRequestedLines(
  lines: readonly DraftLineInput[],
  at: readonly string[] = ['lines'],
): Requested[] {
  return lines.map(({ variantId, quantity }, i) => ({
    variantId: requireId('vari', variantId, 'variant', ...at, String(i), 'variantId'),
    quantity,
  }));
}

/** The change of a draft that an input asks for: its actor, order, expected version and key. */
export function toChange(
  input: { orderId: string; expectedVersion: number; idempotencyKey: string },
  context: RequestContext,
): { orderId: string; expectedVersion: number; idempotencyKey: string; actorId: string } {
  return {
    orderId: requireId('ord', input.orderId, 'order', 'orderId'),
    expectedVersion: input.expectedVersion,
    idempotencyKey: input.idempotencyKey,
    actorId: actor(context),
  };
}

function toDraft(input: DraftOrderInput): DraftContent {
  const delivery = readAddress(input.shippingAddress, ['draft', 'shippingAddress']);
  const phone = readPhone(input.phone, delivery.countryCode);
  if (phone === undefined)
    throw new DomainError('INVALID_PHONE', 'This is no telephone number.', ['draft', 'phone']);
  // The telephone number is asked for once: contact and delivery address fill each other.
  const shippingAddress = { ...delivery, phone: delivery.phone ?? phone };
  return {
    email: input.email,
    phone: phone ?? delivery.phone,
    language: input.language,
    customerId: input.customerId ? requireCustomerId(input.customerId, 'draft', 'customerId') : null,
    shippingAddress,
    billingAddress: input.billingAddress
      ? readAddress(input.billingAddress, ['draft', 'billingAddress'])
      : shippingAddress,
    place: shippingAddress,
    shippingMethodId: requireId(
      'smth',
      input.shippingMethodId,
      'shipping method',
      'draft',
      'shippingMethodId',
    ),
    lines: toRequestedLines(input.lines, ['draft', 'lines']),
    discount: input.discount ?? 0,
    note: input.note?.trim() || null,
  };
}

function actor({ viewer }: RequestContext): string {
  if (!viewer) throw new Error('A guarded field was reached without a viewer');
  return viewer.userId;
}
