import type { Language } from '../../../kernel/languages.js';
import { NO_BRAND } from '../../../platform/mails/mail-colors.js';
import type { MailFrame } from '../../../platform/mails/define-mail.js';
import { describe, expect, it } from 'vitest';
import { money } from '../../../kernel/money.js';
import { mailAddressLines } from './mail-address.js';
import type { MailAddress } from './mail-model.js';
import { Mails } from '../../../platform/mails/mails.js';
import { addLayouts } from './layouts.js';

const frameIn = (language: Language): MailFrame => ({
  language,
  shopName: 'Lut & Lână',
  timeZone: 'Europe/Bucharest',
  brand: NO_BRAND,
});

const mails = new Mails();
addLayouts(mails);

const ANA: MailAddress = {
  firstName: 'Ana',
  lastName: 'Țepeș & Fiii',
  company: 'S.C. Lână S.R.L.',
  line1: 'Bd. 1 Decembrie 1918 nr.4, bl.A2/3',
  line2: 'c/o Maria, ap. 7',
  city: 'Sibiu',
  region: 'Sibiu',
  postalCode: '550001',
  countryCode: 'RO',
};

describe('the address in a mail', () => {
  it('stands there as it was typed', () => {
    expect(mailAddressLines(ANA, 'ro')).toEqual([
      'Ana Țepeș & Fiii',
      'S.C. Lână S.R.L.',
      'Bd. 1 Decembrie 1918 nr.4, bl.A2/3',
      'c/o Maria, ap. 7',
      '550001 Sibiu, jud. Sibiu',
      'România',
    ]);
  });

  it('keeps a street that is written without spaces', () => {
    expect(mailAddressLines({ ...ANA, line1: 'Str.Lalelelor nr.5/B' }, 'ro')).toContain(
      'Str. Lalelelor nr.5/B',
    );
  });

  it.each([
    'Buy at http://evil.example now',
    'evil.example',
    'www.evil',
    'mail me@evil.example',
    'bit.ly/x',
    'EVIL.EXAMPLE/win',
    'HTTPS://evil',
    'evil。example',
    'evil,example',
    'evil，example',
    'evil․example',
    'ev\u200Bil\u2800.\u2060example',
    'www,evil',
  ])('never links to what a stranger typed: %s', (typed) => {
    const address = {
      ...ANA,
      firstName: typed,
      lastName: typed,
      company: typed,
      line1: typed,
      line2: typed,
      city: typed,
    };
    const shipment = { number: '1001', lines: [], address, link: 'https://shop.example/order' };
    const sum = money(100, 'RON');
    const written = [
      mails.render('order-shipped', frameIn('en'), {
        ...shipment,
        carrier: null,
        trackingNumber: null,
        trackingUrl: null,
      }),
      mails.render('order-confirmation', frameIn('en'), {
        ...shipment,
        subtotal: sum,
        shipping: sum,
        shippingMethod: 'Courier',
        total: sum,
      }),
    ];

    // The page's head names the standards that it follows.
    for (const text of written.flatMap(({ html, text }) => [html.slice(html.indexOf('<body')), text])) {
      expect(text).not.toMatch(/www[.,]|evil[.。,，․]example|:\/\/evil|me@|bit\.ly/i);
      expect(text).toContain('Romania');
    }
  });

  it.each(['call 0900 123456', 'you have won a thousand euros', 'x'.repeat(60)])(
    'leaves out a name that is an advertisement: %s',
    (typed) => {
      expect(mailAddressLines({ ...ANA, firstName: typed, lastName: typed }, 'ro')[0]).toBe(
        'S.C. Lână S.R.L.',
      );
    },
  );
});
