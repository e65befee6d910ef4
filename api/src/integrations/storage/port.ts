import type { Readable } from 'node:stream';

/** Where media files live. Keys are `folder/uuid.ext`: never reused, so that a file may be cached for ever. */
export interface FileStorage {
  write(key: string, content: Buffer | Readable, contentType: string): Promise<void>;
  /** The whole file, or null when there is none. */
  read(key: string): Promise<Buffer | null>;
  /** The file as a stream, for what may be large, or null when there is none. */
  open(key: string): Promise<Readable | null>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** The address a browser loads the file from: a path on this server or an absolute URL. */
  url(key: string): string;
}
