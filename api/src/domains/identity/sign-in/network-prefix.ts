import { networkOf } from '../../../kernel/networks.js';

/** The network of an address as people see it in their list of devices: without the part that names one device. */
export function networkPrefix(ip: string): string {
  const network = networkOf(ip);
  return network.replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0/24');
}
