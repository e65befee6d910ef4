import { DomainError } from '../../kernel/errors.js';
import {
  beginningGroup,
  holidayGroup,
  isClosed,
  type Holiday,
  type SettingsService,
} from '../store/index.js';
import { ShopClosedError } from './checkout.errors.js';

/** What decides whether the shop takes orders at all. */
export interface TakingOrders {
  readonly isOpen: boolean;
  readonly holiday: Holiday;
}

export async function takingOrders(settings: Pick<SettingsService, 'get'>): Promise<TakingOrders> {
  const [{ isOpen }, holiday] = await Promise.all([settings.get(beginningGroup), settings.get(holidayGroup)]);
  return { isOpen, holiday };
}

/**
 * Before the shop opens only those who work in it may order, to try it out.
 *
 * @throws DomainError SHOP_NOT_OPEN, ShopClosedError
 */
export function assertTakesOrders({ isOpen, holiday }: TakingOrders, isStaff: boolean, now: Date): void {
  if (!isOpen && !isStaff)
    throw new DomainError('SHOP_NOT_OPEN', 'The shop has not opened yet and takes no orders.');
  if (isClosed(holiday, now)) throw new ShopClosedError(holiday.until);
}
