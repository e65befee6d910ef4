import { DECLINED_CARD, payWith } from '@vitrine/testing/drivers/checkout.js';
import { tokenOf } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { toLines } from '../shop-driver.js';
import { DAY, hasLeft, isIn, toUnits, type Method, type ModelOrder } from './shop-model-order.js';
import type { Dice, ShopWorld } from './shop-world.js';

/** Runs one step in the shop and in the model; returns the orders to compare afterwards. */
export type Step = (world: ShopWorld, dice: Dice) => Promise<readonly (ModelOrder | null)[]>;

const METHODS = ['CARD', 'CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'] as const;
const JUMPS = [31 * 60_000, 31 * 60_000, 4 * DAY, 8 * DAY];

export const STOCK_STEPS: Readonly<Record<string, Step>> = {
  receive: async (world, { variant: index, quantity, flag }) => {
    const variant = world.variant(index);
    const place = world.driver.places[flag ? 0 : 1];
    const answer = await world.driver.stock.receive(variant.variantId, place, quantity);
    world.model.stock.arrive(variant, quantity);
    world.agree(`receive ${quantity} ${variant.sku}`, true, answer);
    return [];
  },

  count: async (world, { variant: index, quantity, flag }) => {
    const variant = world.variant(index);
    const { onHand, reserved, place } = await stockLevel(world, variant.variantId, flag);
    const input = { variantId: variant.variantId, locationId: place, changeFromQuantity: onHand };
    const found = Math.max(0, onHand + quantity - 3);
    const answer = await world.driver.runAsStaff('stockSet', { ...input, quantity: found, reason: 'count' });
    const isLegal = found >= reserved;
    if (isLegal) world.model.stock.arrive(variant, found - onHand);
    world.agree(`count ${variant.sku} from ${onHand} to ${found}`, isLegal, answer);
    return [];
  },

  transfer: async (world, { variant: index, quantity, flag }) => {
    const variant = world.variant(index);
    const { onHand, reserved } = await stockLevel(world, variant.variantId, flag);
    const [main, cellar] = world.driver.places;
    const way = flag ? ([main, cellar] as const) : ([cellar, main] as const);
    const answer = await world.driver.stock.transfer(variant.variantId, way, quantity);
    world.agree(`transfer ${quantity} ${variant.sku}`, quantity <= onHand - reserved, answer);
    return [];
  },

  reserve: async (world, dice) => {
    const wanted = world.wanted(dice);
    const { model, driver } = world;
    const lines = wanted.map(({ variant: { sku }, quantity }) => ({ sku, quantity }));
    const answer = await driver.stock.reserve(lines);
    const isLegal = wanted.every(({ variant, quantity }) => quantity <= model.stock.free(variant));
    if (isLegal) {
      const units = toUnits(wanted);
      const id = answer['hold']?.id as string;
      const hold = { id, units, expiresAt: model.now + 30 * 60_000, status: 'HELD' as const };
      model.stock.hold(hold, units);
      model.stock.holds.push(hold);
    }
    world.agree(`reserve ${listed(lines)}`, isLegal, answer);
    return [];
  },

  decideHold: async (world, { which, flag }) => {
    const hold = world.pick(world.model.stock.holds, which, ({ status }) => status === 'HELD');
    if (!hold) return [];
    const answer = await (flag ? world.driver.stock.commit(hold.id) : world.driver.stock.release(hold.id));
    world.agree(flag ? 'commit' : 'release', world.model.stock.decide(hold, flag), answer);
    return [];
  },

  pass: async (world, { which }) => {
    const jump = JUMPS[which % JUMPS.length] as number;
    // Shorter than a session, so that nobody has to sign in again.
    if (world.model.now + jump > 50 * DAY) return [];
    world.driver.simulator.shop.clock.advance(jump);
    await world.driver.runClockwork();
    world.model.pass(jump);
    world.log.push(`${jump / 60_000} minutes pass`);
    return world.model.orders;
  },
};

