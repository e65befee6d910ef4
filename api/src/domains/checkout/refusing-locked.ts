import { violatedCheck } from '../../platform/database/database.js';
import { OF_OPEN_CUSTOMER } from '../orders/index.js';
import { checkoutBlocked } from './checkout.errors.js';

/** Places an order; somebody whom staff locked is told what anybody is told from whom no orders are taken. */
export async function refusingLocked<T>(place: () => Promise<T>): Promise<T> {
  try {
    return await place();
  } catch (error) {
    throw violatedCheck(error) === OF_OPEN_CUSTOMER ? checkoutBlocked() : error;
  }
}
