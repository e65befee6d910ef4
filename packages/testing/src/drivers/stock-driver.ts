import { randomUUID } from 'node:crypto';
import type { Answer, GraphqlClient } from './graphql-client.js';
import type { TestShop } from '../shop/test-shop.js';

const ITEM = `item { variant { id availability availableQuantity } productName onHand reserved available backordered lowStockThreshold isLow
  levels { location { id code kind active } onHand reserved available } }`;
const ERRORS = `errors { __typename code message path ... on InsufficientStockError { availableQuantity } ... on HoldClosedError { status }
  ... on StaleQuantityError { currentQuantity } }`;
const HOLD = `hold { id status holder expiresAt lines { sku quantity location { code } } } ${ERRORS}`;

/** Stock actions and queries of staff through the API. */
export class StockDriver {
  private constructor(
    private readonly shop: TestShop,
    readonly staff: GraphqlClient,
  ) {}

  static async at(shop: TestShop): Promise<StockDriver> {
    return new StockDriver(shop, await shop.staff());
  }

  /** Creates a stock location; returns its id. */
  async place(code: string, priority: number, kind = 'STORE'): Promise<string> {
    const input = { code, name: code, kind, priority };
    const { location, errors } = await this.change(
      'stockLocationCreate',
      'StockLocationCreateInput',
      input,
      'location { id }',
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return location.id;
  }

  updatePlace(input: object): Promise<Answer> {
    return this.change(
      'stockLocationUpdate',
      'StockLocationUpdateInput',
      input,
      'location { id active priority }',
    );
  }

  async main(): Promise<string> {
    const { stockLocations } = await this.staff.ask('{ stockLocations { id code } }');
    return stockLocations.find(({ code }: Answer) => code === 'main').id;
  }

  receive(
    variantId: string,
    locationId: string,
    quantity: number,
    key: string = randomUUID(),
  ): Promise<Answer> {
    const input = { variantId, locationId, quantity, reason: 'delivery', idempotencyKey: key };
    return this.change('stockReceive', 'StockReceiveInput', input, ITEM);
  }

  transfer(
    variantId: string,
    [fromLocationId, toLocationId]: readonly [string, string],
    quantity: number,
    key: string = randomUUID(),
  ): Promise<Answer> {
    const input = {
      variantId,
      fromLocationId,
      toLocationId,
      quantity,
      reason: 'for the weekend',
      idempotencyKey: key,
    };
    return this.change('stockTransfer', 'StockTransferInput', input, ITEM);
  }

  /** Allows backorders of a variant. */
  async allowBackorders(
    variantId: string,
    limit: number | null,
    availableFrom = '2027-03-01',
  ): Promise<void> {
    const input = { variantId, stockPolicy: 'CONTINUE', backorderLimit: limit, availableFrom };
    const { errors } = await this.change(
      'productVariantUpdate',
      'ProductVariantUpdateInput',
      input,
      'variant { id }',
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  }

  reserve(
    lines: { sku: string; quantity: number }[],
    key: string = randomUUID(),
    minutes = 30,
  ): Promise<Answer> {
    const input = { holder: 'register 2', lines, expiresInMinutes: minutes, idempotencyKey: key };
    return this.change('stockReserve', 'StockReserveInput', input, HOLD);
  }

  commit(holdId: string, key: string = randomUUID()): Promise<Answer> {
    return this.change('stockCommit', 'StockCommitInput', { holdId, idempotencyKey: key }, HOLD);
  }

  release(holdId: string, key: string = randomUUID()): Promise<Answer> {
    return this.change('stockRelease', 'StockReleaseInput', { holdId, idempotencyKey: key }, HOLD);
  }

  async item(variantId: string): Promise<Answer> {
    const { stockItem } = await this.staff.ask(
      `query($id: ID!) { stockItem(variantId: $id) { ${ITEM.slice('item { '.length, -1)} } }`,
      { id: variantId },
    );
    return stockItem;
  }

  /** "main 4/1" for four on hand, one of them held; by priority. */
  async stockLevels(variantId: string): Promise<string[]> {
    const { levels } = await this.item(variantId);
    return levels.map(({ location, onHand, reserved }: Answer) => `${location.code} ${onHand}/${reserved}`);
  }

  async movements(variantId: string): Promise<Answer[]> {
    const { stockMovements } = await this.staff.ask(
      `query($id: ID!) { stockMovements(filter: { variantId: $id }, first: 100) { nodes {
         id kind location { code } onHandChange reservedChange reason orderNumber actorName } } }`,
      { id: variantId },
    );
    return stockMovements.nodes;
  }

  /** The number of low-stock events of a variant. */
  async lowStockEvents(): Promise<{ available: number; threshold: number }[]> {
    return this.shop.sql(
      `SELECT (payload ->> 'available')::int AS available, (payload ->> 'threshold')::int AS threshold FROM outbox WHERE kind = 'stock.low' ORDER BY id`,
    );
  }

  /** Runs a scheduled job. */
  async run(queue: string): Promise<void> {
    await this.shop.shop.jobs.find(({ job }) => job.queue === queue)?.run({});
  }

  private async change(name: string, type: string, input: object, selection: string): Promise<Answer> {
    const errors = selection.includes('errors {') ? '' : ERRORS;
    const answer = await this.staff.ask(
      `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} ${errors} } }`,
      { input },
    );
    return answer[name];
  }
}
