// Nothing that is installed or run may change under its name: packages have exact versions and a checksum, container images
// a digest, actions of the workflow a commit. What cannot be so is named below, with its reason.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const NO_CHECKSUM =
  'for other systems than Linux on x64 with glibc: the registry at which the lockfile is made does not offer this version, so npm cannot read its checksum';

/** Packages without a checksum, all of them optional and for development only. */
const WITHOUT_CHECKSUM = Object.fromEntries(
  [
    ...['android-arm-eabi', 'android-arm64', 'darwin-arm64', 'darwin-x64', 'freebsd-x64'],
    ...['linux-arm-gnueabihf', 'linux-arm64-gnu', 'linux-arm64-musl', 'linux-ppc64-gnu', 'linux-s390x-gnu'],
    ...['linux-x64-musl', 'openharmony-arm64', 'win32-arm64-msvc', 'win32-ia32-msvc', 'win32-x64-msvc'],
  ].map((system) => [`node_modules/@oxc-node/core-${system}`, NO_CHECKSUM]),
);

/** Images without a digest. */
const OWN_IMAGES = {
  'vitrine-api': 'built from api/Dockerfile where it runs',
  'vitrine-storefront': 'built from storefront/Dockerfile where it runs',
};

const ASIDE = new Set(['node_modules', '.git', '.cache', '.data', 'dist', 'generated']);
const DIGEST = /^[^\s@]+:[^\s@]+@sha256:[0-9a-f]{64}$/;
const COMMIT = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

const problems = filesBelow('.').flatMap((file) => {
  const name = basename(file);
  const text = () => readFileSync(file, 'utf8');
  if (name === 'package-lock.json') return lockfile(JSON.parse(text())).map((fault) => `${file}: ${fault}`);
  if (name === 'package.json') return manifest(JSON.parse(text())).map((fault) => `${file}: ${fault}`);
  if (/^(.*\.)?(Dockerfile|Containerfile)(\..*)?$/.test(name)) return byLine(file, text(), dockerfile());
  return /\.ya?ml$/.test(name) ? byLine(file, text(), yaml) : [];
});

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ASIDE.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function lockfile({ packages = {} }) {
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
  const unchecked = installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
  const isExcepted = ([path, { dev, optional }]) =>
    Object.hasOwn(WITHOUT_CHECKSUM, path) && dev === true && optional === true;
  return [
    ...unchecked
      .filter((entry) => !isExcepted(entry))
      .map(
        ([path]) =>
          `${path} has no SHA-512 checksum: install it again, or name it in scripts/pinned.mjs with the reason`,
      ),
    ...Object.keys(WITHOUT_CHECKSUM)
      .filter((path) => packages[path] && !unchecked.some(([found]) => found === path))
      .map((path) => `${path} has a checksum now: take it out of scripts/pinned.mjs`),
    ...installed
      .filter(([, { resolved = 'https:' }]) => /^(http:|git|file:)/.test(resolved))
      .map(([path, { resolved }]) => `${path} comes from ${resolved}: take it from the registry`),
  ];
}

function manifest(content) {
  const named = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((kind) =>
    Object.entries(content[kind] ?? {}),
  );
  return named
    .filter(([, version]) => typeof version === 'string' && !EXACT.test(version))
    .map(([name, version]) => `${name} is ${version}: write one exact version`);
}

function byLine(file, text, faultOf) {
  return text.split('\n').flatMap((line, index) => {
    const fault = faultOf(line);
    return fault ? [`${file}:${index + 1}: ${fault}`] : [];
  });
}

/** Stages are named on the way, and may be built upon. */
function dockerfile() {
  const stages = new Set(['scratch']);
  return (line) => {
    const [, from, stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    const copied = /^\s*(?:COPY|ADD)\s+.*--from=(\S+)/i.exec(line)?.[1];
    const image = from ?? copied;
    const fault = image && !stages.has(image) && !/^\d+$/.test(image) ? imageFault(image) : null;
    if (stage) stages.add(stage);
    return fault;
  };
}

function yaml(line) {
  const value = (key) => new RegExp(`^\\s*(?:- )?${key}:\\s*['"]?([^'"#\\s]+)`).exec(line)?.[1];
  const [image, uses, node, runner] = ['image', 'uses', 'node-version', 'runs-on'].map(value);
  if (image && !Object.hasOwn(OWN_IMAGES, image)) return imageFault(image);
  if (uses?.startsWith('docker://')) return imageFault(uses.slice('docker://'.length));
  if (uses && !uses.startsWith('./') && !COMMIT.test(uses))
    return `${uses} may become another action: write the commit of its release (owner/name@<40 digits> # v1.2.3)`;
  if (node && !EXACT.test(node)) return `node-version ${node} moves: write an exact version`;
  return runner?.endsWith('-latest') ? `${runner} moves: write a version of it` : null;
}

function imageFault(image) {
  return DIGEST.test(image)
    ? null
    : `${image} may become another image: write its version and digest (name:1.2.3@sha256:…)`;
}
