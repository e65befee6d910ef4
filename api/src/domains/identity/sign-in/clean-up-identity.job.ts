import { z } from 'zod';
import { statement, type Database } from '../../../platform/database/database.js';
import { defineJob, handleJob, type HandledJob } from '../../../platform/jobs/define-job.js';
import { keepLastSeen } from '../staff/staff.statements.js';

/** Deletes obsolete rows once a night. */
export const cleanUpIdentityJob = defineJob({
  queue: 'identity.clean-up',
  formerly: 'identity.sweep',
  payload: z.object({}),
  schedule: '17 3 * * *',
  exclusive: true,
});

// A bucket refills within a day, so an older row is equivalent to none. Ended sessions are kept for a month, for people
// who ask where they were signed in.
const CLEAN_UPS = [
  statement('identity.clean-up-limits', {
    sql: `DELETE FROM rate_limit WHERE updated_at < now() - interval '1 day'`,
  }),
  statement('identity.clean-up-tokens', {
    sql: `DELETE FROM one_time_token WHERE expires_at < now() - interval '1 day'`,
  }),
  keepLastSeen,
  statement('identity.clean-up-sessions', {
    sql: `DELETE FROM user_session WHERE least(expires_at, revoked_at) < now() - interval '30 days'`,
  }),
];

/** A second run finds nothing. */
export function cleanUpIdentity(database: Database): HandledJob {
  return handleJob(cleanUpIdentityJob, async () => {
    for (const cleanUp of CLEAN_UPS) await database.count(cleanUp);
  });
}
