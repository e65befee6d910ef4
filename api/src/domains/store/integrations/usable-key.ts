import { DomainError } from '../../../kernel/errors.js';
import type { Logger } from '../../../kernel/logger.js';
import { StartProblem } from '../../../kernel/start-problem.js';
import type { KeyRing, SecretKey } from './key-ring.js';

/** The key that encrypts, for a request. @throws DomainError SECRETS_KEY_UNUSABLE where the file can be neither read nor made */
export function usableKey(keys: KeyRing, logger: Logger): SecretKey {
  try {
    return keys.current();
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    logger.error({ err: error }, 'No secret can be stored');
    throw new DomainError('SECRETS_KEY_UNUSABLE', 'The key of secrets can be neither read nor made.');
  }
}
