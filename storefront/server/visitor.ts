import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';

/** Whether the forwarding headers of the sender at this distance (0: the peer) are trusted. */
export type Trust = (address: string, hop: number) => boolean;

export interface Visitor {
  ip: string;
  /** The requested host, with its port. */
  host: string;
  scheme: string;
}

const trustsNobody: Trust = () => false;
const namedNetworks = new Set(['loopback', 'linklocal', 'uniquelocal']);
const mostHops = 10;

/** Reads TRUST_PROXY; null for invalid values. `true` is invalid, because it would trust any address that a visitor sends. */
export function readTrust(text: string): Trust | null {
  const given = text.trim().toLowerCase();
  if (['', 'false', '0', 'none'].includes(given)) return trustsNobody;
  if (/^\d+$/.test(given)) {
    const hops = Number(given);
    return hops <= mostHops ? (_address, hop) => hop < hops : null;
  }
  const networks = given.split(',').map((network) => network.trim());
  return networks.every(isNetwork) ? proxyAddr.compile(networks) : null;
}

/** A smaller number of bits would name a large part of the internet, which is as good as a bare `true`. */
const fewestBitsOf = { ipv4: 8, ipv6: 7, withAllOfIpv4: 104 } as const;

function isNetwork(network: string): boolean {
  if (namedNetworks.has(network)) return true;
  const [address = '', bits, ...more] = network.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  const most = family === 4 ? 32 : 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= fewestBits(address) && Number(bits) <= most;
}

function fewestBits(address: string): number {
  if (isIP(address) === 4) return fewestBitsOf.ipv4;
  // IPv4 addresses are known as IPv6 ones as well: ::ffff:0:0/96.
  const isLow = URL.parse(`http://[${address}]`)?.hostname.startsWith('[::') ?? true;
  return isLow ? fewestBitsOf.withAllOfIpv4 : fewestBitsOf.ipv6;
}

/** Some proxies forward the port of the visitor's connection with the address, which is then no address to the API. */
function withoutPort(address: string): string {
  const found = /^\[(.+)\](?::\d+)?$/.exec(address) ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address);
  return found?.[1] ?? address;
}

/** The visitor of a request. `x-forwarded-*` headers count only when the sender is trusted. */
export function visitorOf(request: IncomingMessage, trust: Trust): Visitor {
  const { headers, socket } = request;
  const believed = trust(socket.remoteAddress ?? '', 0);
  const forwarded = (name: string): string | undefined =>
    believed ? first(headers[`x-forwarded-${name}`]) : undefined;
  return {
    ip: withoutPort(proxyAddr(request, trust)),
    host: forwarded('host') ?? headers.host ?? '',
    scheme: forwarded('proto') === 'https' ? 'https' : 'http',
  };
}

/**
 * Hop-by-hop headers (RFC 9110, 7.6.1), and `expect`, which this server has answered. Node frames the body on the
 * connection to the API, and throws while sending when a visitor's headers contradict that, as `trailer` did.
 * `transfer-encoding` stays, as it says whether a body without a length follows.
 */
const oneConnection = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/** The headers of a request or an answer that are passed on: all but those of one connection, and those in `kept`. */
export function endToEnd(headers: IncomingHttpHeaders, kept: readonly string[] = []): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => kept.includes(name) || !oneConnection.has(name)),
  );
}

/**
 * The headers of a request for the API: the visitor's forwarding headers are removed and replaced by what this server
 * determined. With a secret they are signed, so that the API trusts them from any network.
 */
export function headersForApi(
  headers: IncomingHttpHeaders,
  { ip, host, scheme }: Visitor,
  secret: string | null,
): IncomingHttpHeaders {
  const passedOn = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !isFromLanguageChooser(name)),
  );
  return {
    ...passedOn,
    'x-forwarded-for': ip,
    'x-forwarded-host': host,
    'x-forwarded-proto': scheme,
    ...(secret ? { 'x-vitrine-visitor': signed({ ip, origin: `${scheme}://${host}` }, secret) } : {}),
  };
}

function isFromLanguageChooser(name: string): boolean {
  return (
    name.startsWith('x-forwarded') ||
    ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'x-vitrine-visitor'].includes(name)
  );
}

function signed(claims: object, secret: string): string {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${text}.${createHmac('sha256', secret).update(`visitor\0${text}`).digest('base64url')}`;
}

function first(header: string | string[] | undefined): string | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();
  return text || undefined;
}
