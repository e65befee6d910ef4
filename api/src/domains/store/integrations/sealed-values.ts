import type { Logger } from '../../../kernel/logger.js';
import type { KeyRing, SecretKey } from './key-ring.js';
import { seal, unseal, type Place, type Sealed } from './sealing.js';
import { usableKey } from './usable-key.js';

/** What a rotation of keys did. */
export interface Renewal {
  /** How many values were encrypted anew, and how many were already encrypted with the key. */
  readonly renewed: number;
  readonly current: number;
  /** Values that no key of the ring can read: they stay as they are. */
  readonly unreadable: readonly Place[];
}

/** Encrypts every value of a table with this key; may be repeated after it was killed. */
export type Renew = (key: SecretKey) => Promise<Renewal>;

/** Values of other modules that are encrypted with the keys of secrets. */
export class SealedValues {
  private readonly renewing: Renew[] = [];

  constructor(
    private readonly keys: KeyRing,
    private readonly logger: Logger,
  ) {}

  /** @throws DomainError SECRETS_KEY_UNUSABLE */
  seal(value: string, place: Place, key: SecretKey = usableKey(this.keys, this.logger)): Sealed {
    return seal(value, place, key);
  }

  /** Null when the key is lost, or what is stored was changed. */
  unseal(sealed: Sealed, place: Place): string | null {
    const key = this.keys.find(sealed.keyId);
    return key && unseal(sealed, place, key);
  }

  /** The module of the values says how a rotation of keys encrypts them anew. */
  onRotation(renew: Renew): void {
    this.renewing.push(renew);
  }

  async renewAll(key: SecretKey): Promise<Renewal[]> {
    const renewals: Renewal[] = [];
    for (const renew of this.renewing) renewals.push(await renew(key));
    return renewals;
  }
}
