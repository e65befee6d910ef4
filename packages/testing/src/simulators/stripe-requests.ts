import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { API_VERSION } from './stripe-events.js';
import type { StripeLedger } from './stripe-ledger.js';
import { StripeRejection } from './stripe-objects.js';

export const STRIPE_TEST_KEY = 'sk_test_vitrine';

export type StripeOperation =
  | 'create'
  | 'retrieve'
  | 'cancel'
  | 'capture'
  | 'refund'
  | 'retrieveRefund'
  | 'retrieveDispute'
  | 'listIntents'
  | 'listRefunds'
  | 'listDisputes'
  | 'listEvents';

/** The failures of the next responses. */
export type StripeFailure =
  /** The connection ends before Stripe did anything. */
  | 'unreachable'
  /** Stripe did it, and the connection ends without a response. */
  | 'answer-lost'
  /** Stripe did it, and the response is truncated. */
  | 'answer-cut'
  /** Stripe fails, and repeats exactly that for the same key. */
  | 'remembered-500'
  /** Stripe did it and fails then, and repeats exactly that for the same key. */
  | 'done-then-500'
  /** Our key is revoked. */
  | 'status-401'
  | 'status-503'
  | 'rate-limited'
  /** Another request with this key is being worked on. */
  | 'key-in-use'
  /** Stripe refuses permanently. */
  | 'refused'
  /** No response until the server closes. */
  | 'hang'
  | { readonly delayMs: number }
  /** The request is delayed before anything is done. */
  | { readonly until: Promise<unknown> };

export interface StripeRequest {
  readonly operation: StripeOperation | null;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | null;
  /** Null while there is none, or when the connection was broken. */
  status: number | null;
}

/** What the requests of one server share. */
export interface StripeState {
  readonly ledger: StripeLedger;
  readonly requests: StripeRequest[];
  readonly failures: { operation: StripeOperation; failure: StripeFailure }[];
}

/** Answers one request as Stripe does, or fails as the next failure says. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: StripeState,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stripe');
  const body = await bodyOf(request);
  const record: StripeRequest = {
    operation: operationOf(request.method, pathname),
    method: request.method ?? '',
    path: pathname,
    params: Object.fromEntries([...searchParams, ...new URLSearchParams(body)]),
    idempotencyKey: (request.headers['idempotency-key'] as string | undefined) ?? null,
    status: null,
  };
  state.requests.push(record);
  const failure = takeFailure(state, record.operation);

  if (failure === 'unreachable') return void response.destroy();
  if (failure === 'hang') return;
  if (typeof failure === 'object' && failure)
    await ('until' in failure
      ? failure.until
      : new Promise((resolve) => setTimeout(resolve, failure.delayMs)));
  const { status, json, isReplay } = scripted(failure) ?? perform(request, record, state.ledger, failure);
  const text = JSON.stringify(json);

  if (failure === 'answer-lost') return void response.destroy();
  record.status = status;
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': `req_${randomBytes(6).toString('hex')}`,
    'content-length': Buffer.byteLength(text),
    ...(isReplay && { 'idempotent-replayed': 'true' }),
  });
  if (failure !== 'answer-cut') return void response.end(text);
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

/** Failures that happen before anything is done. */
function scripted(failure: StripeFailure | null): Answer | null {
  if (failure === 'status-503')
    return { status: 503, json: { error: { type: 'api_error', message: 'Try again' } } };
  if (failure === 'status-401')
    return {
      status: 401,
      json: { error: { type: 'invalid_request_error', message: 'Expired API Key provided' } },
    };
  if (failure === 'rate-limited')
    return {
      status: 429,
      json: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' } },
    };
  if (failure === 'refused')
    return {
      status: 400,
      json: {
        error: {
          type: 'invalid_request_error',
          code: 'account_invalid',
          message: 'This account takes no payments',
        },
      },
    };
  if (failure === 'key-in-use')
    return {
      status: 409,
      json: {
        error: {
          type: 'invalid_request_error',
          code: 'idempotency_key_in_use',
          message: 'Another request is in progress',
        },
      },
    };
  return null;
}