export const SALE_STEPS: Readonly<Record<string, Step>> = {
  checkout: async (world, dice) => {
    const { model, driver } = world;
    const method = METHODS[dice.which % METHODS.length] as Exclude<Method, 'MANUAL'>;
    const wanted = world.wanted(dice);
    const answer = await driver.checkout(wanted, method);
    const order = model.draft(wanted);
    const isLegal = model.stock.canSell(toUnits(wanted));
    world.agree(`checkout ${listed(toSkuLines(wanted))} by ${method}`, isLegal, answer !== null);
    if (!answer) return [];
    known(order, answer['order'], answer['orderToken'], answer['paymentSession']?.clientSecret);
    model.submit(order, method);
    model.orders.push(order);
    return [order];
  },

  draft: async (world, dice) => {
    const wanted = world.wanted(dice);
    const worth = wanted.reduce((sum, { variant, quantity }) => sum + variant.price * quantity, 0);
    const discount = [0, 1, 777, Math.floor(worth / 3)][dice.which % 4] as number;
    const answer = await world.driver.draft(wanted, discount);
    const order = world.model.draft(wanted, discount);
    known(order, answer, '', '');
    world.model.orders.push(order);
    world.log.push(`draft of ${listed(toSkuLines(wanted))}, ${discount} off`);
    return [order];
  },

  submitDraft: async (world, { which, flag }) => {
    const { model, driver } = world;
    const order = world.order(which, ({ status }) => status === 'DRAFT');
    if (!order) return [];
    const answer = await driver.press(flag ? 'draftOrderSend' : 'draftOrderMarkPaid', order);
    const isLegal = flag ? model.submit(order, 'CARD', 3 * DAY) : model.submit(order, 'MANUAL');
    world.agree(`${flag ? 'send' : 'call paid'} ${world.name(order)}`, isLegal, answer);
    if (isLegal && flag) await learnLink(world, order);
    return [order];
  },

  pay: async (world, { which, quantity }) => {
    const isOpen = (order: ModelOrder): boolean =>
      order.method === 'CARD' && order.status === 'PENDING_PAYMENT';
    const order = world.order(which, isOpen);
    // A paid order cannot be paid again on its page.
    if (!order?.secret || order.captured > 0 || order.paymentStatus === 'AUTHORIZED') return [];
    if (quantity === 4 && isOpen(order)) {
      const declined = await payWith(world.driver.simulator.shop.guest(), order.secret, DECLINED_CARD);
      world.agree(`decline the card of ${world.name(order)}`, false, declined);
    } else {
      const isPaid = await world.driver.pay(order.secret);
      world.agree(`pay ${world.name(order)}`, world.model.pay(order), isPaid);
    }
    return [order];
  },

  payTooLate: async (world, { which }) => {
    const { model, driver } = world;
    // An exchange whose credit was used elsewhere is tested separately.
    const isOver = (order: ModelOrder): boolean =>
      isIn(order, 'EXPIRED', 'CANCELLED') &&
      Boolean(order.secret) &&
      order.captured === 0 &&
      !order.isExchange;
    const over = model.orders.filter(isOver);
    const order = over[which % Math.max(1, over.length)];
    if (!order) return [];
    model.payTooLate(order);
    world.log.push(`pay ${world.name(order)} too late`);
    await driver.payTooLate(order.secret);
    return [order];
  },

  moneyByHand: async (world, { which, flag }) => {
    const { model, driver } = world;
    const order = world.order(which, ({ captured, status, method, paymentStatus }) =>
      flag ? paymentStatus === 'AUTHORIZED' : captured === 0 && method !== 'CARD' && status !== 'CANCELLED',
    );
    if (!order || order.status === 'DRAFT') return [];
    const answer = await driver.press(flag ? 'paymentCapture' : 'paymentMarkReceived', order);
    const isLegal = flag ? model.capture(order) : model.markReceived(order);
    world.agree(`${flag ? 'capture' : 'receive the money of'} ${world.name(order)}`, isLegal, answer);
    return [order];
  },

  cancel: async (world, { which, flag, quantity }) => {
    const { model, driver } = world;
    const order = world.order(
      which,
      (one) => isIn(one, 'PENDING_PAYMENT', 'PLACED', 'PAID', 'DRAFT') && !hasLeft(one),
    );
    if (!order) return [];
    const asBuyer = quantity > 2 && order.token !== '' && order.status !== 'DRAFT';
    const answer = await (asBuyer
      ? driver.runAsBuyer('orderCancelByCustomer', { orderToken: order.token })
      : driver.press('orderCancel', order, { restock: flag }));
    const isLegal = model.cancel(order, asBuyer || flag, !asBuyer);
    world.agree(`cancel ${world.name(order)}${asBuyer || flag ? '' : ', goods lost'}`, isLegal, answer);
    return [order];
  },

  ship: async (world, { which, flag, quantity, other }) => {
    const { model, driver } = world;
    const mayLeave = (one: ModelOrder): boolean =>
      isIn(one, 'PLACED', 'PAID') &&
      one.paymentStatus !== 'AUTHORIZED' &&
      everythingLeft(world, one).size > 0;
    const order = world.order(which, mayLeave);
    if (!order) return [];
    const line = world.line(order, other, (one) => model.leftToShip(order, one) > 0);
    const wanted = flag ? new Map([[line, Math.ceil(quantity / 2)]]) : everythingLeft(world, order);
    const lines = flag
      ? [{ orderLineId: await driver.lineId(order, line.variant), quantity: Math.ceil(quantity / 2) }]
      : null;
    const answer = await driver.orderEditing.ship(await driver.look(order), lines);
    const isLegal = model.ship(order, wanted);
    world.agree(`ship ${flag ? wanted.get(line) : 'all'} of ${world.name(order)}`, isLegal, answer);
    if (isLegal) await learnShipment(world, order);
    return [order];
  },

  deliver: async (world, { which }) => {
    const order = world.order(which, ({ shipments }) => shipments.some(({ isDelivered }) => !isDelivered));
    const shipment = order?.shipments.find(({ isDelivered }) => !isDelivered);
    if (!order || !shipment) return [];
    await world.driver.deliver(shipment.id);
    world.model.deliver(order, shipment);
    world.log.push(`deliver a parcel of ${world.name(order)}`);
    return [order];
  },
};

