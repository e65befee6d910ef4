import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Shop } from '../create-shop.js';
import { adminPolicy } from './admin-policy.js';

const YEAR_MS = 365 * 86_400_000;

/** A document is saved, never opened as a page of this address, and nothing in it runs here. */
const OF_DOCUMENTS = [
  ['content-disposition', 'attachment'],
  ['content-security-policy', "default-src 'none'; sandbox"],
  ['x-robots-tag', 'noindex'],
] as const;

export async function staticRoutes(app: FastifyInstance, shop: Shop): Promise<void> {
  // File names are never reused, so files may be cached for ever.
  await app.register(fastifyStatic, {
    root: join(shop.env.dataDir, 'media'),
    prefix: '/media/',
    maxAge: YEAR_MS,
    immutable: true,
    decorateReply: false,
    index: false,
    setHeaders: (reply, path) => {
      if (path.endsWith('.pdf')) for (const [name, value] of OF_DOCUMENTS) void reply.header(name, value);
    },
  });
  const folder = join(shop.env.buildDir, 'admin/dist');
  if (!existsSync(folder)) return;
  await app.register(adminRoutes, {
    prefix: '/admin',
    images: shop.env.http.publicUrl,
    storefront: shop.env.storefrontUrl,
    folder,
  });
}

/** The files of the admin. Its pages may show images from the public addresses of the API and of the storefront. */
export async function adminRoutes(
  admin: FastifyInstance,
  { images, storefront, folder }: { images: string; storefront: string; folder: string },
): Promise<void> {
  const policy = adminPolicy(images, storefront);
  admin.addHook('onRequest', async (_request, reply) => void reply.header('content-security-policy', policy));
  // Files are looked up per request, so a rebuilt admin needs no restart.
  await admin.register(fastifyStatic, { root: folder, prefix: '/', maxAge: 0, redirect: true });
  // Paths inside the admin belong to its own router; a missing asset is a 404.
  admin.setNotFoundHandler((request, reply) =>
    /\.\w+$/.test(request.url.split('?')[0] ?? '') ? reply.code(404).send() : reply.sendFile('index.html'),
  );
}