interface Answer {
  readonly status: number;
  readonly json: object;
  /** The stored response of an earlier request with the same key. */
  readonly isReplay?: boolean;
}

function perform(
  request: IncomingMessage,
  record: StripeRequest,
  ledger: StripeLedger,
  failure: StripeFailure | null,
): Answer {
  try {
    checkHeaders(request);
    const work = (): Answer => {
      if (failure === 'remembered-500') return fail();
      const done = run(record, ledger);
      return failure === 'done-then-500' ? fail() : done;
    };
    return record.method === 'POST'
      ? ledger.once(record.idempotencyKey, `${record.path} ${JSON.stringify(record.params)}`, work)
      : work();
  } catch (error) {
    if (error instanceof StripeRejection) return error.answer;
    throw error;
  }
}

function fail(): Answer {
  return { status: 500, json: { error: { type: 'api_error', message: 'Something went wrong' } } };
}

function checkHeaders(request: IncomingMessage): void {
  if (request.headers.authorization !== `Bearer ${STRIPE_TEST_KEY}`)
    throw new StripeRejection(401, null, 'Invalid API Key provided');
  if (request.headers['stripe-version'] !== API_VERSION)
    throw new StripeRejection(400, 'api_version_unexpected', 'This server speaks one version');
  if (
    request.method === 'POST' &&
    !/^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '')
  ) {
    throw new StripeRejection(400, null, 'The body must be form-encoded');
  }
}

function run({ operation, path, params }: StripeRequest, ledger: StripeLedger): Answer {
  const id = path.split('/')[3] ?? '';
  switch (operation) {
    case 'create':
      return { status: 200, json: ledger.createIntent(params) };
    case 'retrieve':
      return { status: 200, json: ledger.intent(id) };
    case 'cancel':
      return { status: 200, json: ledger.cancel(id, params) };
    case 'capture':
      return { status: 200, json: ledger.capture(id, params) };
    case 'retrieveDispute':
      return { status: 200, json: ledger.disputeOf(id) };
    case 'listIntents':
      return { status: 200, json: ledger.list('intents', params) };
    case 'listRefunds':
      return { status: 200, json: ledger.list('refunds', params) };
    case 'listDisputes':
      return { status: 200, json: ledger.list('disputes', params) };
    case 'listEvents':
      return { status: 200, json: ledger.list('events', params) };
    case 'refund':
      return { status: 200, json: ledger.createRefund(params) };
    case 'retrieveRefund':
      return { status: 200, json: ledger.refund(id) };
    default:
      throw new StripeRejection(404, null, `Unrecognized request URL (${path})`);
  }
}

function operationOf(method: string | undefined, path: string): StripeOperation | null {
  const [, , collection, id, action, rest] = path.split('/');
  if (rest !== undefined) return null;
  const operations: Record<string, StripeOperation> = {
    'POST payment_intents': 'create',
    'GET payment_intents id': 'retrieve',
    'POST payment_intents id cancel': 'cancel',
    'POST payment_intents id capture': 'capture',
    'GET payment_intents': 'listIntents',
    'GET refunds': 'listRefunds',
    'GET disputes': 'listDisputes',
    'GET disputes id': 'retrieveDispute',
    'GET events': 'listEvents',
    'POST refunds': 'refund',
    'GET refunds id': 'retrieveRefund',
  };
  return operations[[method, collection, id && 'id', action].filter(Boolean).join(' ')] ?? null;
}

function takeFailure({ failures }: StripeState, operation: StripeOperation | null): StripeFailure | null {
  const index = failures.findIndex((failure) => failure.operation === operation);
  return index < 0 ? null : (failures.splice(index, 1)[0]?.failure ?? null);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
