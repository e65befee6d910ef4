import { Readable } from 'node:stream';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { LongJobFile } from '../../platform/jobs/define-long-job.js';

/** The files of long jobs in the private storage: the pieces of one that is being written, and the finished one. */
export class JobFiles {
  constructor(private readonly files: FileStorage) {}

  /** Stores a piece under its number: the same piece again takes the place of the first. */
  async writePart(jobId: string, part: number, content: string | Buffer): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    await this.files.write(partKey(jobId, part), bytes, 'application/octet-stream');
  }

  /** Puts the pieces together, one in memory at a time. */
  async compose(jobId: string, parts: number, { extension, type }: LongJobFile): Promise<void> {
    await this.files.write(fileKey(jobId, extension), Readable.from(this.pieces(jobId, parts)), type);
  }

  open(jobId: string, { extension }: LongJobFile): Promise<Readable | null> {
    return this.files.open(fileKey(jobId, extension));
  }

  async removeParts(jobId: string, parts: number): Promise<void> {
    for (let part = 0; part < parts; part++) await this.files.remove(partKey(jobId, part));
  }

  async remove(jobId: string, { extension }: LongJobFile): Promise<void> {
    await this.files.remove(fileKey(jobId, extension));
  }

  private async *pieces(jobId: string, parts: number): AsyncGenerator<Buffer> {
    for (let part = 0; part < parts; part++) {
      const piece = await this.files.read(partKey(jobId, part));
      if (!piece) throw new Error(`Piece ${part} of the file of the job ${jobId} is gone`);
      yield piece;
    }
  }
}

const partKey = (jobId: string, part: number): string => `jobs/${jobId}.${part}.piece`;
const fileKey = (jobId: string, extension: string): string => `jobs/${jobId}.${extension}`;
