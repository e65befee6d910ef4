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
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return { near: mapped, wide: null };
  if (!isIPv6(ip)) return { near: ip, wide: null };
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').split('::');
  const [before, after] = [groups(head), groups(tail)];
  const gap = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const all = [...before, ...gap, ...after].map((group) => Number.parseInt(group, 16).toString(16));
  return { near: `${all.slice(0, 4).join(':')}::/64`, wide: `${all.slice(0, 3).join(':')}::/48` };
}

/** The network that a log or a limit of single people names. */
export function networkOf(ip: string): string {
  return networksOf(ip).near;
}

function groups(part: string): string[] {
  return part.split(':').filter(Boolean);
}
