import type { IntegrationTestCode } from '../../../platform/integration.js';

const SERVER = 'https://api.postmarkapp.com';
/** Postmark's code for a token that it does not know. */
const UNKNOWN_TOKEN = 10;

/** Reads the mail server that the token belongs to. */
export async function tryPostmark(token: string, apiBase: string | null): Promise<IntegrationTestCode> {
  let answer: Response;
  try {
    answer = await fetch(new URL('/server', apiBase ?? SERVER), {
      headers: { accept: 'application/json', 'x-postmark-server-token': token },
      signal: AbortSignal.timeout(9_000),
    });
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'TIMED_OUT' : 'UNREACHABLE';
  }
  if (answer.ok) return 'OK';
  const body = (await answer.json().catch(() => null)) as { ErrorCode?: unknown } | null;
  if (answer.status === 401 || body?.ErrorCode === UNKNOWN_TOKEN) return 'REFUSED';
  return answer.status === 403 ? 'NOT_PERMITTED' : 'FAILED';
}
