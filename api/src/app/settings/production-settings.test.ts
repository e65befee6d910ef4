import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.js';
import { productionMistakes } from './production-settings.js';

const OPEN = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://shop@localhost/vitrine',
  JWT_SECRET: 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa',
  STOREFRONT_URL: 'https://shop.example',
  API_PUBLIC_URL: 'https://api.shop.example',
  PAYMENT_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
  SMTP_URL: 'smtps://mail.example',
  MAIL_FROM: 'Shop <comenzi@lana-noua.ro>',
  SELLER_NAME: 'Shop SRL',
  SELLER_ADDRESS: 'Strada 1|500000 Brașov',
  SELLER_TAX_ID: 'RO12345678',
};
const REHEARSED = { PAYMENT_PROVIDER: 'test', SMTP_URL: '', MAIL_FROM: '', SELLER_NAME: '' };
/** Staff write keys, token and password in the admin. */
const KEPT_BY_STAFF = {
  ...{ PAYMENT_PROVIDER: 'admin', MAIL_PROVIDER: 'admin', SMTP_URL: '' },
  ...{ STRIPE_SECRET_KEY: '', STRIPE_PUBLISHABLE_KEY: '', STRIPE_WEBHOOK_SECRET: '' },
};

const userErrors = (changed: NodeJS.ProcessEnv): string[] => {
  try {
    const { firstMistakes } = readEnv({ ...OPEN, ...changed });
    return Object.values(firstMistakes).flat();
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

describe('a shop that serves the public', () => {
  it('starts when everything is there', () => {
    expect(userErrors({})).toEqual([]);
    expect(userErrors({ STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef,' })).toEqual([]);
    expect(userErrors({ ...KEPT_BY_STAFF })).toEqual([]);
  });

  it.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ SMTP_URL: '' }, /MAIL_PROVIDER .* no customer would get a mail/],
    [{ MAIL_PROVIDER: 'inbox' }, /MAIL_PROVIDER .* no customer would get a mail/],
    [{ MAIL_FROM: '' }, /MAIL_FROM is missing/],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_' }, /STRIPE_WEBHOOK_SECRET .*whsec_ is missing/],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef,whsec_' }, /STRIPE_WEBHOOK_SECRET/],
    [{ STAGING: 'true', STRIPE_PUBLISHABLE_KEY: 'pk_test_abc' }, /is a test key and .* a live one/],
    [{ JWT_SECRET: 'a'.repeat(40) }, /JWT_SECRET .* guessed/],
    [{ JWT_SECRET: 'secret'.repeat(8) }, /JWT_SECRET .* guessed/],
    [{ STOREFRONT_SECRET: '1'.repeat(32) }, /STOREFRONT_SECRET .* guessed/],
    [{ STOREFRONT_URL: 'http://shop.example' }, /STOREFRONT_URL .* https/],
    [{ API_PUBLIC_URL: 'http://api.shop.example' }, /API_PUBLIC_URL .* https/],
    [{ API_PUBLIC_URL: '' }, /API_PUBLIC_URL is missing/],
    [{ API_PUBLIC_URL: 'http://localhost:4000' }, /API_PUBLIC_URL .* this machine/],
    [{ API_PUBLIC_URL: 'https://127.0.0.1' }, /API_PUBLIC_URL .* this machine/],
    [{ CORS_ORIGINS: '*' }, /CORS_ORIGINS .* every site/],
    [{ CORS_ORIGINS: '["https://a.example", "*"]' }, /CORS_ORIGINS .* every site/],
    [{ SELLER_TAX_ID: 'RO00000000' }, /SELLER_TAX_ID .* demonstration/],
    [{ SELLER_ADDRESS: '' }, /SELLER_ADDRESS is missing/],
    [{ PAYMENT_PROVIDER: 'test' }, /PAYMENT_PROVIDER .* takes no money/],
    [
      { ...KEPT_BY_STAFF, PAYMENT_PROVIDER: '' },
      /PAYMENT_PROVIDER is missing.*\(admin when staff write them/,
    ],
    [{ ...KEPT_BY_STAFF, MAIL_PROVIDER: '' }, /MAIL_PROVIDER .* no customer would get a mail.*\(admin when/],
    [{ ...KEPT_BY_STAFF, MAIL_FROM: '' }, /MAIL_FROM is missing/],
    [{ ...KEPT_BY_STAFF, STRIPE_API_BASE: 'http://127.0.0.1:1' }, /STRIPE_API_BASE .* for tests/],
    [{ ...KEPT_BY_STAFF, POSTMARK_API_BASE: 'http://127.0.0.1:1' }, /POSTMARK_API_BASE .* for tests/],
  ])('refuses %j', (changed, sentence) => {
    expect(userErrors(changed)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    ['of the same mode', 'sk_test_abc', 'pk_test_abc', ['SECRET', 'PUBLISHABLE']],
    ['restricted', 'rk_test_abc', 'pk_test_abc', ['SECRET', 'PUBLISHABLE']],
    ['of two modes', 'sk_live_abc', 'pk_test_abc', ['PUBLISHABLE', 'PUBLISHABLE']],
  ])('refuses test keys of Stripe: %s', (_, secret, publishable, names) => {
    const keys = { STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable };
    expect(userErrors(keys)).toEqual(
      names.map((name) => expect.stringMatching(`STRIPE_${name}_KEY is wrong: .*(test key|is a test)`)),
    );
  });

  const GUESSED = [
    '0123456789'.repeat(4),
    '123456789012345678901234567890ab',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef',
    'zyxwvutsrqponmlkjihgfedcba987654',
    'aabbccddeeffgghhiijjkkllmmnnoopp',
    'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6',
    'acegikmoqsuwyacegikmoqsuwyacegik',
    'qwertyuiopasdfghjklzxcvbnm123456',
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,',
    'deadbeefcafedeadbeefcafedeadbeefcafe',
    '20240101202401022024010320240104',
    'changemechangemechangemechangeme',
    'Password123Password123Password123',
    'P@ssw0rdP@ssw0rdP@ssw0rdP@ssw0rd',
    'please-change-this-secret-in-production',
    'your-256-bit-secret-your-256-bit-secret',
    'super-secret-jwt-key-that-should-be-changed',
    'write at least 32 random characters (openssl rand -base64 48)',
    'a-string-secret-at-least-256-bits-long',
    'ThisIsASecretKeyForJwtAuthentication',
    'use-a-long-random-value-in-production',
    'lorem ipsum dolor sit amet consectetur',
    'the quick brown fox jumps over the lazy dog',
    'MondayTuesdayWednesdayThursdayFriday',
    '3.14159265358979323846264338327950288',
    '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    '1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y',
    // Other spellings of a text, and digests of a word, are as well known as it.
    'Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1l',
    'dGhpcyBpcyBhIHNlY3JldCBrZXkgZm9yIGp3dA==',
    '73757065727365637265746a77747365637265746b6579',
    '5f4dcc3b5aa765d61d8327deb882cf99',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=',
    '550e8400-e29b-41d4-a716-446655440000',
    'thisisaverylongsecretkeythatnobodyknows',
    'o-parola-foarte-lunga-si-secreta-pentru-magazin',
    'une-cle-secrete-tres-longue-pour-la-production',
    'shop.example-shop.example-jwt-2026-11',
    'lana-noua-jwt-signing-key-production-01',
    'dK9xdK8xdK7xdK6xdK5xdK4xdK3xdK2x',
    'a1!a2!a3!a4!a5!a6!a7!a8!a9!b1!b2!',
  ];
  it.each(GUESSED)('refuses a secret that somebody would guess: %s', (secret) => {
    for (const name of ['JWT_SECRET', 'STOREFRONT_SECRET', 'POSTMARK_WEBHOOK_PASSWORD'])
      expect(userErrors({ [name]: secret.replaceAll(',', '.') })).toEqual([
        expect.stringMatching(`${name} is wrong: .*guessed; write a random one`),
      ]);
  });

  it('takes every secret that is random, however it is written', () => {
    const random = (bytes: number, as: BufferEncoding): string => randomBytes(bytes).toString(as);
    for (let time = 0; time < 300; time++) {
      const jwt = [random(16, 'hex'), random(24, 'base64'), random(48, 'base64')][time % 3];
      const changed = { JWT_SECRET: jwt, POSTMARK_WEBHOOK_PASSWORD: random(12, 'base64') };
      expect(productionMistakes({ ...OPEN, ...changed }), JSON.stringify(changed)).toEqual([]);
    }
    for (const secret of [
      // Random hexadecimal digits, of which nine are different.
      '623378729d3d367b89d63bb7d833dd6c',
      'correct-horse-battery-staple-anvil-motor',
      'ăâîșț😀漢字éüß€ñøåæ𝔘дж₿Ωλπ≠∞✓☂♞abcxyz',
    ])
      expect(userErrors({ JWT_SECRET: secret })).toEqual([]);
  });

  it.each([
    'https://localhost.',
    'https://LOCALHOST',
    'https://shop.localhost',
    'https://127.1',
    'https://2130706433',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://[::]',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[0:0:0:0:0:ffff:7f00:1]',
    'https://0.0.0.0',
    'https://host.docker.internal:4000',
  ])('refuses the address of this machine for images, and for the shop: %s', (address) => {
    expect(userErrors({ API_PUBLIC_URL: address })).toEqual([
      expect.stringMatching(/API_PUBLIC_URL is wrong: it names this machine.*write the public address/),
    ]);
    expect(userErrors({ STOREFRONT_URL: address })).toEqual([
      expect.stringMatching(/STOREFRONT_URL is wrong: it names this machine.*write the public address/),
    ]);
  });

  it.each([
    'https://10.0.0.7',
    'https://192.168.1.10:8443',
    'https://172.20.0.3',
    'https://100.64.1.1',
    'https://169.254.169.254',
    'https://3232235777',
    'https://[fd00::1]',
    'https://[fe80::1]',
    'https://[::ffff:192.168.1.1]',
    'https://api:4000',
    'https://shop.local',
    'https://shop.internal',
    'https://shop.home.arpa.',
    'https://Shop.LAN',
    'https://shop.prod.svc.cluster.local',
    'https://192.0.2.1',
    'https://198.18.0.1',
    'https://224.0.0.1',
    'https://255.255.255.255',
    'https://[2001:db8::1]',
    'https://[ff02::1]',
    'https://[::7f00:1]',
  ])('refuses an address of a private network, but takes it for a rehearsal: %s', (address) => {
    for (const name of ['STOREFRONT_URL', 'API_PUBLIC_URL']) {
      expect(userErrors({ [name]: address })).toEqual([
        expect.stringMatching(`${name} is wrong: .* network of your own only`),
      ]);
      expect(userErrors({ [name]: address, STAGING: 'true' })).toEqual([]);
    }
  });

  it.each(['HTTP://shop.example', 'hTTp:shop.example', ' http://shop.example'])(
    'refuses an address that is not encrypted, in any spelling: %s',
    (address) => {
      for (const name of ['STOREFRONT_URL', 'API_PUBLIC_URL'])
        expect(userErrors({ [name]: address })).toEqual([expect.stringMatching(`${name} .* https://`)]);
    },
  );

  it.each([
    ['["\\u002a"]', /every site/],
    ['https://a.example,*', /every site/],
    ['null', /null is no origin.*https:\/\/shop\.example/],
    ['https://a.example/admin', /is no origin/],
    ['https://a.example?x', /is no origin/],
    ['https://*.example', /is no origin/],
    ['a.example', /is no origin/],
    ['//a.example', /is no origin/],
    ['file://', /is no origin/],
    ['https://user:secret@a.example', /is no origin/],
    ['[https://a.example]', /comma-separated or JSON/],
  ])('refuses origins that let too many in or nobody: %s', (origins, sentence) => {
    expect(userErrors({ CORS_ORIGINS: origins })).toEqual([expect.stringMatching(sentence)]);
  });

  it.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ MAIL_FROM: 'abc' }, /MAIL_FROM .*write a sender/],
    [{ MAIL_FROM: 'Shop <abc>' }, /MAIL_FROM .*write a sender/],
    [{ MAIL_FROM: 'Shop <a@b.ro>, <c@d.ro>' }, /MAIL_FROM .*write a sender/],
    [{ MAIL_FROM: 'Shop <shop@example.com>' }, /MAIL_FROM .*examples only/],
    [{ MAIL_FROM: 'shop@mail.EXAMPLE.org' }, /MAIL_FROM .*examples only/],
    [{ MAIL_FROM: 'Lut & Lână <comenzi@lutsilana.example>' }, /MAIL_FROM .*examples only/],
    [{ MAIL_FROM: 'shop@shop.local' }, /MAIL_FROM .*network of your own only/],
    [{ MAIL_FROM: 'Lână\u2028Bcc: x <a@b.ro>' }, /MAIL_FROM .*write a sender/],
    [{ SMTP_URL: 'smtp://' }, /SMTP_URL .*names no server/],
    [{ SMTP_URL: 'smtp:mail.shop.ro' }, /SMTP_URL .*names no server/],
    [{ ADMIN_ALERT_EMAIL: 'owner@shop.lan' }, /ADMIN_ALERT_EMAIL .*network of your own only/],
    [{ ADMIN_ALERT_EMAIL: 'owner@example.com' }, /ADMIN_ALERT_EMAIL .*examples only/],
    [{ SMTP_URL: 'smtp://localhost:1025' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://127.1:2525' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://mail:1025' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://mailpit' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://MailHog:25' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://a:b@sandbox.smtp.mailtrap.io:587' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://smtp.ethereal.email:587' }, /SMTP_URL .*catches mails/],
    [{ SMTP_URL: 'smtp://user:password@mail.shop.ro:587' }, /SMTP_URL .*user:password stands for/],
    [{ MAIL_PROVIDER: 'postmark', POSTMARK_SERVER_TOKEN: 'POSTMARK_API_TEST' }, /delivers nothing/],
    [{ MAIL_PROVIDER: 'postmark', POSTMARK_SERVER_TOKEN: 'postmark_api_test' }, /delivers nothing/],
    [
      { MAIL_PROVIDER: 'postmark', POSTMARK_SERVER_TOKEN: 'xxxx-xxxx' },
      /POSTMARK_SERVER_TOKEN .*placeholder/,
    ],
    [{ MAIL_PROVIDER: 'postmark', POSTMARK_SERVER_TOKEN: 'your-server-token' }, /placeholder/],
  ])('refuses mails that reach nobody: %j', (changed, sentence) => {
    expect(userErrors(changed)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ SELLER_NAME: 'Lut & Lână SRL' }, /SELLER_NAME .*demonstration/],
    [{ SELLER_NAME: ' LUT SI LANA S.R.L. ' }, /SELLER_NAME .*demonstration/],
    [{ SELLER_NAME: 'Lut & La\u0302na\u0306' }, /SELLER_NAME .*demonstration/],
    [{ SELLER_NAME: 'S.C. Lut & Lână SRL' }, /SELLER_NAME .*demonstration/],
    [{ SELLER_ADDRESS: 'Str. Olarilor nr. 12|500026 Brasov' }, /SELLER_ADDRESS .*demonstration/],
    [{ SELLER_TAX_ID: 'CUI RO00000000' }, /SELLER_TAX_ID .*demonstration/],
    [
      { BANK_TRANSFER_IBAN: 'IBAN: RO49\u00a0AAAA\u20111B31\u20130075 9384/0000' },
      /BANK_TRANSFER_IBAN .*example/,
    ],
    [{ BANK_TRANSFER_IBAN: 'NO9386011117947' }, /BANK_TRANSFER_IBAN .*example/],
    [{ BANK_TRANSFER_IBAN: 'GB33BUKB20201555555555' }, /BANK_TRANSFER_IBAN .*example/],
    [{ SELLER_NAME: '   ' }, /SELLER_NAME is missing/],
    [{ SELLER_ADDRESS: 'Strada Olarilor 12|500026 Brașov|România' }, /SELLER_ADDRESS .*demonstration/],
    [{ SELLER_ADDRESS: 'strada olarilor, 12 | 500026 BRAȘOV' }, /SELLER_ADDRESS .*demonstration/],
    [{ SELLER_TAX_ID: 'ro 000.000.00' }, /SELLER_TAX_ID .*demonstration/],
    [{ SELLER_TAX_ID: '00000000' }, /SELLER_TAX_ID .*demonstration/],
    [{ SELLER_TAX_ID: 'RO' }, /SELLER_TAX_ID .*demonstration/],
    [{ BANK_TRANSFER_IBAN: 'RO49AAAA1B31007593840000' }, /BANK_TRANSFER_IBAN .*example/],
    [{ BANK_TRANSFER_IBAN: 'ro49 aaaa 1b31 0075 9384 0000' }, /BANK_TRANSFER_IBAN .*example/],
    [{ BANK_TRANSFER_IBAN: 'RO49-AAAA-1B31.0075-9384-0000' }, /BANK_TRANSFER_IBAN .*example/],
    [{ BANK_TRANSFER_IBAN: 'DE89 3704 0044 0532 0130 00' }, /BANK_TRANSFER_IBAN .*example/],
    [{ BANK_TRANSFER_IBAN: 'RO48AAAA1B31007593840000' }, /BANK_TRANSFER_IBAN .*check digits/],
    [{ BANK_TRANSFER_IBAN: 'DE75512108001245126198' }, /BANK_TRANSFER_IBAN .*check digits/],
    [{ BANK_TRANSFER_HOLDER: 'Lut & Lână SRL (demo)' }, /BANK_TRANSFER_HOLDER .*demonstration/],
  ])('refuses the seller and the account of the demonstration: %j', (changed, sentence) => {
    expect(userErrors(changed)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ STRIPE_SECRET_KEY: 'sk_live_' }, /STRIPE_SECRET_KEY .*begins with sk_live_/],
    [{ STRIPE_SECRET_KEY: 'sk_TEST_abc' }, /STRIPE_SECRET_KEY .*begins with sk_live_/],
    [{ STRIPE_SECRET_KEY: 'sk_live_...' }, /STRIPE_SECRET_KEY .*begins with sk_live_/],
    [{ STRIPE_SECRET_KEY: 'sk_live_xxxxxxxx' }, /STRIPE_SECRET_KEY .*placeholder/],
    [{ STRIPE_SECRET_KEY: 'sk_live_your_key_here' }, /STRIPE_SECRET_KEY .*placeholder/],
    [{ STRIPE_SECRET_KEY: 'pk_live_abcd' }, /STRIPE_SECRET_KEY .*this is the publishable key/],
    [{ STRIPE_PUBLISHABLE_KEY: 'sk_live_abcd' }, /STRIPE_PUBLISHABLE_KEY .*this is a secret key/],
    [{ STRIPE_PUBLISHABLE_KEY: 'rk_live_abcd' }, /STRIPE_PUBLISHABLE_KEY .*this is a secret key/],
    [{ STRIPE_PUBLISHABLE_KEY: 'pk_live_' }, /STRIPE_PUBLISHABLE_KEY .*begins with pk_live_/],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_xxxx' }, /STRIPE_WEBHOOK_SECRET .*placeholder/],
    [
      { STRIPE_WEBHOOK_SECRET: 'whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' },
      /STRIPE_WEBHOOK_SECRET .*placeholder/,
    ],
    [
      { STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef,0123456789abcdefghijkl' },
      /STRIPE_WEBHOOK_SECRET .*whsec_/,
    ],
    [{ STRIPE_WEBHOOK_SECRET: ',' }, /STRIPE_WEBHOOK_SECRET .*whsec_/],
    [{ STRIPE_API_BASE: 'http://stripe.example' }, /STRIPE_API_BASE .*leave it out/],
    [{ STRIPE_API_BASE: 'https://api.stripe.com' }, /STRIPE_API_BASE .*leave it out/],
    [{ DATABASE_URL: 'postgres://vitrine:vitrine@postgres:5432/vitrine' }, /DATABASE_URL .*another one/],
    [{ DATABASE_URL: 'postgres://shop:%70ostgres@db/vitrine' }, /DATABASE_URL .*another one/],
    [{ DATABASE_URL: 'postgres://db/vitrine?user=shop&password=shop' }, /DATABASE_URL .*another one/],
    [{ DATABASE_URL: 'postgres://shop:Shop2026@db/vitrine' }, /DATABASE_URL .*another one/],
    [{ DATABASE_URL: 'postgres://shop:P4ssword1@db/vitrine' }, /DATABASE_URL .*another one/],
    [{ DATABASE_URL: 'postgres://shop:qwerty123@db/vitrine' }, /DATABASE_URL .*another one/],
    [{ DATABASE_URL: 'postgres://shop:magazin1@db/magazin' }, /DATABASE_URL .*another one/],
  ])('refuses keys and passwords that are none: %j', (changed, sentence) => {
    expect(userErrors(changed)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each<NodeJS.ProcessEnv>([
    { STRIPE_SECRET_KEY: 'rk_live_51HonestRestrictedKey' },
    { STRIPE_SECRET_KEY: 'sk_org_live_8mHonestOrganizationKey' },
    { SMTP_URL: 'smtp://relay:25' },
    { SMTP_URL: 'smtps://shop:Zk3vQ9@mail.internal:465' },
    { SMTP_URL: 'smtp://localhost:25' },
    { SMTP_URL: 'smtp://live.smtp.mailtrap.io:587' },
    { MAIL_PROVIDER: 'postmark', POSTMARK_SERVER_TOKEN: '6f1c2b9e-3a47-4d0b-9f8e-52c7d1a0be34' },
    { DATABASE_URL: 'postgres://vitrine:Zk3vQ9tY@postgres:5432/vitrine' },
    { DATABASE_URL: 'postgres:///vitrine?host=/var/run/postgresql' },
    { STOREFRONT_URL: 'HTTPS://Shop.Example/', API_PUBLIC_URL: 'https://shop.example/api' },
    { STOREFRONT_URL: 'https://lână.ro', API_PUBLIC_URL: 'https://8.8.8.8:8443' },
    { CORS_ORIGINS: 'https://admin.shop.ro/, http://localhost:5173, capacitor://localhost' },
    { BANK_TRANSFER_IBAN: 'RO66 BACX 0000 0012 3456 7890', BANK_TRANSFER_HOLDER: 'Lut & Lână Nouă SRL' },
    { BANK_TRANSFER_IBAN: 'IBAN RO66\u00a0BACX\u20110000 0012 3456 7890', BANK_TRANSFER_HOLDER: 'Shop SRL' },
    { SELLER_TAX_ID: 'DE 100000000' },
    { STOREFRONT_URL: 'https://lan.ro', API_PUBLIC_URL: 'https://api.local.ro' },
    { STOREFRONT_URL: 'https://100.128.0.1', API_PUBLIC_URL: 'https://[2a02:2f0e::1]' },
    { DATABASE_URL: 'postgres://shop:9qXw@db/vitrine' },
    { SELLER_NAME: 'Lână & Lut SRL', SELLER_ADDRESS: 'Strada Olarilor 14|500026 Brașov' },
    { MAIL_FROM: '"Lut, Lână & Co" <comenzi@lână.ro>', ADMIN_ALERT_EMAIL: 'owner@shop.ro' },
  ])('takes an honest set-up: %j', (changed) => {
    expect(userErrors(changed)).toEqual([]);
  });

  it('leaves out lines of the address that are empty', () => {
    expect(
      readEnv({ ...OPEN, SELLER_ADDRESS: 'Strada 1|| 500000 Brașov |' }).invoices.seller.address,
    ).toEqual(['Strada 1', '500000 Brașov']);
  });

  it('wants the account for bank transfers however the method is written', () => {
    for (const methods of ['BANK_TRANSFER', 'card, Bank_Transfer '])
      expect(userErrors({ PAYMENT_METHODS: methods })).toEqual([
        expect.stringMatching(/BANK_TRANSFER_HOLDER is missing/),
        expect.stringMatching(/BANK_TRANSFER_IBAN is missing/),
      ]);
  });

  it.each([
    ['Lut, Lână & Co <comenzi@lână.ro>', '"Lut, Lână & Co" <comenzi@xn--ln-pia7k.ro>'],
    ['"Lut (Atelier)" <a@b.ro>', '"Lut (Atelier)" <a@b.ro>'],
    ['Atelier "Lut": Brașov <a@b.ro>', '"Atelier \\"Lut\\": Brașov" <a@b.ro>'],
    ['"O \\"x\\"" <a@b.ro>', '"O \\"x\\"" <a@b.ro>'],
    ['Lut & Lână <a@b.ro>', 'Lut & Lână <a@b.ro>'],
    ['\u200b<a@b.ro> ', 'a@b.ro'],
  ])('writes the sender so that mail servers see one: %s', (given, sender) => {
    expect(readEnv({ ...OPEN, MAIL_FROM: given }).mail.from).toBe(sender);
  });

  it('says in the log what is probably a mistake', () => {
    const warningsOf = (changed: NodeJS.ProcessEnv): readonly string[] =>
      readEnv({ ...OPEN, ...changed }).warnings;

    expect(warningsOf({})).toEqual([]);
    expect(warningsOf({ SMTP_URL: 'smtp://127.0.0.1' })).toEqual([
      expect.stringMatching(/SMTP_URL .*machine/),
    ]);
    for (const [url, sentence] of [
      ['smtp://shop:Zk3vQ9@mail.shop.ro:587', /^SMTP_URL .*without \?requireTLS=true.*mail\.shop\.ro/],
      ['smtp://shop:Zk3vQ9@mail.shop.ro:587?requireTLS=', /without \?requireTLS=true/],
      ['smtp://shop:Zk3vQ9@mail.shop.ro:587?ignoreTLS=true&requireTLS=true', /unencrypted/],
      ['smtps://shop:Zk3vQ9@mail.shop.ro?tls.rejectUnauthorized=false', /pretend to be mail\.shop\.ro/],
    ] as const) {
      const warnings = warningsOf({ SMTP_URL: url });
      expect(warnings).toEqual([expect.stringMatching(sentence)]);
      expect(warnings.join()).not.toContain('Zk3vQ9');
    }
    for (const url of [
      'smtp://shop:Zk3vQ9@mail.shop.ro:587?requireTLS=true',
      'smtps://shop:Zk3vQ9@mail.shop.ro',
      'smtp://relay:25',
    ])
      expect(warningsOf({ SMTP_URL: url })).toEqual([]);
    expect(warningsOf({ CORS_ORIGINS: 'http://a.example,http://localhost' })).toEqual([
      expect.stringMatching(/CORS_ORIGINS names http:\/\/a\.example/),
    ]);
  });

  it('does not take a shop for private whose API everybody reaches', () => {
    const here = { ...REHEARSED, STOREFRONT_URL: 'http://localhost:3000' };

    expect(userErrors(here)).toContainEqual(expect.stringMatching(/STOREFRONT_URL .*this machine/));
    expect(userErrors(here)).toContainEqual(expect.stringMatching(/PAYMENT_PROVIDER .*takes no money/));
  });

  it('takes test payments and no mails only as a rehearsal, or at an address nobody else reaches', () => {
    expect(userErrors(REHEARSED)).toHaveLength(2);
    // Only where no settings are stored yet.
    expect(userErrors({ SELLER_NAME: '' })).toEqual([expect.stringMatching(/SELLER_NAME is missing/)]);
    expect(userErrors({ ...REHEARSED, STAGING: 'true' })).toEqual([]);
    const here = { STOREFRONT_URL: 'http://127.0.0.1:3000', API_PUBLIC_URL: '' };
    expect(userErrors({ ...REHEARSED, ...here })).toEqual([]);
  });
});