function known(order: ModelOrder, { id, total, shipping }: Answer, token = '', secret = ''): void {
  Object.assign(order, { id, token, secret: secret ?? '' });
  order.shipping = shipping ? shipping.gross.amount : total.gross.amount - order.total;
  order.total += order.shipping;
}

/** The page that a link leads to. */
export async function learnLink(world: ShopWorld, order: ModelOrder): Promise<void> {
  order.token = tokenOf((await world.driver.look(order))['paymentLink']);
  order.secret = (await world.driver.orderEditing.session({ id: order.id }))['clientSecret'];
}

async function learnShipment(world: ShopWorld, order: ModelOrder): Promise<void> {
  const { shipments } = await world.driver.look(order);
  const fresh = shipments.find(({ id }: Answer) => !order.shipments.some((shipment) => shipment.id === id));
  order.shipments.push({ id: fresh.id, isDelivered: false });
}

function everythingLeft({ model }: ShopWorld, order: ModelOrder) {
  const lines = order.lines.map((line) => [line, model.leftToShip(order, line)] as const);
  return new Map(lines.filter(([, left]) => left > 0));
}

async function stockLevel(
  { driver }: ShopWorld,
  variantId: string,
  isMain: boolean,
): Promise<{ onHand: number; reserved: number; place: string }> {
  const place = driver.places[isMain ? 0 : 1];
  const { levels } = await driver.stock.item(variantId);
  const level = levels.find(({ location }: Answer) => location.id === place);
  return { onHand: level?.onHand ?? 0, reserved: level?.reserved ?? 0, place };
}

function listed(lines: readonly { sku: string; quantity: number }[]): string {
  return lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(' and ');
}

function toSkuLines(wanted: Parameters<typeof toLines>[0]): { sku: string; quantity: number }[] {
  return wanted.map(({ variant: { sku }, quantity }) => ({ sku, quantity }));
}
