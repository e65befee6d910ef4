import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/**
 * A web address in its one spelling: scheme and host in lower case, IP addresses in their usual notation, no default
 * port, no dot after the host, no slash at the end. Null for anything that other addresses cannot be built on: another
 * scheme, a user name, a query, a fragment, a pattern such as `*.shop.example`.
 */
export function readWebAddress(text: string): string | null {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.hostname = url.hostname.replace(/\.$/, '');
  if (!/^[a-z\d.[\]:_-]+$/.test(url.hostname)) return null;
  if (url.username || url.password || /[?#]/.test(text)) return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** A setting that is a web address. */
export const webAddress = z.string().transform((text, context) => {
  const address = readWebAddress(text);
  if (address === null)
    context.addIssue('write an address such as https://shop.example, without ? and # and without a user');
  return address ?? z.NEVER;
});

/** The host of an address of any scheme: in lower case, without brackets and a dot at the end; empty if there is none. */
export function hostOf(address: string): string {
  const url = URL.parse(address.trim());
  // Only for web addresses the parser reads an IP address in any of its notations, such as 127.1 or 0x7f.0.0.1.
  const host = (url && URL.parse(`http://${url.hostname}`)?.hostname) ?? url?.hostname ?? '';
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
}

const THIS_MACHINE = networks('127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128');
const PRIVATE = networks(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
  // Of no network at all: for protocols, measurements and documents, for groups of hosts, and as earlier spellings.
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  'ff00::/8',
  'fec0::/10',
  '2001:db8::/32',
);
/** Names that end so are known in the network of a home, an office or a cluster only (RFC 6762, RFC 8375, ICANN). */
const PRIVATE_DOMAIN = /\.(local|localdomain|internal|intranet|home\.arpa|home|lan|corp|private)$/;
const NAMES_OF_THIS_MACHINE = new Set([
  'localhost',
  'localhost.localdomain',
  'ip6-localhost',
  'ip6-loopback',
  'host.docker.internal',
]);

/** Whether the host is the machine itself, in any spelling. */
export function isThisMachine(host: string): boolean {
  return NAMES_OF_THIS_MACHINE.has(host) || host.endsWith('.localhost') || isIn(THIS_MACHINE, host);
}

/**
 * Whether the host is known inside a private network only: a private IP address, a name without a dot or of a private
 * domain.
 */
export function isPrivateHost(host: string): boolean {
  if (isIP(host) !== 0) return isIn(PRIVATE, host);
  return host !== '' && (!host.includes('.') || PRIVATE_DOMAIN.test(host));
}

/** Whether the domain is one of those that exist in examples only (RFC 2606), where no mail can come from or arrive. */
export function isExampleDomain(domain: string): boolean {
  return /(^|\.)(example(\.(com|net|org))?|invalid|test|localhost)$/.test(domain);
}

function networks(...blocks: string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** IPv4 addresses written as IPv6 (`::ffff:127.0.0.1`) are found as well. */
function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
