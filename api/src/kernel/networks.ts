import { isIPv6 } from 'node:net';

/** The network of a request, as rate limits count it. */
export interface Networks {
  /** The address; for IPv6 the /64, which one household, phone or server has for itself. */
  readonly near: string;
  /**
   * For IPv6 the /48, which one customer of a hosting company may have, with 65,536 /64 networks. Null for IPv4, where
   * address blocks are not given away.
   */
  readonly wide: string | null;
}

/**
 * The limit of a wide network as a multiple of a near one's. The /48 of a mobile operator may have as many users as
 * several of its IPv4 addresses.
 */
export const WIDE_TIMES = 4;

export function networksOf(address: string): Networks {
  const ip = withoutPort(address);
  if (!isIPv6(ip)) return { near: ip, wide: null };
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').split('::');
  const [before, after] = [groups(head), groups(tail)];
  const gap = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const all = [...before, ...gap, ...after].map((group) => Number.parseInt(group, 16).toString(16));
  if (all.slice(0, 6).join(':') === MAPPED)
    return { near: all.slice(6).flatMap(bytes).join('.'), wide: null };
  return { near: `${all.slice(0, 4).join(':')}::/64`, wide: `${all.slice(0, 3).join(':')}::/48` };
}

/**
 * Some proxies (Azure's and, if set so, Amazon's) forward the port of the visitor's connection as well, and each
 * connection of a visitor has another.
 */
function withoutPort(address: string): string {
  const found = /^\[(.+)\](?::\d+)?$/.exec(address) ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address);
  return found?.[1] ?? address;
}

/** The network that logs and per-person limits use. */
export function networkOf(ip: string): string {
  return networksOf(ip).near;
}

/** The prefix of an IPv4 address written as IPv6. Both notations must count as one address. */
const MAPPED = '0:0:0:0:0:ffff';

/** The groups of half an address; an IPv4 address at its end becomes two of them. */
function groups(part: string): string[] {
  return part
    .split(':')
    .filter(Boolean)
    .flatMap((group) => {
      if (!group.includes('.')) return [group];
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
      return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
    });
}

function bytes(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
