import type { MailFrame } from '../../../platform/mails/define-mail.js';
import { NO_BRAND } from '../../../platform/mails/mail-colors.js';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../../kernel/languages.js';
import { money } from '../../../kernel/money.js';
import { formatMoney, formatMoment } from '../../../platform/mails/formats.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../kernel/project-root.js';
import type { RenderedMail } from '../../../platform/mails/define-mail.js';
import type { OrderNoticeModel } from '../../orders/index.js';
import { OWNER_ALERTS } from '../owner-alerts.js';
import type { OwnerAlertModel } from './mail-model.js';
import { orderNotice } from './order-notice.js';
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

const amount = money(1_014_850, 'RON');
const notice: OrderNoticeModel = {
  number: '1001',
  firstName: 'Ștefan <b>',
  link: 'https://shop.example/ro/comanda/token?a=1&b=2',
  amount,
  lines: [],
  dueAt: null,
  reference: 'R101',
  note: null,
  transfer: null,
};
const alert: OwnerAlertModel = {
  alert: 'new-order',
  subject: '1001 <i>',
  amount,
  count: 3,
  detail: 'Curier',
  dueAt: '2026-11-24T12:30:00Z',
  lines: [],
  link: 'https://api.shop.example/admin/orders/ord_1',
};

/** Every mail but those with a layout of their own. */
const OTHERS = [
  'email-change',
  'email-change-requested',
  'email-changed',
  'email-verify',
  'layout',
  'order-confirmation',
  'order-shipped',
  'owner-alert',
  'password-changed',
  'password-reset',
  'recovery-code-used',
  'recovery-codes-renewed',
  'second-factor-off',
  'second-factor-on',
  'session-ended',
  'staff-invitation',
  'staff-invitation-asked-again',
  'welcome',
];
const ORDER_NOTICES = readdirSync(join(PROJECT_ROOT, 'locales/ro/mails'))
  .map((file) => file.replace('.json', ''))
  .filter((name) => !OTHERS.includes(name));

const cases = (names: readonly string[]): [string, Language][] =>
  names.flatMap((name) => LANGUAGES.map((language): [string, Language] => [name, language]));

/** Asserts that a mail has neither gaps in its text nor markup that somebody typed. */
function assertWhole({ subject, html, text }: RenderedMail, language: Language): void {
  for (const part of [subject, html, text]) {
    expect(part).not.toMatch(/undefined|null|\[object|NaN|\$\{/);
    expect(part.trim()).not.toBe('');
  }
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toMatch(/<b>|<i>/);
  expect(html).toContain(`<html lang="${language}" `);
}

describe('A notice about an order', () => {
  it.each(cases(ORDER_NOTICES))(
    '%s (%s) is whole, greets the buyer and links to the page',
    (name, language) => {
      const mail = orderNotice(name, frameIn(language), notice);

      assertWhole(mail, language);
      expect(mail.html).toContain('&#60;b&#62;');
      expect(mail.html).toContain('href="https://shop.example/ro/comanda/token?a=1&#38;b=2"');
      expect(mail.text).toContain(notice.link);
      expect(mail.subject + mail.text).toMatch(/1001|R101/);
    },
  );

  it.each(cases(ORDER_NOTICES))('%s (%s) has words of its own', (name, language) => {
    const others = LANGUAGES.filter((other) => other !== language);
    const subject = (each: Language): string => orderNotice(name, frameIn(each), notice).subject;

    for (const other of others) expect(subject(other)).not.toBe(subject(language));
  });

  it.each(LANGUAGES)('names the pieces, the sum and the last moment of a payment (%s)', (language) => {
    const dueAt = '2026-11-24T12:30:00Z';
    const { html, text } = orderNotice('payment-link', frameIn(language), {
      ...notice,
      dueAt,
      lines: [{ name: 'Cană „Țărmul”', variant: 'Verde', quantity: 2, total: amount }],
    });

    for (const content of [html, text])
      for (const part of [
        'Cană „Țărmul”',
        'Verde',
        formatMoney(amount, language),
        formatMoment(dueAt, frameIn(language)),
      ])
        expect(content).toContain(part);
    expect(formatMoment(dueAt, frameIn(language))).toContain('14:30');
  });

  it.each(LANGUAGES)('says where a bank transfer goes, in groups of four (%s)', (language) => {
    const { html, text } = orderNotice('transfer-instructions', frameIn(language), {
      ...notice,
      transfer: { holder: 'Lut & Lână SRL', iban: 'RO49AAAA1B31007593840000', reference: '1001' },
    });

    expect(text).toMatch(/IBAN\u00a0?: RO49 AAAA 1B31 0075 9384 0000/);
    expect(html).toContain('RO49 AAAA 1B31 0075 9384 0000');
    expect(html).toContain('Lut &#38; Lână SRL');
  });

  it.each(LANGUAGES)('quotes what staff wrote, as text (%s)', (language) => {
    const { html, text } = orderNotice('return-rejected', frameIn(language), {
      ...notice,
      note: 'Used\n<script>',
    });

    expect(html).toContain('Used &#60;script&#62;');
    expect(text).toContain('Used <script>');
  });

  it('tells of money only where there is some', () => {
    const paid = orderNotice('order-cancelled', frameIn('en'), notice).text;
    const unpaid = orderNotice('order-cancelled', frameIn('en'), { ...notice, amount: null }).text;

    expect(paid).toMatch(/RON.10,148\.50 back/);
    expect(unpaid).toContain('No money was taken.');
  });
});

describe('A mail to the owner', () => {
  it.each(cases(OWNER_ALERTS))('%s (%s) is whole and leads to the back office', (name, language) => {
    const mail = mails.render('owner-alert', frameIn(language), {
      ...alert,
      alert: name as OwnerAlertModel['alert'],
    });

    assertWhole(mail, language);
    expect(mail.html).toContain(`href="${alert.link}"`);
    expect(mail.text).toContain(alert.link);
  });

  it('names what it is about in its subject', () => {
    const subject = (name: OwnerAlertModel['alert']): string =>
      mails.render('owner-alert', frameIn('en'), { ...alert, alert: name }).subject;

    expect(subject('new-order')).toMatch(/New order: 1001 <i>, RON.10,148\.50/);
    expect(subject('integrity-broken')).toContain('3 findings');
  });
});

describe('A confirmation', () => {
  it.each(LANGUAGES)('says how the order is paid (%s)', (language) => {
    const order = {
      number: '1001',
      lines: [],
      subtotal: amount,
      shipping: money(0, 'RON'),
      shippingMethod: 'Curier',
      total: amount,
      address: {
        firstName: 'Ana',
        lastName: 'Pop',
        company: null,
        line1: 'Strada 1',
        line2: null,
        city: 'Sibiu',
        region: null,
        postalCode: '550001',
        countryCode: 'RO',
      },
      link: 'https://shop.example/o',
    };

    const texts = (['PAID', 'ON_DELIVERY', 'RESERVED', 'NOTHING'] as const).map(
      (payment) => mails.render('order-confirmation', frameIn(language), { ...order, payment }).text,
    );

    expect(new Set(texts).size).toBe(4);
    expect(mails.render('order-confirmation', frameIn(language), order).text).toBe(texts[0]);
  });
});
