import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError, type Settings } from './settings';

/** One sentence on why nothing can listen at the configured address, and what to do. */
export function listenProblem(code: string, { host, port }: Pick<Settings, 'host' | 'port'>): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: choose another with STOREFRONT_PORT.`;
    case 'EACCES':
    case 'EPERM':
      return `Port ${port} is reserved for the system: set STOREFRONT_PORT to one above 1023.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${host} of STOREFRONT_HOST is not known: write an address of this machine; 0.0.0.0 stands for all it has.`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `This machine does not have the address ${host} of STOREFRONT_HOST: 0.0.0.0 stands for all it has.`;
    default:
      return `The storefront cannot listen at ${host}, port ${port} (${code}): are STOREFRONT_HOST and STOREFRONT_PORT right?`;
  }
}

/** @throws SettingsError when the pages for browsers are missing */
export function assertBuilt(clientFolder: string): void {
  if (!existsSync(join(clientFolder, 'index.html')))
    throw new SettingsError('The storefront is not built: run npm run build first.');
}
