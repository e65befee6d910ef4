import { randomUUID } from 'node:crypto';
import type { Account } from './customer.js';
import type { Bought } from './guest.js';
import { GraphqlClient } from './graphql-client.js';

/** The owner of a shop with demo accounts. */
const OWNER: Account = { email: 'admin@example.com', password: 'Admin@123' };

/** Somebody who works in the shop, signed in to the admin. */
export class Staff extends GraphqlClient {
  private constructor(url: string) {
    super(url, { 'x-vitrine-client': 'admin' });
  }

  /** By default the owner. @throws Error with the code of a refused sign-in */
  static async signIn(url: string, { email, password }: Account = OWNER): Promise<Staff> {
    const staff = new Staff(url);
    await staff.do('login', 'LoginInput', { email, password });
    return staff;
  }

  /** Receives units of a variant at the first location. */
  async receive(variantId: string, quantity: number): Promise<void> {
    const { stockLocations } = await this.ask('{ stockLocations { id } }');
    await this.do('stockReceive', 'StockReceiveInput', {
      variantId,
      locationId: stockLocations[0].id,
      quantity,
      reason: 'For a test',
      idempotencyKey: randomUUID(),
    });
  }

  /** Sends everything of an order in one shipment, and has it arrive. */
  async deliver({ id }: Pick<Bought, 'id'>): Promise<void> {
    const { order } = await this.ask('query($id: ID!) { order(id: $id) { version } }', { id });
    const { shipment } = await this.do(
      'shipmentCreate',
      'ShipmentCreateInput',
      { orderId: id, expectedVersion: order.version, carrier: 'Fan Courier', trackingNumber: 'RO123' },
      'shipment { id }',
    );
    const delivered = { shipmentId: shipment.id, status: 'DELIVERED' };
    await this.do('shipmentUpdate', 'ShipmentUpdateInput', delivered);
  }
}
