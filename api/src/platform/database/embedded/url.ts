/** The user that owns every database of the built-in PostgreSQL. */
export const OWNER = 'vitrine';

// Linux and macOS cut the address of a socket at 104 bytes; the server adds a file name of at most 17.
const LONGEST_FOLDER = 86;

/**
 * The URL of a database of the built-in PostgreSQL. It leads through the socket in the server's folder, which only the
 * server's account can enter: a statement costs both sides a third less than through the network of the machine. Where
 * the folder's path is too long for a socket, it leads to 127.0.0.1.
 */
export function embeddedUrl(
  { directory, port, password }: { directory: string; port: number; password: string },
  database: string,
): string {
  const address = `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
  if (Buffer.byteLength(directory) > LONGEST_FOLDER) return address;
  return `${address}?host=${encodeURIComponent(directory)}`;
}
