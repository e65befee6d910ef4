import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

const MESSAGE = 0x81;
const PING = 0x89;
const MB = 1024 * 1024;

/** A frame of a WebSocket's client, as it goes over the wire: masked, with a mask of zeros. */
function frame(kind: number, text: string): Buffer {
  const content = Buffer.from(text);
  const isLong = content.length > 125;
  const head = Buffer.from([kind, isLong ? 0xfe : 0x80 | content.length, 0, 0, 0, 0, 0, 0]);
  if (isLong) head.writeUInt16BE(content.length, 2);
  return Buffer.concat([head.subarray(0, isLong ? 8 : 6), content]);
}

/** A client that was let in and reads nothing from now on. */
async function unreadingClient(): Promise<Socket> {
  const { hostname, port } = new URL(shop.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.write(frame(MESSAGE, '{"type":"connection_init"}'));
  await once(socket, 'data');
  return socket.pause();
}

describe('a client that sends and never reads', () => {
  it.each([
    ['messages', frame(MESSAGE, JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(60_000) } }))],
    ['pings', Buffer.concat(Array<Buffer>(500).fill(frame(PING, 'x'.repeat(125))))],
  ])('is cut off before the answers to its %s fill the memory of the shop', async (_kind, part) => {
    const printed = vi.spyOn(console, 'error');
    const socket = await unreadingClient();
    const cutOff = new Promise((resolve) => socket.once('close', resolve));

    // Much more than the systems on both ends hold back for a reader.
    let sent = 0;
    while (!socket.destroyed && sent < 100 * MB) {
      sent += part.length;
      if (!socket.write(part)) await Promise.race([once(socket, 'drain').catch(() => undefined), cutOff]);
    }
    expect(sent).toBeLessThan(100 * MB);
    await cutOff;
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });
});
