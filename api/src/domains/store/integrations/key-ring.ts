import { createHash, hkdfSync } from 'node:crypto';
import type { Logger } from '../../../kernel/logger.js';
import { StartProblem } from '../../../kernel/start-problem.js';

/** A key of the ring. Its id stands beside each value that it encrypts and says nothing about the key. */
export interface SecretKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Where the keys are kept, as random texts. */
export interface KeySource {
  /** SECRETS_KEY: the first one encrypts, the others only decrypt. Empty when it is not set. */
  readonly given: readonly string[];
  /** The file of keys in the data folder, one a line, the first one in use. */
  readonly file: string;
  /** The keys of the file; empty when there is none. @throws StartProblem when it cannot be read */
  read(): readonly string[];
  /** Makes the file with one key unless there is one. @throws StartProblem when it cannot be written */
  create(): void;
  /** Puts a new key before the others of the file. @throws StartProblem when it cannot be written */
  renew(): void;
  /** Whether other users of this machine may read the file. */
  isOpenToOthers(): boolean;
}

/**
 * The keys that encrypt the values of integrations: of SECRETS_KEY, or else of a file in the data folder, which is made
 * where it is missing. With both, what the file encrypted can still be read.
 */
export class KeyRing {
  private keys: readonly SecretKey[] | null = null;

  constructor(private readonly source: KeySource) {}

  /**
   * The key that encrypts. The file is read again: another process may have put a new key before the others.
   *
   * @throws StartProblem when the file can be neither read nor made, or holds no key
   */
  current(): SecretKey {
    this.forget();
    if (this.source.given.length === 0 && this.read().length === 0) {
      this.source.create();
      this.forget();
    }
    const [first] = this.read();
    if (!first)
      throw new StartProblem(
        `${this.source.file} holds no key. Restore it from where its copy is kept, or delete it.`,
      );
    return first;
  }

  /**
   * Makes the file at the first start, so that it can be copied before it is needed. A failure is told to the log only,
   * and so is that others can read the file.
   */
  prepare(logger: Logger): void {
    try {
      this.current();
      const { file } = this.source;
      if (this.source.isOpenToOthers())
        logger.warn(
          `Other users of this machine can read ${file}, and with it a copy of the database: chmod 600 ${file}`,
        );
    } catch (error) {
      if (!(error instanceof StartProblem)) throw error;
      logger.error({ reason: error.message }, 'No values of integrations can be stored or read');
    }
  }

  /** The key of this id; null when it is lost. The file is read again for one that is not known: it may be a new one. */
  find(id: string): SecretKey | null {
    const known = this.keyOf(id);
    if (known) return known;
    this.forget();
    return this.keyOf(id);
  }

  /** Reads the file again for the next use. */
  forget(): void {
    this.keys = null;
  }

  /** Where keys are looked for: a variable, a file. */
  get places(): readonly string[] {
    const { given, file } = this.source;
    return given.length > 0 ? ['SECRETS_KEY', file] : [file];
  }

  private keyOf(id: string): SecretKey | null {
    return this.read().find((key) => key.id === id) ?? null;
  }

  private read(): readonly SecretKey[] {
    this.keys ??= [...this.source.given, ...this.source.read()].map(derived);
    return this.keys;
  }
}

/** Of a text of any length and alphabet. */
function derived(text: string): SecretKey {
  const of = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', text, '', purpose, 32));
  const id = createHash('sha256').update(of('vitrine: id of a key of secrets')).digest('hex').slice(0, 12);
  return { id, key: of('vitrine: secrets of integrations') };
}
