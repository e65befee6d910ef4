import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';
import { z } from 'zod';

/** The number of proxies in front, or the networks they are in. */
export type TrustedProxies = number | readonly string[];

// Our own storefront on this machine, and a web server beside it, always forward the visitor's address.
const THIS_MACHINE: TrustedProxies = ['loopback'];
const NAMED = new Set(['loopback', 'linklocal', 'uniquelocal']);
const MOST_HOPS = 10;
const HINT =
  'write how many proxies stand in front of this process, such as 1, or the networks they are in, such as 10.0.0.0/8 (comma-separated)';

/** TRUST_PROXY. A bare `true` would believe any address that a visitor sends, so it is refused. */
export const trustProxySetting = z.string().transform((text, context): TrustedProxies => {
  const given = text.trim().toLowerCase();
  if (['false', '0', 'none'].includes(given)) return THIS_MACHINE;
  if (/^\d+$/.test(given) && Number(given) <= MOST_HOPS) return Number(given);
  const networks = given.split(',').map((network) => network.trim());
  if (networks.every(isNetwork)) return networks;
  context.addIssue(given === 'true' ? `true would believe any address that a visitor writes; ${HINT}` : HINT);
  return z.NEVER;
});

/** A smaller number of bits would name a large part of the internet, which is as good as a bare `true`. */
const FEWEST_BITS = { ipv4: 8, ipv6: 7, withAllOfIpv4: 104 } as const;

function isNetwork(network: string): boolean {
  if (NAMED.has(network)) return true;
  const [address = '', bits, ...more] = network.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  const most = family === 4 ? 32 : 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= fewestBits(address) && Number(bits) <= most;
}

function fewestBits(address: string): number {
  if (isIP(address) === 4) return FEWEST_BITS.ipv4;
  // IPv4 addresses are known as IPv6 ones as well: ::ffff:0:0/96.
  const isLow = URL.parse(`http://[${address}]`)?.hostname.startsWith('[::') ?? true;
  return isLow ? FEWEST_BITS.withAllOfIpv4 : FEWEST_BITS.ipv6;
}

/**
 * The trust function of `proxy-addr`: whether the sender at this distance (0: the direct peer) may name the visitor.
 */
export function trustOf(proxies: TrustedProxies = THIS_MACHINE): (address: string, hop: number) => boolean {
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxyAddr.compile([...proxies]);
}

/** The visitor of a request, as far as trusted proxies name one. */
export interface Visitor {
  readonly ip: string;
  /** The origin that the visitor's browser requested, such as https://shop.example; null when unknown. */
  readonly origin: string | null;
}

/** The header by which the storefront names its visitor: JSON with a signature (storefront/server/visitor.ts). */
export const VISITOR_HEADER = 'x-vitrine-visitor';

/**
 * Determines the visitor of a request. The storefront is trusted from any network when it signs with the shared secret;
 * all other proxies only when TRUST_PROXY names them.
 */
export class Visitors {
  readonly trust: (address: string, hop: number) => boolean;

  constructor(
    proxies: TrustedProxies | undefined,
    private readonly secret: string | null,
    private readonly onForged: () => void = () => undefined,
  ) {
    this.trust = trustOf(proxies);
  }

  of(request: IncomingMessage): Visitor {
    return this.vouchedFor(request) ?? this.passedOn(request);
  }

  /** The visitor that the storefront signed; null without a header, or with an invalid signature. */
  vouchedFor({ headers }: IncomingMessage): Visitor | null {
    const header = headers[VISITOR_HEADER];
    if (typeof header !== 'string' || !this.secret) return null;
    const [claims = '', signature = ''] = header.split('.');
    const expected = createHmac('sha256', this.secret).update(`visitor\0${claims}`).digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      this.onForged();
      return null;
    }
    const { ip, origin } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    if (typeof ip !== 'string' || isIP(ip) === 0) return null;
    return { ip, origin: typeof origin === 'string' ? origin : null };
  }

  private passedOn(request: IncomingMessage): Visitor {
    const { headers, socket } = request;
    const believed = this.trust(socket.remoteAddress ?? '', 0);
    const forwarded = (name: string): string | undefined =>
      believed ? first(headers[`x-forwarded-${name}`]) : undefined;
    const host = forwarded('host') ?? headers.host;
    const scheme = forwarded('proto') ?? ('encrypted' in socket ? 'https' : 'http');
    return { ip: proxyAddr(request, this.trust), origin: host ? originOf(`${scheme}://${host}`) : null };
  }
}

/** The origin of a URL, or null for anything that is no web address: `null`, a bare word, another scheme. */
export function originOf(address: string): string | null {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}

function first(header: string | string[] | undefined): string | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();
  return text || undefined;
}
