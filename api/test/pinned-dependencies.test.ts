import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const COMMIT = '0123456789'.repeat(4);
const CHECKSUM = `sha512-${'a'.repeat(86)}==`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-pinned-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the check says about a folder; empty when everything in it is pinned. */
const faultsIn = (cwd: string): Promise<string[]> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'scripts/pinned.mjs')], { cwd }, (error, _out, said) =>
      resolve(error ? said.trim().split('\n') : []),
    );
  });

const faultsOf = async (file: string, text: string): Promise<string[]> => {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
  return faultsIn(folder);
};
const locked = (path: string, entry: object): string =>
  JSON.stringify({
    packages: { '': {}, 'packages/own': {}, 'node_modules/own': { link: true }, [path]: entry },
  });

describe('what is installed and run cannot change under its name', () => {
  it('in this project', async () => {
    expect(await faultsIn(ROOT)).toEqual([]);
  });

  it.each([
    ['api/Dockerfile', 'FROM node:24-slim', /Dockerfile:1: node:24-slim may become another image/],
    ['api/Dockerfile', 'FROM node', /node may become another image/],
    ['api/Dockerfile', `FROM node@${DIGEST}`, /write its version and digest/],
    ['web.Dockerfile', 'FROM --platform=linux/amd64 node:24.21.0 AS build', /node:24\.21\.0 may become/],
    ['Dockerfile', `FROM node:1.2.3@${DIGEST} AS a\nCOPY --from=busybox /a /a`, /:2: busybox may become/],
    ['docker-compose.yml', 'services:\n  db:\n    image: postgres:18', /yml:3: postgres:18 may become/],
    ['compose.yaml', "    image: 'redis:latest'", /redis:latest may become/],
    ['.github/workflows/a.yml', '      - uses: actions/checkout@v4', /checkout@v4 may become another action/],
    ['.github/workflows/a.yml', '      - uses: actions/checkout@main', /may become another action/],
    ['.github/workflows/a.yml', '        uses: docker://alpine:3', /alpine:3 may become another image/],
    ['.github/workflows/a.yml', '          node-version: 24', /node-version 24 moves/],
    ['.github/workflows/a.yml', '    runs-on: ubuntu-latest', /ubuntu-latest moves/],
    ['package.json', '{"dependencies":{"graphql":"^16.0.0"}}', /graphql is \^16\.0\.0: write one exact/],
    ['package.json', '{"devDependencies":{"vitest":"latest"}}', /vitest is latest/],
    ['package-lock.json', locked('node_modules/a', { version: '1.0.0' }), /node_modules\/a has no SHA-512/],
    [
      'package-lock.json',
      locked('x/node_modules/a', { integrity: 'sha1-abc' }),
      /x\/node_modules\/a has no SHA-512/,
    ],
    [
      'package-lock.json',
      locked('node_modules/a', { integrity: CHECKSUM, resolved: 'git+ssh://x/y' }),
      /comes from git/,
    ],
    // Excepted only while they are optional and for development.
    ['package-lock.json', locked('node_modules/@oxc-node/core-darwin-x64', { dev: true }), /has no SHA-512/],
    [
      'package-lock.json',
      locked('node_modules/@oxc-node/core-darwin-x64', { dev: true, optional: true, integrity: CHECKSUM }),
      /has a checksum now: take it out/,
    ],
  ])('is refused otherwise: %s with %s', async (file, text, sentence) => {
    expect(await faultsOf(file, text)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    ['Dockerfile', `FROM node:1.2.3@${DIGEST} AS build\nFROM build\nCOPY --from=build /a /a\nFROM scratch`],
    [
      'docker-compose.yml',
      `services:\n  db:\n    image: postgres:18.6@${DIGEST}\n  api:\n    image: vitrine-api`,
    ],
    [
      '.github/workflows/a.yml',
      `      - uses: actions/checkout@${COMMIT} # v4.2.2\n      - uses: ./own\n    runs-on: ubuntu-24.04`,
    ],
    ['package.json', '{"engines":{"node":">=20"},"dependencies":{"graphql":"16.15.0"}}'],
    ['package-lock.json', locked('node_modules/a', { version: '1.0.0', integrity: CHECKSUM })],
    ['package-lock.json', locked('node_modules/@oxc-node/core-darwin-x64', { dev: true, optional: true })],
    ['node_modules/a/package.json', '{"dependencies":{"b":"^1.0.0"}}'],
  ])('is taken when it is: %s', async (file, text) => {
    expect(await faultsOf(file, text)).toEqual([]);
  });
});
