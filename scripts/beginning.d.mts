type Begun = 'demo' | 'empty';

export function wantedBeginning(words: readonly string[]): Begun | null;
export function beginningOf(found: {
  readonly wanted: Begun | null;
  readonly kind: 'NEW' | 'OWN' | 'FILLED';
  readonly isProduction: boolean;
  readonly ask: () => Promise<Begun>;
}): Promise<Begun>;
export function askBeginning(terminal?: {
  readonly input?: NodeJS.ReadStream;
  readonly output?: NodeJS.WriteStream;
}): Promise<Begun>;
