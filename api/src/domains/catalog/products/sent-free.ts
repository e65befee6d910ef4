/** Whether sending a product costs the buyer nothing, whatever else is sent: staff gave it the label FREE_SHIPPING. */
export function isSentFree({ labels }: { readonly labels: readonly string[] }): boolean {
  return labels.includes('FREE_SHIPPING');
}
