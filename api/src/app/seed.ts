import type { Shop } from './create-shop.js';

/**
 * Writes what each module declares: the rows that every shop starts with, for the demo shop its goods and accounts, and for
 * a shop of its own what it begins with.
 */
export async function seed(
  { env, parts, setup }: Pick<Shop, 'env' | 'parts' | 'setup'>,
  { demo, print }: { demo: boolean; print: (line: string) => void },
): Promise<void> {
  const isDemo = demo && !env.isProduction;
  const { isOwn, isOwnerless } = await setup.beginnings.decide({ demo: isDemo });
  for (const part of parts) await part.seed?.starter?.({ isOwn });
  if (demo && !isDemo) print('No demo goods and accounts in production: their passwords are public.');
  else if (isDemo && isOwn) print('This is a shop of its own: it gets no demo goods and accounts.');
  if (isOwn && isOwnerless) for (const part of parts) await part.seed?.own?.();
  if (isDemo && !isOwn) for (const part of parts) await part.seed?.demo?.(print);
}
