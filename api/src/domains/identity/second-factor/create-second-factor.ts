import { SignedTokens } from '../../../kernel/tokens.js';
import type { RefusedLogins } from '../sign-in/refused-logins.js';
import { renewTotps } from './renew-totps.js';
import { SecondFactorLogin } from './second-factor-login.service.js';
import { SecondFactorService, type SecondFactorDeps } from './second-factor.service.js';

type Deps = SecondFactorDeps & { readonly secret: string; readonly refusedLogins: RefusedLogins };

/** Builds the second factor: keeping it, and the step of signing in that asks for it. */
export function createSecondFactor(deps: Deps): {
  factors: SecondFactorService;
  secondStep: SecondFactorLogin;
} {
  const { database, sealedValues, secret } = deps;
  sealedValues.onRotation(renewTotps(database, sealedValues));
  const factors = new SecondFactorService(deps);
  const tokens = new SignedTokens(secret, 'second-factor');
  return { factors, secondStep: new SecondFactorLogin({ ...deps, factors, tokens }) };
}
