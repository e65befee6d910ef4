import { describe, expect, it } from 'vitest';
import { smtpAddress } from './smtp-address.js';

describe('the address of a mail server', () => {
  it.each([
    'smtp://mail.example',
    'smtps://shop:p%3Fss@mail.example:465',
    'smtp://shop:secret@mail.example:587/?requireTLS=true&tls.rejectUnauthorized=false',
    'smtp://mail.example?pool=true&maxConnections=3',
    'smtp://mail.example?',
  ])('is taken: %s', (address) => {
    expect(smtpAddress.safeParse(address).success).toBe(true);
  });

  it.each([
    // A program that would run with the rights of the shop.
    'smtp://mail.example/?sendmail=true&path=/bin/sh&args=-c&args=id',
    'smtp://mail.example?pool=false&sendmail=1',
    'smtp://mail.example/?send%6dail=true',
    'smtp://mail.example/?send\tmail=true',
    'smtp://mail.example/#?sendmail=true',
    // The whole talk with the server, in the log.
    'smtp://mail.example/?logger=true&debug=true',
    // Mails that nobody would get.
    'smtp://mail.example/?jsonTransport=true',
    'smtp://mail.example/?streamTransport=1',
    'smtp://mail.example/?auth=x',
    'https://mail.example',
    'smtp://',
  ])('is refused: %s', (address) => {
    expect(smtpAddress.safeParse(address).success).toBe(false);
  });
});
