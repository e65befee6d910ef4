/** What a line of an order is called in a sentence. The only variant of a product has the product's name, said once. */
export function lineName({
  productName,
  variantName,
}: {
  readonly productName: string;
  readonly variantName: string;
}): string {
  return variantName === productName ? productName : `${productName} ${variantName}`;
}
