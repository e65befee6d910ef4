import { definePersonalData } from '../../platform/personal-data/define-personal-data.js';

/** What the defence against orders that nobody pays holds about people. */
export const checkoutPersonalData = [
  definePersonalData({
    ...{ table: 'checkout_attempt', columns: ['email', 'phone'] },
    unless: 'Repeats what the order or the cart says, and is deleted within days.',
  }),
  definePersonalData({
    ...{ table: 'checkout_block', columns: ['contact', 'reason'] },
    unless:
      'Keeps somebody from ordering without paying: it names an address that nobody has shown to be theirs.',
  }),
];
