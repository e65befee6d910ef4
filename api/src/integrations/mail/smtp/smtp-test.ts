import { createTransport } from 'nodemailer';
import type { IntegrationTestCode } from '../../../platform/integration.js';

const TIMEOUT_MS = 9_000;

/** Connects to the server and signs in there; no mail is sent. */
export async function trySmtp(url: string): Promise<IntegrationTestCode> {
  const transport = createTransport({
    ...{ url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    await transport.verify();
    return 'OK';
  } catch (error) {
    const { code = '', timeoutType } = error as { code?: string; timeoutType?: string };
    if (code === 'EAUTH' || code === 'ENOAUTH') return 'REFUSED';
    if (timeoutType || code === 'ETIMEDOUT') return 'TIMED_OUT';
    return ['EDNS', 'ECONNECTION', 'ESOCKET', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)
      ? 'UNREACHABLE'
      : 'FAILED';
  } finally {
    transport.close();
  }
}
