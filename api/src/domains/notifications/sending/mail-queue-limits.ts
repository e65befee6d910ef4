// How long mails are tried, and how many go to one address.

export const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Providers respond or time out long before this. */
export const SENDER_IS_DEAD_AFTER = 2 * MINUTE;
/**
 * The provider's search lags behind its sending: the mail is resent only after two searches, this long apart, found
 * nothing.
 */
export const LOOK_AFTER = [1 * MINUTE, 3 * MINUTE] as const;
export const LONGEST_BACKOFF = HOUR;
/** More account notices than anybody needs; a stranger who causes more of them has no further effect. */
export const ACCOUNT_MAILS_PER_DAY = 10;
/**
 * Above the rate at which reset links are created (see `PasswordService.requestReset`), so that only that rate limits
 * them: if the daily links could be used up, a stranger could prevent the account's holder from resetting the password.
 */
export const RESET_LINKS_PER_DAY = 60;
/**
 * What could not be sent for so long is given up: it would only confuse. It is FAILED then, which alerts the owner and
 * shows it to staff, who may resend it until its text is deleted. So no mail waits without end.
 */
export const GIVEN_UP_AFTER = 5 * 24 * HOUR;
/** Ends a run in time for the next one, even if the provider hangs. */
export const LONGEST_RUN = 50 * SECOND;
/** After how long it is worth trying to send a test again; tests of a whole day are counted. */
export const TEST_LIMIT_SECONDS = 3_600;
