/*
 * Free stock: units on hand that are not reserved. A reservation counts until it is released or sold, also when its time
 * is over. Only stock at active locations is sold, so units of a variant are the sum over these.
 *
 * Everything that computes free stock takes it from here. The tables are those of inventory; this is the lowest module
 * that reads them.
 */

/** Free units out of the units on hand and reserved: of one stock level, or of sums. Stock levels never hold less than is reserved. */
export const freeUnits = ({
  onHand,
  reserved,
}: {
  readonly onHand: number;
  readonly reserved: number;
}): number => onHand - reserved;

/** SQL: the same out of the columns `on_hand` and `reserved` of a row. */
export const freeOf = (row: string): string => `${row}.on_hand - ${row}.reserved`;

/** SQL: sums over the stock levels `s` of the variant `v` at active locations. */
export const ofActiveLevels = (v: string, sums: string): string =>
  `(SELECT ${sums} FROM stock_level s JOIN stock_location l ON l.id = s.location_id AND l.active WHERE s.variant_id = ${v}.id)`;

/** SQL: the free units of the variant `v`; null for one without a stock level. */
export const freeOfVariant = (v: string): string => ofActiveLevels(v, `sum(${freeOf('s')})`);
