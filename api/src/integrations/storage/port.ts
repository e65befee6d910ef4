import type { Readable } from 'node:stream';

/** Storage of media files. Keys are `folder/uuid.ext` and never reused, so that a file may be cached for ever. */
export interface FileStorage {
  write(key: string, content: Buffer | Readable, contentType: string): Promise<void>;
  /** The whole file, or null if there is none. */
  read(key: string): Promise<Buffer | null>;
  /** The file as a stream, for large files, or null if there is none. */
  open(key: string): Promise<Readable | null>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** The URL from which a browser loads the file: a path on this server or an absolute URL. */
  url(key: string): string;
}
