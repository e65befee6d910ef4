import { isIPv6 } from 'node:net';

/** Where a request comes from, as limits count it. */
export interface Networks {
  /** The address; of IPv6 the /64, which one household, telephone or server has for itself. */
  readonly near: string;
  /**
   * Of IPv6 the /48, which one customer of a hosting company may have as well, with 65,536 times a /64 to go through. Null for
   * IPv4, where nobody is given a block of addresses for nothing.
   */
  readonly wide: string | null;
}

/**
 * How many times as much a wide network may do as a near one. Behind the /48 of a mobile operator there may be as many
 * people as behind several of its IPv4 addresses.
 */
export const WIDE_TIMES = 4;

export function networksOf(ip: string): Networks {
  if (!isIPv6(ip)) return { near: ip, wide: null };
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').split('::');
  const [before, after] = [groups(head), groups(tail)];
  const gap = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const all = [...before, ...gap, ...after].map((group) => Number.parseInt(group, 16).toString(16));
  if (all.slice(0, 6).join(':') === MAPPED)
    return { near: all.slice(6).flatMap(bytes).join('.'), wide: null };
  return { near: `${all.slice(0, 4).join(':')}::/64`, wide: `${all.slice(0, 3).join(':')}::/48` };
}

/** The network that a log or a limit of single people names. */
export function networkOf(ip: string): string {
  return networksOf(ip).near;
}

/** What stands before an IPv4 address that is written as IPv6. One address must count as one, however it is written. */
const MAPPED = '0:0:0:0:0:ffff';

/** The groups of half an address, with an IPv4 address at its end as two of them. */
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
