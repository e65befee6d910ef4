import type { FastifyInstance } from 'fastify';
import { SignedTokens } from '../../kernel/tokens.js';
import type { LinkMaker } from '../../platform/mails/secret-link.js';
import { PersonalDataFileResolver } from './customers/privacy/personal-data-file.resolver.js';
import {
  PersonalDataFile,
  type PersonalDataFileDeps,
} from './customers/privacy/personal-data-file.service.js';
import { EmailChangeResolver } from './mailbox/email-change.resolver.js';
import { EmailChange, type EmailChangeDeps } from './mailbox/email-change.service.js';
import { EmailVerificationResolver } from './mailbox/email-verification.resolver.js';
import type { EmailVerification } from './mailbox/email-verification.service.js';

export interface Holders {
  readonly resolvers: object[];
  readonly mailboxLinks: Readonly<Record<'email-verify' | 'email-change', LinkMaker>>;
  readonly routes: (app: FastifyInstance) => Promise<void>;
}

type HoldersDeps = Omit<EmailChangeDeps, 'tokens'> &
  PersonalDataFileDeps & { readonly verification: EmailVerification };

/** Builds what the holder of an account does about the mailbox and the data of it. */
export function createHolders(deps: HoldersDeps): Holders {
  const { verification, secret } = deps;
  const changes = new EmailChange({ ...deps, tokens: new SignedTokens(secret, 'email-change') });
  const files = new PersonalDataFile(deps);
  return {
    resolvers: [
      new EmailVerificationResolver(verification),
      new EmailChangeResolver(changes),
      new PersonalDataFileResolver(files),
    ],
    mailboxLinks: { 'email-verify': verification.mailedLink, 'email-change': changes.mailedLink },
    routes: files.routes,
  };
}
