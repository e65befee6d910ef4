import { Guest } from './guest.js';

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** Somebody with an account of the shop, signed in. Buys like a guest. */
export class Customer extends Guest {
  /** @throws Error with the code of a refused sign-in */
  static async signIn(url: string, { email, password }: Account): Promise<Customer> {
    const customer = new Customer(url);
    await customer.do('login', 'LoginInput', { email, password });
    return customer;
  }
}
