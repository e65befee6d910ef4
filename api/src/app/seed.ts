import type { Shop } from './create-shop.js';

/** Writes what each module declares: the rows that every shop starts with, and for the demo shop its goods and accounts. */
export async function seed(
  { env, parts }: Pick<Shop, 'env' | 'parts'>,
  { demo, print }: { demo: boolean; print: (line: string) => void },
): Promise<void> {
  for (const part of parts) await part.seed?.starter?.();
  if (!demo) return;
  if (env.isProduction) {
    print('No demo goods and accounts in production: their passwords are public.');
    return;
  }
  for (const part of parts) await part.seed?.demo?.(print);
}
