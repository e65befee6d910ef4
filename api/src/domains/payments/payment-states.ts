import { sqlList } from '../../platform/database/sql-list.js';
import type { DisputeStatusName, PaymentStatusName, RefundStatusName } from './payment.entity.js';

/** Statuses of a payment that the buyer may still make, or the provider decides. */
export const UNDECIDED_STATUSES: readonly PaymentStatusName[] = ['CREATING', 'PENDING', 'PROCESSING'];
/** Statuses of a payment that may still be captured. An order has at most one of these (`payment_one_active`). */
export const OPEN_STATUSES: readonly PaymentStatusName[] = [...UNDECIDED_STATUSES, 'AUTHORIZED'];

const FAILED_REFUND: readonly RefundStatusName[] = ['FAILED', 'CANCELLED'];
const OPEN_DISPUTE: readonly DisputeStatusName[] = ['NEEDS_RESPONSE', 'UNDER_REVIEW'];

/*
 * The same for statements: what follows the name of a status column, as in `p.status ${IS_OPEN_PAYMENT}`.
 */
export const IS_UNDECIDED_PAYMENT = `IN ${sqlList(UNDECIDED_STATUSES)}`;
export const IS_OPEN_PAYMENT = `IN ${sqlList(OPEN_STATUSES)}`;
/** A refund whose money went back, or still may. */
export const IS_LIVE_REFUND = `NOT IN ${sqlList(FAILED_REFUND)}`;
/** A dispute that the bank has not decided. */
export const IS_OPEN_DISPUTE = `IN ${sqlList(OPEN_DISPUTE)}`;
