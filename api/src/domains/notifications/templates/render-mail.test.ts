import type { MailFrame } from '../../../platform/mails/define-mail.js';
import { NO_BRAND } from '../../../platform/mails/mail-colors.js';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../../kernel/languages.js';
import { money } from '../../../kernel/money.js';
import { formatMoney } from '../../../platform/mails/formats.js';
import type { MailAddress, OrderConfirmationModel, OrderShippedModel } from './mail-model.js';
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

const address: MailAddress = {
  firstName: 'Ștefan',
  lastName: 'Țepeș & Fiii',
  company: null,
  line1: 'Strada Lânii 4',
  line2: null,
  city: 'Sibiu',
  region: null,
  postalCode: '550001',
  countryCode: 'RO',
};

const order: OrderConfirmationModel = {
  number: '1001',
  lines: [
    { name: 'Cană „Țărmul”', variant: 'Verde mușchi', quantity: 2, total: money(12_900, 'RON') },
    { name: '<script>alert(1)</script>', variant: '', quantity: 1, total: money(1_000_050, 'RON') },
  ],
  subtotal: money(1_012_950, 'RON'),
  shipping: money(1_900, 'RON'),
  shippingMethod: 'Curier',
  total: money(1_014_850, 'RON'),
  address,
  link: 'https://shop.example/ro/comanda/token?a=1&b=2',
};

const shipment: OrderShippedModel = {
  number: '1001',
  lines: [{ name: 'Cană „Țărmul”', variant: 'Verde mușchi', quantity: 2 }],
  carrier: 'Sameday',
  trackingNumber: 'SD123',
  trackingUrl: 'https://sameday.example/track/SD123',
  address,
  link: order.link,
};

/** The text that a reader sees: entities decoded, tags removed, no-break spaces as spaces. */
function asRead(markup: string): string {
  const visible = markup.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ');
  return visible
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/[\s\u00a0\u202f]+/g, ' ');
}

describe('An order confirmation', () => {
  it.each<[Language, string, string]>([
    ['ro', '129,00 RON', '10.148,50 RON'],
    ['en', 'RON 129.00', 'RON 10,148.50'],
    ['fr', '129,00 RON', '10 148,50 RON'],
  ])(
    'tells number, every line, the total as written in %s, and the address',
    (language, lineTotal, total) => {
      const mail = mails.render('order-confirmation', frameIn(language), order);

      expect(mail.subject).toContain('1001');
      for (const content of [asRead(mail.html), asRead(mail.text.replaceAll('<', '&#60;'))]) {
        for (const part of [
          '1001',
          'Cană „Țărmul”',
          'Verde mușchi',
          lineTotal,
          total,
          'Ștefan Țepeș & Fiii',
          '550001 Sibiu',
        ]) {
          expect(content).toContain(part);
        }
      }
      expect(mail.html).toContain('href="https://shop.example/ro/comanda/token?a=1&#38;b=2"');
      expect(mail.text).toContain(order.link);
    },
  );

  it('sets the colon of the text form as the language does', () => {
    const french = mails.render('order-confirmation', frameIn('fr'), order).text;
    expect(french).toContain('Vos articles\u00a0:\n');
    expect(french).not.toMatch(/\w: /);
    expect(mails.render('order-confirmation', frameIn('en'), order).text).toContain('What you chose:\n');
  });

  it('keeps a product named like a script a text', () => {
    const mail = mails.render('order-confirmation', frameIn('ro'), order);

    expect(mail.html).not.toContain('<script');
    expect(asRead(mail.html)).toContain('<script>alert(1)</script>');
    expect(mail.text).toContain('<script>alert(1)</script>');
  });

  it('calls delivery that costs nothing free', () => {
    const free = { ...order, shipping: money(0, 'RON') };

    expect(mails.render('order-confirmation', frameIn('ro'), free).text).toContain(
      'Livrare (Curier): gratuită',
    );
    expect(mails.render('order-confirmation', frameIn('fr'), free).text).toContain(
      'Livraison (Curier)\u00a0: offerte',
    );
  });
});

describe('A shipping notice', () => {
  it('says when the shipment is expected, and nothing where nobody knows', () => {
    const days = { from: '2026-11-30T10:00:00.000Z', to: '2026-12-01T10:00:00.000Z' };
    const text = (expectedDelivery: typeof days | null): string =>
      mails.render('order-shipped', frameIn('en'), { ...shipment, expectedDelivery }).text;

    expect(text(days)).toContain('between 30 November 2026 and 1 December 2026');
    expect(text({ from: days.to, to: days.to })).toContain('by 1 December 2026');
    expect(text(null)).not.toContain('expected');
    expect(mails.render('order-shipped', frameIn('en'), shipment).text).not.toContain('expected');
  });

  it.each(LANGUAGES)('names carrier, number and link of the shipment (%s)', (language) => {
    const { html, text } = mails.render('order-shipped', frameIn(language), shipment);

    for (const content of [html, text])
      for (const part of ['Sameday', 'SD123', 'https://sameday.example/track/SD123'])
        expect(content).toContain(part);
  });

  it('links to the order instead of anything that is no web address', () => {
    const mail = mails.render('order-shipped', frameIn('ro'), {
      ...shipment,
      trackingUrl: 'javascript:alert(1)',
    });

    expect(mail.html + mail.text).not.toContain('javascript:');
    expect(mail.text).toContain(order.link);
  });

  it('does without a carrier', () => {
    const mail = mails.render('order-shipped', frameIn('en'), {
      ...shipment,
      carrier: null,
      trackingNumber: null,
      trackingUrl: null,
    });

    expect(mail.html + mail.text).not.toMatch(/null|undefined/);
  });
});

describe('Every mail', () => {
  it.each(LANGUAGES)('asks for a new password with one link, in words of its own (%s)', (language) => {
    const { subject, html, text } = mails.render('password-reset', frameIn(language), {
      firstName: 'Ana <3',
      link: 'https://shop.example/reset/abc',
    });

    expect(subject).not.toBe('');
    expect(html).toContain(`<html lang="${language}" `);
    expect(html).toContain('href="https://shop.example/reset/abc"');
    expect(html).toContain('Ana &#60;3');
    expect(text).toContain('https://shop.example/reset/abc');
  });

  it('writes prices by the currency, not by the habit of two decimals', () => {
    expect(formatMoney(money(1_234, 'KWD'), 'en')).toMatch(/KWD\s1\.234/);
    expect(formatMoney(money(500, 'JPY'), 'fr')).toMatch(/500\sJPY/);
  });
});
