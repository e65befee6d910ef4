import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiskStorage } from './local-disk-storage.js';

describe('files on this machine', () => {
  let folder: string;
  let storage: LocalDiskStorage;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-disk-'));
    storage = new LocalDiskStorage(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('come back as they were, from bytes and from streams', async () => {
    await storage.write('products/a.webp', Buffer.from('one'), 'image/webp');
    await storage.write(
      'products/b.webp',
      Readable.from([Buffer.from('t'), Buffer.from('wo')]),
      'image/webp',
    );

    expect(String(await storage.read('products/a.webp'))).toBe('one');
    expect(String(await storage.read('products/b.webp'))).toBe('two');
    expect(await text((await storage.open('products/b.webp')) as Readable)).toBe('two');
    expect(await storage.open('products/none.webp')).toBeNull();
    expect(storage.url('products/a.webp')).toBe('/media/products/a.webp');
  });

  it('are gone after they were removed, and nobody minds removing them twice', async () => {
    await storage.write('products/a.webp', Buffer.from('one'), 'image/webp');

    await storage.remove('products/a.webp');
    await storage.remove('products/a.webp');

    expect(await storage.exists('products/a.webp')).toBe(false);
    expect(await storage.read('products/a.webp')).toBeNull();
  });

  it('are never half there', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the sender went away');
      })(),
    );

    await expect(storage.write('products/c.webp', broken, 'image/webp')).rejects.toThrow('went away');

    expect(await readdir(join(folder, 'products'))).toEqual([]);
  });

  it('stay inside their folder', async () => {
    for (const key of ['../outside', 'a/../../outside', '/etc/../../../outside', '']) {
      await expect(storage.read(key)).rejects.toThrow(RangeError);
    }
  });
});
