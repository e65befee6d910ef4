import type { AddressLike } from '../app/address-form';
import type { Money } from '../app/money';
import type { ShopPicture } from './shop-picture';

/** What is shown of an order, whether a guest looks at it or a customer in their account. */
export interface OrderView {
  id: string;
  number: string;
  status: string;
  createdAt: string;
  placedAt?: string | null;
  email: string;
  phone?: string | null;
  shippingMethodName: string;
  shippingAddress: AddressLike;
  billingAddress: AddressLike;
  subtotal: { gross: Money };
  shipping: { gross: Money };
  total: { gross: Money };
  refundedTotal: Money;
  taxLines: { name: string; ratePercent: string; tax: Money }[];
  lines: {
    id: string;
    productName: string;
    variantName: string;
    quantity: number;
    total: { gross: Money };
    image?: ShopPicture | null;
  }[];
  shipments: ShipmentView[];
  events: OrderEventView[];
}

export interface ShipmentView {
  id: string;
  status: string;
  carrier?: string | null;
  trackingNumber?: string | null;
  trackingUrl?: string | null;
  shippedAt: string;
  deliveredAt?: string | null;
}

export interface OrderEventView {
  id: string;
  kind: string;
  at: string;
  data: { toStatus?: string | null; amount?: Money | null; carrier?: string | null };
}
