/** The statuses of a placed order. */
export const PLACED = `('PLACED', 'PAID', 'FULFILLED', 'COMPLETED')`;
export const LIVE_REFUND = `status NOT IN ('FAILED', 'CANCELLED')`;
/** True if the lines of order `o` are those it was placed with. */
export const NEVER_EDITED = `NOT EXISTS (SELECT 1 FROM order_edit e WHERE e.order_id = o.id AND e.status = 'APPLIED')`;
