import { DomainError, NotFoundError } from '../../kernel/errors.js';
import type { Database, Given, Statement } from '../../platform/database/database.js';
import { readPhone, type StoredAddress } from '../identity/index.js';
import { ownerKeys, type CartOwner } from './cart-owner.js';
import type { CartService, CartWithLines, ChangedCart } from './cart.service.js';
import { noCart } from './cart.errors.js';
import * as sql from './cart.statements.js';

/** Changes of whom the buyer is and where the goods go: contact, addresses and shipping method of a cart. */
export class CartDetailsService {
  constructor(
    private readonly database: Database,
    private readonly carts: CartService,
  ) {}

  /** @throws DomainError INVALID_PHONE for what is no telephone number */
  async setContact(owner: CartOwner, email: string, phone: string | null | undefined): Promise<ChangedCart> {
    // A national number belongs to the country of the shipping address, else to the shop's own.
    const isNational = Boolean(phone) && !/^\D*(?:\+|00)/.test(phone ?? '');
    const country = isNational ? await this.countryOf(owner) : undefined;
    const read = readPhone(phone, country);
    if (read === undefined) throw new DomainError('INVALID_PHONE', 'This is no telephone number.', ['phone']);
    return this.change(sql.setContact, { ...ownerKeys(owner), email, phone: read });
  }

  /** @throws DomainError INVALID_COUNTRY for a country that the shop does not deliver to */
  async setAddresses(
    owner: CartOwner,
    shipping: StoredAddress,
    billing: StoredAddress | null,
  ): Promise<ChangedCart> {
    const { countries } = await this.carts.reference();
    if (!countries.some(({ code }) => code === shipping.countryCode)) {
      throw new DomainError('INVALID_COUNTRY', 'We do not deliver to this country yet.', [
        'shippingAddress',
        'countryCode',
      ]);
    }
    return this.change(sql.setAddresses, { ...ownerKeys(owner), shipping, billing });
  }

  /**
   * Selects a shipping method and stores its present price. @throws NotFoundError for a method that does not deliver
   * there
   */
  async selectShippingMethod(owner: CartOwner, methodId: string): Promise<ChangedCart> {
    const quote = (await this.carts.find(owner))?.shippingMethods.find(
      ({ method }) => method.id === methodId,
    );
    if (!quote) throw new NotFoundError('shipping method for this address', ['shippingMethodId']);
    return this.change(sql.setShipping, { ...ownerKeys(owner), methodId, quoted: quote.price.gross });
  }

  /** Changes the cart's own row in one atomic statement that also reads the lines. */
  private async change<P extends object>(
    change: Statement<P, CartWithLines & { versionSeen: number }>,
    ...params: Given<P>
  ): Promise<ChangedCart> {
    const reference = await this.carts.reference();
    const cart = await this.database.row(change, ...params);
    if (!cart) throw noCart();
    const isFresh = cart.versionSeen === cart.version - 1;
    return {
      cart: await this.carts.show(cart, reference, isFresh ? cart.lines : undefined),
      token: null,
    };
  }

  private async countryOf(owner: CartOwner): Promise<string> {
    const found = await this.carts.find(owner);
    return found?.cart.shippingAddress?.countryCode ?? (await this.carts.reference()).homeCountry;
  }
}
