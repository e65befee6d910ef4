import { accept, acceptableOf, mayBePaidOtherwise, payAnother } from './shop-model-acceptance.js';
import type { Step } from './shop-steps.js';

/** Steps of orders for which another amount came in than was agreed. */
export const REVIEW_STEPS: Readonly<Record<string, Step>> = {
  payAnother: async (world, { which, variant, quantity, flag }) => {
    const { model, driver } = world;
    const fit = model.orders.filter(mayBePaidOtherwise);
    const order = fit[which % Math.max(1, fit.length)];
    if (!order) return [];
    const part = [1, 100, 777, Math.ceil(order.total / 2), order.total - 1][
      variant + (quantity % 3)
    ] as number;
    const amount = flag ? order.total + part : part;
    await driver.payAnother(order.secret, amount);
    payAnother(model, order, amount);
    world.log.push(`${amount} of ${order.total} come in for ${world.name(order)}`);
    return [order];
  },

  refundAtProvider: async (world, { which, quantity }) => {
    const { model, driver } = world;
    const fit = model.orders.filter((order) => order.status === 'REVIEW' && model.refundable(order) > 0);
    const order = fit[which % Math.max(1, fit.length)];
    if (!order) return [];
    const left = model.refundable(order);
    const amount = [1, Math.ceil(left / 2), Math.max(1, left - order.total), left][quantity - 1] as number;
    await driver.simulator.refundAtDashboard(order.secret, amount);
    model.giveBack(order, amount);
    world.log.push(`${amount} go back to ${world.name(order)} at the provider`);
    return [order];
  },

  acceptPayment: async (world, { which, quantity }) => {
    const { model, driver } = world;
    const order = world.order(which, (one) => acceptableOf(one) !== null);
    if (!order) return [];
    const amount = (acceptableOf(order) ?? order.total) + (quantity === 4 ? 1 : 0);
    const answer = await driver.press('paymentAccept', order, { expectedAmount: amount });
    world.agree(`accept ${amount} for ${world.name(order)}`, accept(model, order, amount), answer);
    return [order];
  },
};
