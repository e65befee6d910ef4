import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { endSlowBodies } from './slow-requests.js';

let app: FastifyInstance;
afterEach(() => app.close());

async function serve(limits: { body: number; upload: number }): Promise<number> {
  app = fastify({ forceCloseConnections: true });
  endSlowBodies(app, limits);
  app.post('/graphql', async () => 'answered');
  app.put('/uploads/:token', async () => 'answered');
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

/** Sends the head of a request and the first byte of its body, and returns how the server ended it. */
function trickle(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `${line} HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{`,
      ),
    );
    let heard = '';
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('close', () => resolve(heard.split('\r\n')[0] ?? ''));
    socket.on('error', reject);
  });
}

describe('a body that does not come', () => {
  it('ends the request, wherever it was sent', async () => {
    const port = await serve({ body: 50, upload: 50 });

    expect(await Promise.all([trickle(port, 'POST /graphql'), trickle(port, 'PUT /uploads/token')])).toEqual([
      'HTTP/1.1 408 Request Timeout',
      'HTTP/1.1 408 Request Timeout',
    ]);
  });

  it('gives uploads longer', async () => {
    const port = await serve({ body: 50, upload: 3_600_000 });
    let ended = false;
    const upload = trickle(port, 'PUT /uploads/token').then(() => (ended = true));

    await trickle(port, 'POST /graphql');

    expect(ended).toBe(false);
    await app.close();
    await upload;
  });

  it('that does come is answered', async () => {
    const port = await serve({ body: 3_600_000, upload: 3_600_000 });

    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });

    expect([answer.status, await answer.text()]).toEqual([200, 'answered']);
  });
});
