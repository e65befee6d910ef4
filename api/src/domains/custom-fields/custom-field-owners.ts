import { metadataOwners, type MetadataOwner } from '../metadata/index.js';

/** A type of the schema whose entities have declared fields: each that has metadata. */
export interface CustomFieldOwner extends MetadataOwner {
  /** What the inputs and payloads of its mutation call one: `product`, `productId`. */
  readonly noun: string;
}

const NOUNS: Readonly<Record<string, string>> = {
  Product: 'product',
  ProductVariant: 'variant',
  Category: 'category',
  Order: 'order',
  Cart: 'cart',
  Customer: 'customer',
};

/** Whoever may change one of these may change its fields. */
export const customFieldOwners: readonly CustomFieldOwner[] = metadataOwners.flatMap((owner) => {
  const noun = NOUNS[owner.name];
  return noun ? [{ ...owner, noun }] : [];
});
