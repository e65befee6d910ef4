import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The text of migrations/index.ts: every migration of the folder, oldest first. `npm run migrate:create` writes it, so
 * that a new migration touches nothing else by hand.
 *
 * @throws Error for a file without a migration's class
 */
export async function migrationList(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => /^\d{13}-[a-z0-9-]+\.ts$/.test(name)).sort();
  const classes = await Promise.all(
    files.map(async (file) => classIn(await readFile(join(folder, file), 'utf8'), file)),
  );
  return `// Written by \`npm run migrate:create\`, from the files of this folder.
${files.map((file, at) => `import { ${classes[at]} } from './${file.replace(/\.ts$/, '.js')}';`).join('\n')}

/** Every migration, oldest first. */
export const migrations = [
${classes.map((name) => `  ${name},`).join('\n')}
];
`;
}

function classIn(text: string, file: string): string {
  const name = /^export class (\w+) implements MigrationInterface/m.exec(text)?.[1];
  if (!name) throw new Error(`${file} has no migration`);
  return name;
}
