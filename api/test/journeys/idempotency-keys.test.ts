import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { changesBetween, countedRows } from '@vitrine/testing/shop/counted-rows.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Press } from '../support/keyed-case.js';
import { entriesOf, OWNER, underRequestId } from '../support/audited-writes.js';
import { KEYED_CASES } from '../support/keyed-cases.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

const REPEATS = process.env['PROOF'] === 'full' ? 200 : 20;

let shop: TestShop;
let requests: MutationDriver;
let fixtures: Fixtures;
beforeAll(async () => {
  // No jobs: whatever is counted was written by the requests themselves.
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  requests = new MutationDriver(shopSchema);
  fixtures = await Fixtures.open(shop, requests);
});
afterAll(() => shop.close());

/** What `work` answers, and what it changed in the database. */
async function counted<T>(work: () => Promise<T>): Promise<{ answer: T; changes: Record<string, number> }> {
  const before = await countedRows(shop);
  const answer = await work();
  return { answer, changes: changesBetween(before, await countedRows(shop)) };
}

const press = (mutation: string, { input, by }: Press, idempotencyKey: string): Promise<Answer> =>
  requests.press(mutation, { ...input, idempotencyKey }, by ?? fixtures.staff);

it('knows every button that has a key', () => {
  const known = new Set(KEYED_CASES.map(({ mutation }) => mutation));

  expect(requests.keyed().filter((name) => !known.has(name))).toEqual([]);
});

/** What may be pressed again without a key, and why. */
const WITHOUT_KEY: Readonly<Record<string, string>> = {
  ...of('sets what is named: again it is the same', [
    'addressUpdate',
    'addressDelete',
    'profileUpdate',
    'cartAddressesUpdate',
    'cartContactUpdate',
    'cartLineUpdate',
    'cartLineRemove',
    'cartLinesUpdate',
    'cartLinesRemove',
    'customFieldsUpdate',
    'emailCancel',
    'jobCancel',
    'shippingZoneUpdate',
    'shippingZoneDelete',
    'shippingMethodUpdate',
    'shippingMethodArchive',
    'shippingMethodsReorder',
    'shippingRateSet',
    'shippingRateRemove',
    'cartClear',
    'cartShippingMethodSelect',
    'checkoutBlockRemove',
    'passwordChange',
    'passwordReset',
    'emailVerify',
    'emailChangeConfirm',
    'metadataUpdate',
    'importUpdate',
    'productArchive',
    'productUpdate',
    'productVariantUpdate',
    'productVariantDelete',
    'productImageUpdate',
    'productImageRetry',
    'returnPhotoRetry',
    'productImageDelete',
    'productImagesReorder',
    'stockLocationUpdate',
    'shopSettingsUpdate',
    'brandSettingsUpdate',
    'contactSettingsUpdate',
    'sellerSettingsUpdate',
    'holdsSettingsUpdate',
    'holidaySettingsUpdate',
    'taxSettingsUpdate',
    'regionalSettingsUpdate',
    'languagesSettingsUpdate',
    'stockSettingsUpdate',
    'paymentsSettingsUpdate',
    'returnsSettingsUpdate',
    'invoicingSettingsUpdate',
    // Compared by version.
    'integrationUpdate',
    // Changes nothing but the result of the last test.
    'integrationTest',
    'savedViewUpdate',
    'savedViewDelete',
    'savedViewReorder',
    'savedViewDefaultSet',
    'categoryUpdate',
    'categoryMove',
    'categoryDelete',
    'tagUpdate',
    'tagMerge',
    'tagDelete',
    'attributeUpdate',
    'attributeDelete',
    'attributesReorder',
    'attributeValueUpdate',
    'attributeValueMerge',
    'attributeValueDelete',
    'attributeValuesReorder',
    'redirectUpdate',
    'redirectDelete',
    'shopLanguageAdd',
    'shopLanguageUpdate',
    'shopLanguageRemove',
    'translationSave',
    'messageOverrideSet',
    'productOptionTextsUpdate',
    'taxClassUpdate',
    'taxClassArchive',
    'taxRateDelete',
    'staffRoleUpdate',
    'customerUpdate',
    'customerTagsSet',
    'customerNoteDelete',
    'customerLock',
    'customerUnlock',
    'customerMerge',
    'staffLock',
    'staffUnlock',
    'staffRemove',
    'ownerTransfer',
    'roleUpdate',
    'roleDelete',
    'staffInvitationRevoke',
    'sessionRevoke',
    'staffSecondFactorRemove',
    // A code is taken once.
    'totpDisable',
    'totpConfirm',
    'sessionsRevokeOthers',
    'mediaUpdate',
    'menuUpdate',
    'pageUpdate',
    'pagePublish',
    'pageUnschedule',
    'pageRevert',
    'pageArchive',
    // A second link does nothing to the first.
    'pagePreviewLink',
    'pagePreviewRevoke',
    'mediaReplace',
    'mediaRetry',
    'mediaDelete',
    'mediaRestore',
  ]),
  ...of('has a name that can be taken once', [
    'roleCreate',
    'setupComplete',
    'shopOpen',
    'staffInvitationAccept',
    'signUp',
    'stockLocationCreate',
    'productImageAdd',
  ]),
  ...of('a buyer sees the cart or the address book and takes it out again', [
    'cartCreate',
    'cartLineAdd',
    'cartLinesAdd',
    'addressCreate',
  ]),
  ...of('staff sees the second view above the list and deletes it', ['savedViewCreate']),
  ...of('is about a session, or a place to send a file to', [
    'login',
    'loginSecondFactor',
    'logout',
    'tokenRefresh',
    'uploadCreate',
    'mediaUploadCreate',
    'importCreate',
    'returnPhotoUploadCreate',
  ]),
  ...of('tells where a file is, and changes nothing', ['accountExport', 'customerDataExport']),
  ...of('makes one payment whatever happens', [
    'paymentSessionCreate',
    'paymentStatusRefresh',
    'paymentTestConfirm',
  ]),
  ...of('makes another secret; what was answered before is void', ['totpStart', 'recoveryCodesRenew']),
  ...of('mails a second link, at most as many as the limits let through', [
    'passwordResetRequest',
    'emailVerifyResend',
    'emailChangeRequest',
    'customerPasswordResetSend',
    'orderLookupRequest',
    'staffInvite',
    'staffInvitationResend',
    'staffInvitationAskAgain',
  ]),
};

