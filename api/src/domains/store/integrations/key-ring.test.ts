import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keySource } from '../../../app/settings/secrets-key.js';
import { KeyRing } from './key-ring.js';
import { seal, unseal } from './sealing.js';

const PLACE = { integration: 'stripe', name: 'secretKey' };
const [ONE, OTHER] = ['one-key-of-secrets-that-is-long-enough', 'other-key-of-secrets-that-is-long-enough'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sourceOf = (...given: string[]) => keySource({ given, dataDir: folder });
const ringOf = (...given: string[]): KeyRing => new KeyRing(sourceOf(...given));

describe('the keys of secrets', () => {
  it('are a file of its owner only, which is made once and by one of two processes', async () => {
    const [first, second] = [ringOf(), ringOf()];

    expect(first.current().id).toBe(second.current().id);
    expect(ringOf().current().id).toBe(first.current().id);
    expect((await stat(join(folder, 'secrets.key'))).mode & 0o077).toBe(0);
  });

  it('in a file that others of the machine can read are told to the log, with what to do', async () => {
    const logger = { warn: vi.fn(), error: vi.fn() };
    const ring = ringOf();

    ring.prepare(logger as never);
    expect(logger.warn).not.toHaveBeenCalled();
    await chmod(join(folder, 'secrets.key'), 0o644);
    ring.prepare(logger as never);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringMatching(/can read .*secrets\.key.*chmod 600/));
  });

  it('are the new one for what a process writes that runs since before it was made', () => {
    const running = ringOf();
    const before = running.current().id;

    sourceOf().renew();

    expect(running.current().id).not.toBe(before);
    expect(running.current().id).toBe(ringOf().current().id);
  });

  it('leave no other file behind', async () => {
    ringOf().current();
    sourceOf().renew();

    expect(await readdir(folder)).toEqual(['secrets.key']);
  });

  it('of a new first line are found by a process that runs, and the old one still reads', async () => {
    const running = ringOf();
    const sealed = seal('value', PLACE, running.current());

    sourceOf().renew();
    const renewed = ringOf();
    const anew = seal('other', PLACE, renewed.current());

    expect(renewed.current().id).not.toBe(sealed.keyId);
    expect(unseal(sealed, PLACE, renewed.find(sealed.keyId)!)).toBe('value');
    expect(unseal(anew, PLACE, running.find(anew.keyId)!)).toBe('other');
    expect((await readFile(join(folder, 'secrets.key'), 'utf8')).trim().split('\n')).toHaveLength(2);
    expect((await stat(join(folder, 'secrets.key'))).mode & 0o077).toBe(0);
  });

  it('of the environment come first, and make no file; what the file encrypted can still be read', async () => {
    ringOf(ONE).current();
    await expect(stat(join(folder, 'secrets.key'))).rejects.toThrow('ENOENT');
    const sealed = seal('value', PLACE, ringOf().current());

    const ring = ringOf(OTHER, ONE);

    expect(ring.current().id).toBe(ringOf(OTHER).current().id);
    expect(unseal(sealed, PLACE, ring.find(sealed.keyId)!)).toBe('value');
    expect(ringOf(ONE).find('0123456789ab')).toBeNull();
  });

  it('that are damaged are said so in a sentence, and nothing is written over them', async () => {
    const file = join(folder, 'secrets.key');
    await writeFile(file, 'damaged\n');

    expect(() => ringOf().current()).toThrow(/secrets\.key holds no key\. Restore it/);
    expect(await readFile(file, 'utf8')).toBe('damaged\n');
    await chmod(file, 0o600);
  });
});

describe('a sealed value', () => {
  it('is read in its own place with its own key only, and not after a change', () => {
    const [key, wrong] = [ringOf(ONE).current(), ringOf(OTHER).current()];
    const sealed = seal('sk_live_value', PLACE, key);
    const changed = Buffer.from(sealed.ciphertext);
    changed[0] = (changed[0] ?? 0) ^ 1;

    expect(unseal(sealed, PLACE, key)).toBe('sk_live_value');
    expect(unseal(sealed, { ...PLACE, name: 'webhookSecret' }, key)).toBeNull();
    expect(unseal(sealed, { ...PLACE, integration: 'smtp' }, key)).toBeNull();
    expect(unseal(sealed, PLACE, wrong)).toBeNull();
    expect(unseal({ ...sealed, ciphertext: changed }, PLACE, key)).toBeNull();
    expect(unseal({ ...sealed, ciphertext: Buffer.alloc(3) }, PLACE, key)).toBeNull();
    expect(seal('sk_live_value', PLACE, key).ciphertext.equals(sealed.ciphertext)).toBe(false);
  });
});
