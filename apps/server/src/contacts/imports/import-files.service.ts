import { Inject, Injectable, PayloadTooLargeException } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { newId } from '@switchboard/database';
import { invalid } from '../errors';
import { CsvProblem, headOf } from './csv-reader';
import { ImportsRepository } from './imports.repository';

/** Every chunk but the last has this size, so that a byte's chunk is known. */
export const chunkBytes = 512 * 1024;

/** Keeps uploaded files in the database: whichever worker goes on with an import finds them there. */
@Injectable()
export class ImportFiles {
  constructor(
    private readonly imports: ImportsRepository,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Takes a file in as it comes, one chunk in memory at a time. Returns the id of its import. */
  async keep(workspaceId: string, userId: string, fileName: string, body: AsyncIterable<Buffer>): Promise<string> {
    const id = newId();
    await this.imports.begin(workspaceId, id, plainName(fileName), userId);
    try {
      await this.store(workspaceId, id, body);
      return id;
    } catch (error) {
      await this.imports.delete(workspaceId, id);
      if (error instanceof CsvProblem) throw invalid(`file: ${error.message}.`);
      throw error;
    }
  }

  chunk(id: string, number: number): Promise<Buffer | undefined> {
    return this.imports.chunk(id, number);
  }

  private async store(workspaceId: string, id: string, body: AsyncIterable<Buffer>): Promise<void> {
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    let number = 0;
    let bytes = 0;
    let first: Buffer | undefined;
    const flush = async (): Promise<void> => {
      const whole = Buffer.concat(waiting);
      const chunk = whole.subarray(0, chunkBytes);
      const rest = whole.subarray(chunkBytes);
      first ??= chunk;
      await this.imports.keepChunk(id, number, chunk);
      number += 1;
      waiting = rest.length > 0 ? [rest] : [];
      waitingBytes = rest.length;
    };
    for await (const piece of body) {
      waiting.push(piece);
      waitingBytes += piece.length;
      bytes += piece.length;
      if (bytes > this.config.contactImportBytes) throw tooLarge(this.config.contactImportBytes);
      while (waitingBytes >= chunkBytes) await flush();
    }
    if (waitingBytes > 0) await flush();
    const { delimiter, columns: names, bodyOffset, bodyLine, sample } = await headOf(first ?? Buffer.alloc(0));
    await this.imports.uploaded(workspaceId, id, {
      bytes,
      delimiter,
      columns: { names, bodyOffset, bodyLine },
      sample,
    });
  }
}

const tooLarge = (most: number) =>
  new PayloadTooLargeException({
    code: 'too_large',
    message: `file: is larger than ${most} bytes (CONTACT_IMPORT_BYTES); split it.`,
  });

/** To be shown, never a path: what stands behind the last slash, without control characters. */
export function plainName(given: string): string {
  const name = given
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\p{Cc}/gu, '')
    .trim()
    .toWellFormed();
  return /^\.*$/.test(name) ? 'contacts.csv' : name.slice(0, 200);
}