function of(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

it('has no other button without a key: whatever writes stock, sends mail or moves money has one', () => {
  const keyed = new Set(requests.keyed());
  const plain = requests.names().filter((name) => !keyed.has(name));

  expect(plain.filter((name) => !(name in WITHOUT_KEY))).toEqual([]);
  expect(Object.keys(WITHOUT_KEY).filter((name) => !plain.includes(name))).toEqual([]);
});

describe.each(KEYED_CASES)('$mutation of $of', ({ mutation, makes, prepare }) => {
  it('happens once, whether it is pressed once or many times at once, and its key says nothing else', async () => {
    const [once, often] = [await prepare(fixtures), await prepare(fixtures)];
    const key = randomUUID();

    const requestId = randomUUID();
    const asked = once.by ? once : { ...once, by: underRequestId(shop, fixtures.staff, requestId) };
    const single = await counted(() => press(mutation, asked, randomUUID()));
    const many = await counted(() =>
      Promise.all(Array.from({ length: REPEATS }, () => press(mutation, often, key))),
    );
    const later = await counted(() => press(mutation, often, key));
    const other = await counted(() =>
      press(mutation, { ...often, input: { ...often.input, ...often.other } }, key),
    );

    expect(single.answer['errors']).toEqual([]);
    expect(single.changes).toMatchObject(makes);
    // What staff wrote is in the audit log with its request id; what buyers did is not in it.
    const entries = await entriesOf(shop, requestId);
    expect(entries.length > 0).toBe(!once.by);
    expect(entries.every(({ actor, operation }) => actor === OWNER && operation === mutation)).toBe(true);
    expect(single.changes['audit_entry'] ?? 0).toBe(entries.length);
    expect(new Set(many.answer.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify(later.answer)]),
    );
    expect(later.answer['errors']).toEqual([]);
    expect(many.changes).toEqual(single.changes);
    expect(later.changes).toEqual({});
    expect(other.answer['errors']).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(other.changes).toEqual({});
  });
});

it('and in the end, when the jobs are done, the ledger balances', async () => {
  const other = await shop.beside();
  try {
    await assertLedgerBalances(shop);
  } finally {
    await other.close();
  }
});
