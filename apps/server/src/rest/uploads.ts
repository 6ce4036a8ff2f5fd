import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Lets routes read `multipart/form-data` as a stream (`request.file()`); nothing of it is held in memory. How large a file may be is
 * for each route to say: without a word of it, 1 MB.
 */
export async function acceptUploads(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart as never, {
    limits: { fieldNameSize: 100, fieldSize: 100_000, fields: 20, files: 1, fileSize: 1_048_576, headerPairs: 100 },
  });
}
