import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { BRASOV, complete } from './checkout.js';
import type { Answer, GraphqlClient } from './graphql-client.js';
import type { Press } from './keyed-case.js';
import type { Scenes } from './scenes.js';

/** A button that refuses what it is told, pressed on a thing that exists. */
export interface RefusedCase {
  readonly mutation: string;
  readonly scene: (scenes: Scenes) => Promise<Omit<Press, 'other'>>;
}

const LONG = 'x'.repeat(3000);
const NOWHERE = { ...BRASOV, postalCode: 'nowhere' };

async function bob(scenes: Scenes): Promise<GraphqlClient> {
  return scenes.shop.signedIn('bob@example.com', 'Bob@123');
}

const ACCOUNT: readonly RefusedCase[] = [
  {
    mutation: 'addressUpdate',
    scene: async (scenes) => {
      const by = await bob(scenes);
      const { addressCreate } = await by.ask(
        'mutation($address: AddressInput!) { addressCreate(input: { address: $address }) { address { id } } }',
        { address: BRASOV },
      );
      return { input: { addressId: addressCreate.address.id, address: NOWHERE }, by };
    },
  },
  {
    mutation: 'profileUpdate',
    scene: async (scenes) => ({ input: { phone: 'call me' }, by: await bob(scenes) }),
  },
];

const CART: readonly RefusedCase[] = [
  ofCart('cartAddressesUpdate', () => ({ shippingAddress: NOWHERE })),
  ofCart('cartContactUpdate', () => ({ email: 'nobody' })),
  ofCart('cartCreate', () => ({ lines: [{ variantId: 'vari_gone', quantity: 1 }] })),
  ofCart('cartLineAdd', () => ({ variantId: 'vari_gone' })),
  ofCart('cartLinesAdd', () => ({ lines: [{ variantId: 'vari_gone' }] })),
  ofCart('cartLineRemove', () => ({ lineId: 'cline_gone' })),
  ofCart('cartLinesRemove', () => ({ lineIds: ['cline_gone'] })),
  ofCart('cartLineUpdate', ({ lines }) => ({ lineId: lines[0].id, quantity: -1 })),
  ofCart('cartLinesUpdate', ({ lines }) => ({ lines: [{ lineId: lines[0].id, quantity: 999 }] })),
  ofCart('cartShippingMethodSelect', () => ({ shippingMethodId: 'smth_gone' })),
];

function ofCart(mutation: string, input: (cart: Answer) => Answer): RefusedCase {
  return {
    mutation,
    scene: async (scenes) => {
      const { browser, cart } = await scenes.cart();
      return { input: input(cart), by: browser };
    },
  };
}

const PAYMENT: readonly RefusedCase[] = [
  {
    mutation: 'paymentTestConfirm',
    scene: async (scenes) => {
      const { browser, cart } = await scenes.cart();
      const { paymentSession } = await complete(browser, cart);
      return {
        input: { clientSecret: paymentSession.clientSecret, cardNumber: '4111 1111 1111 1111' },
        by: browser,
      };
    },
  },
];

const CATALOGUE: readonly RefusedCase[] = [
  ofProduct('productArchive', ({ id }) => ({ id, expectedVersion: 77 })),
  ofProduct('productUpdate', ({ id }) => ({ id, expectedVersion: 77 })),
  ofProduct('productImageAdd', ({ id }) => ({ productId: id, uploadId: 'upl_gone' })),
  ofProduct('productImagesReorder', ({ id }) => ({ productId: id, imageIds: ['img_gone'] })),
  ofProduct('productVariantDelete', ({ variants }) => ({ id: variants[0].id })),
  ofProduct('productVariantUpdate', ({ variants }) => ({ id: variants[0].id, price: -1 })),
  {
    mutation: 'productImageUpdate',
    scene: async (scenes) => ({ input: { id: await picture(scenes), alt: LONG } }),
  },
];

function ofProduct(mutation: string, input: (product: Answer) => Answer): RefusedCase {
  return {
    mutation,
    scene: async (scenes) => {
      const { productId } = await scenes.product();
      const query = 'query($id: ID!) { staffProduct(id: $id) { id variants { id } } }';
      return { input: input((await scenes.staff.ask(query, { id: productId }))['staffProduct']) };
    },
  };
}

/** A picture in a gallery; its id. */
async function picture(scenes: Scenes): Promise<string> {
  const { productId } = await scenes.product();
  const content = await sharp(randomBytes(3 * 64 * 64), { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();
  const open =
    'mutation($size: Int!) { uploadCreate(input: { filename: "p.png", contentType: "image/png", size: $size }) { upload { id url method } } }';
  const { upload } = (await scenes.staff.ask(open, { size: content.length }))['uploadCreate'];
  await fetch(new URL(upload.url, scenes.shop.url), {
    method: upload.method,
    headers: { 'content-type': 'image/png' },
    body: content,
  });
  const add =
    'mutation($input: ProductImageAddInput!) { productImageAdd(input: $input) { image { id } errors { code } } }';
  const { image } = (await scenes.staff.ask(add, { input: { productId, uploadId: upload.id } }))[
    'productImageAdd'
  ];
  return image.id;
}

const PLACE: readonly RefusedCase[] = [
  {
    mutation: 'stockLocationUpdate',
    scene: async (scenes) => ({ input: { id: scenes.places[1], name: LONG } }),
  },
];

/** Buttons without a key that are pressed in vain, each with an answer that holds a thing of the shop. */
export const REFUSED_CASES: readonly RefusedCase[] = [
  ...ACCOUNT,
  ...CART,
  ...PAYMENT,
  ...CATALOGUE,
  ...PLACE,
];
