import { defineErrors } from '../../kernel/error-codes.js';

export const storeErrors = defineErrors({
  BELOW_LEGAL_MINIMUM: 'The law asks for more than this: see the description of the field.',
  CURRENCY_LOCKED:
    'The currency stays as it is: there are orders in it, or prices that the other currency cannot say.',
  DEFAULT_LANGUAGE_INCOMPLETE:
    'Names are missing in this language; the message counts them by area, as `LanguageCoverage` names it.',
  LANGUAGE_NOT_OFFERED: 'The shop does not offer this language to buyers.',
  LANGUAGE_IN_USE:
    'It is the default language of the shop, or the one at the root of its addresses: choose another one there first.',
  LANGUAGE_NOT_KEPT: 'The shop does not have this language: add it first.',
  MESSAGE_PLACEHOLDERS: 'A word needs exactly the placeholders that the own word of the program has.',
  SET_BY_ENVIRONMENT: 'The environment of the shop says this value; whoever runs the shop changes it there.',
  KEY_MODE_MISMATCH:
    'Live and test keys do not go together: of one integration all are of one kind, and a public shop takes live ones.',
  SECRETS_KEY_UNUSABLE:
    'The key that encrypts such values can be neither read nor made: whoever runs the shop finds why in the log.',
  INTEGRATION_INCOMPLETE: 'Required values are missing, so there is nothing to try out.',
  TOO_MANY_TESTS: 'It was tried out several times within a minute. Wait a moment.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof storeErrors, true> {}
}
