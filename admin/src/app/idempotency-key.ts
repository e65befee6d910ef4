/** A key for one intention. `crypto.randomUUID` needs HTTPS or localhost; a shop on a plain local address needs keys too. */
export const newIdempotencyKey = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, '0')).join('');
