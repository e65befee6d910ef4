import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import {
  askReturn,
  changedTotal,
  decideReturn,
  edit,
  exchange,
  mayReturn,
  payEdit,
  receiveReturn,
  refundReturn,
} from './shop-model-changes.js';
import { hasLeft, isIn, type ModelOrder } from './shop-model-order.js';
import { learnLink, type Step } from './shop-steps.js';

/**
 * Steps after an order is placed. Exchange orders are not refunded here: their credit is refunded from other orders'
 * payments, an invariant that exchange.test.ts covers.
 */
export const LATER_STEPS: Readonly<Record<string, Step>> = {
  refundLine: async (world, { which, other, quantity, flag, variant }) => {
    const { model, driver } = world;
    const order = world.order(which, (one) => !one.isExchange && model.refundable(one) > 0);
    if (!order || order.isExchange) return [];
    const line = world.line(order, other, (one) => one.quantity > model.settled(order, one).units);
    const shipping = variant === 0 ? order.shipping : 0;
    const orderLineId = await driver.lineId(order, line.variant);
    const lines = [{ orderLineId, quantity, restock: flag }];
    const answer = await driver.press('orderRefund', order, { lines, shipping });
    const isLegal = model.refundLine(order, line, { quantity, restock: flag, shipping });
    world.agree(`refund ${quantity} of ${world.name(order)}${flag ? '' : ', broken'}`, isLegal, answer);
    return [order];
  },

  refundAmount: async (world, { which, quantity }) => {
    const { model, driver } = world;
    const order = world.order(which, (one) => !one.isExchange && model.refundable(one) > 0);
    if (!order || order.isExchange) return [];
    const left = model.refundable(order);
    const amount = [1, 333, left, left + 1][quantity - 1] as number;
    const answer = await driver.press('orderRefund', order, { amount });
    world.agree(`refund ${amount} to ${world.name(order)}`, model.refundAmount(order, amount), answer);
    return [order];
  },

  edit: async (world, { which, variant: index, quantity, flag }) => {
    const { model, driver } = world;
    const mayChange = (one: ModelOrder): boolean =>
      isIn(one, 'PLACED', 'PAID') && !one.edit && !one.isExchange && !hasLeft(one);
    const order = world.order(which, mayChange);
    if (!order || order.isExchange) return [];
    const variant = world.variant(index);
    const change = { variant, quantity, restock: flag };
    const others = order.lines.filter((line) => line.variant !== variant);
    const lines = [...others, { variant, quantity }].map((line) => ({
      variantId: line.variant.variantId,
      quantity: line.quantity,
    }));
    const expectedTotal = changedTotal(order, change);
    const answer = await driver.press('orderEdit', order, { lines, expectedTotal, restock: flag });
    const isLegal = order.status !== 'DRAFT' && edit(model, order, change);
    world.agree(`edit ${world.name(order)} to ${quantity} ${variant.sku}`, isLegal, answer);
    if (order.edit) order.edit.secret = (await driver.orderEditing.session({ id: order.id }))['clientSecret'];
    return [order];
  },

  endEdit: async (world, { which, flag }) => {
    const { model, driver } = world;
    const open = model.orders.filter((one) => one.edit);
    const order = open[which % Math.max(1, open.length)];
    if (!order?.edit) return [];
    if (flag) {
      const isPaid = await driver.pay(order.edit.secret);
      world.agree(`pay the difference of ${world.name(order)}`, payEdit(model, order), isPaid);
    } else {
      const answer = await driver.press('orderEditCancel', order);
      model.dropEdit(order);
      world.agree(`take back the edit of ${world.name(order)}`, true, answer);
    }
    return [order];
  },

  askReturn: async (world, { which, other, quantity, flag, variant }) => {
    const { model, driver } = world;
    const fits = world.model.orders.filter(({ token, isExchange }) => token !== '' && !isExchange);
    const order = world.pick(fits, which, (one) => one.lines.some((line) => mayReturn(model, one, line) > 0));
    if (!order) return [];
    const line = world.line(order, other, (one) => mayReturn(model, order, one) > 0);
    const units = Math.ceil(quantity / 3);
    const wanted = flag ? world.variant(variant) : null;
    const orderLineId = await driver.lineId(order, line.variant);
    const answer = await driver.runAsBuyer('returnRequest', {
      orderToken: order.token,
      lines: [{ orderLineId, quantity: units, exchangeVariantId: wanted?.variantId }],
      reason: 'OTHER',
      resolution: flag ? 'EXCHANGE' : 'REFUND',
    });
    const back = askReturn(model, order, line, { quantity: units, wanted });
    world.agree(`ask to return ${units} of ${world.name(order)}`, back !== null, answer);
    if (back) back.id = answer['return'].id;
    return [order];
  },

  answerReturn: async (world, { which, quantity }) => {
    const back = world.back(which, 'REQUESTED');
    if (!back) return [];
    const to = quantity < 4 ? 'APPROVED' : 'REJECTED';
    const answer = await world.driver.requestReturn(
      to === 'APPROVED' ? 'returnApprove' : 'returnReject',
      back.id,
    );
    world.agree(`${to} a return of ${world.name(back.order)}`, decideReturn(back, to), answer);
    return [back.order];
  },

  giveUpReturn: async (world, { which, quantity }) => {
    const back = world.back(which, 'REQUESTED', 'APPROVED');
    if (!back || quantity > 1) return [];
    const input = { returnId: back.id, orderToken: back.order.token };
    const answer = await world.driver.runAsBuyer('returnCancel', input);
    world.agree(`give up a return of ${world.name(back.order)}`, decideReturn(back, 'CANCELLED'), answer);
    return [back.order];
  },

  receiveReturn: async (world, { which, quantity, flag }) => {
    const back = world.back(which, 'APPROVED');
    if (!back) return [];
    const received = quantity === 4 ? back.quantity + 1 : back.quantity;
    const restocked = flag ? received : 0;
    const answer = await world.driver.requestReturn('returnReceive', back.id, { received, restocked });
    const isLegal = receiveReturn(world.model, back, received, restocked);
    world.agree(
      `receive ${received}, ${restocked} for the shelf, of ${world.name(back.order)}`,
      isLegal,
      answer,
    );
    return [back.order];
  },

  settleReturn: async (world, { which, flag }) => {
    const { model, driver } = world;
    const back = world.back(which, 'RECEIVED');
    if (!back) return [];
    const isExchange = flag || back.wanted !== null;
    const answer = await driver.requestReturn(isExchange ? 'returnExchange' : 'returnRefund', back.id);
    const isLegal = isExchange ? exchange(model, back) : refundReturn(model, back);
    world.agree(
      `${isExchange ? 'exchange' : 'refund'} a return of ${world.name(back.order)}`,
      isLegal,
      answer,
    );
    if (back.exchange && back.exchange.id === '') {
      back.exchange.id = (answer['return'] as Answer)['exchangeOrder'].id;
      if (back.exchange.status === 'PENDING_PAYMENT') await learnLink(world, back.exchange);
    }
    return [back.order, back.exchange];
  },
};
