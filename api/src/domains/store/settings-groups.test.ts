import { describe, expect, it } from 'vitest';
import { contactGroup, sellerGroup, shopGroup } from './settings-groups.js';

const contact = { email: null, phone: null, links: [] };

describe('what staff write about the shop', () => {
  it.each(['\u200b', '\u3164\u2800', '\u202e', 'Lut\u2028Lână', 'Lut\u2029Lână', 'Lut\r\nBcc: x'])(
    'is no name when nobody sees it, or when it has a second line: %j',
    (name) => {
      expect(shopGroup.schema.safeParse({ name }).success).toBe(false);
    },
  );

  it('loses what nobody sees, so that no title runs backwards', () => {
    expect(shopGroup.schema.parse({ name: ' \u202eLut\u200b & Lână ' })).toEqual({ name: 'Lut & Lână' });
    expect(contactGroup.schema.parse({ ...contact, phone: '\u202a0268 123 456\u202c' })).toMatchObject({
      phone: '0268 123 456',
    });
  });

  it('has an address without empty lines', () => {
    const seller = { name: 'Lut SRL', taxId: 'RO1', registrationNumber: null };
    expect(sellerGroup.schema.safeParse({ ...seller, address: ['Strada 1', '\u200b'] }).success).toBe(false);
    expect(sellerGroup.schema.safeParse({ ...seller, address: ['Strada 1'] }).success).toBe(true);
  });

  it.each(['(((((', '1-2-3-4', '+', 'tel:12345'])('is no telephone number without digits: %s', (phone) => {
    expect(contactGroup.schema.safeParse({ ...contact, phone }).success).toBe(false);
  });

  it.each([
    ['https://instagram.com/lut', 'https://instagram.com/lut'],
    ['https:///a.ro/"><b>\u202e', 'https://a.ro/%22%3E%3Cb%3E'],
    ['https://a\n.ro/\tx', 'https://a.ro/x'],
  ])('links to a page in the spelling of browsers: %j', (written, kept) => {
    expect(contactGroup.schema.parse({ ...contact, links: [written] }).links).toEqual([kept]);
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'https://instagram.com@evil.example/',
    'https://user:secret@a.ro/',
    '/admin',
    `https://a.ro/${'ă'.repeat(60)}`,
  ])('does not link to what is no page, or hides which: %s', (link) => {
    expect(contactGroup.schema.safeParse({ ...contact, links: [link] }).success).toBe(false);
  });
});
