import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(ROOT, file), 'utf8'));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}
const { workspaces: WORKSPACES } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  workspaces: string[];
};

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly link?: boolean }>>;
}

describe('a shop that is installed next year is the one that was tested', () => {
  it.each(['', ...WORKSPACES.map((folder) => `${folder}/`)])(
    'as %spackage.json names one version of each package',
    async (folder) => {
      const { dependencies, devDependencies, overrides } = (await read(`${folder}package.json`)) as Manifest;
      const versions = Object.entries({ ...dependencies, ...devDependencies, ...overrides });

      expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    },
  );

  it.each(['api', 'storefront'])('as the image of the %s, which installs every workspace', async (image) => {
    const steps = await readFile(join(ROOT, image, 'Dockerfile'), 'utf8');

    expect(WORKSPACES.filter((at) => !steps.includes(`COPY ${at}/package.json ${at}/`))).toEqual([]);
  });

  it('from whichever registry its machine uses, as the lockfile names none', async () => {
    const { packages } = (await read('package-lock.json')) as Lockfile;
    const named = Object.entries(packages).filter(([, { resolved, link }]) => resolved && !link);

    expect(named.map(([name]) => name)).toEqual([]);
  });
});
