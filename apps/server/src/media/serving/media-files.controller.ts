import { Readable } from 'node:stream';
import {
  Controller,
  ForbiddenException,
  Get,
  Headers,
  Inject,
  NotFoundException,
  Param,
  ParseUUIDPipe,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../identity';
import { MediaRepository, type MediaRow } from '../media.repository';
import { MediaUrls } from '../media-urls';
import { MEDIA_STORAGE, MediaMissing, type MediaStorage, storageKey } from '../storage/media-storage';
import { byteRange } from './byte-range';
import { contentHeaders } from './content-headers';

/** Hands out files to whoever has a signed URL of them: an `<img>` of a dashboard, Meta. */
@ApiTags('media')
@Controller('media')
export class MediaFilesController {
  constructor(
    private readonly repository: MediaRepository,
    private readonly urls: MediaUrls,
    @Inject(MEDIA_STORAGE) private readonly storage: MediaStorage,
  ) {}

  @Get(':id')
  @Public()
  @ApiOperation({
    summary: 'The bytes of a file, by a signed URL',
    description: 'URLs are in messages, in the answer to an upload and in `GET /v1/media/{id}`. Takes `Range`.',
  })
  @ApiQuery({ name: 'exp', required: true, type: String })
  @ApiQuery({ name: 'sig', required: true, type: String })
  @ApiOkResponse({ description: 'The file.' })
  @ApiForbiddenResponse({ description: '`url_forged`, `url_expired`: ask for a fresh one.' })
  @ApiNotFoundResponse({ description: 'The file has been deleted.' })
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Query('exp') expires: unknown,
    @Query('sig') signature: unknown,
    @Headers('range') range: string | undefined,
    @Headers('if-none-match') known: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const left = this.urls.check(id, expires, signature);
    if (typeof left === 'string') throw refusal(left);
    const media = await this.repository.ofSignedUrl(id);
    if (!media) throw missing();
    const headers = { ...contentHeaders(media), 'cache-control': `private, max-age=${left}` };
    void reply.headers(headers);
    if (known !== undefined && known === (headers as Record<string, string>).etag) return void reply.status(304).send();
    await this.send(media, range, request, reply);
  }

  private async send(
    media: MediaRow,
    header: string | undefined,
    { method }: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const size = media.size!;
    const range = byteRange(header, size);
    if (range === 'unsatisfiable') {
      return void reply
        .status(416)
        .removeHeader('content-disposition')
        .header('content-range', `bytes */${size}`)
        .send();
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    void reply.header('content-length', end - start + 1);
    if (range) void reply.status(206).header('content-range', `bytes ${start}-${end}/${size}`);
    // Of an answer without a stream Fastify says that it is empty.
    if (method === 'HEAD') return void reply.send(Readable.from([]));
    const body = await this.storage.read(storageKey(media), range).catch((error: unknown) => {
      for (const name of Object.keys(reply.getHeaders())) void reply.removeHeader(name);
      throw error instanceof MediaMissing ? missing() : error;
    });
    void reply.send(body);
  }
}

function refusal(why: 'forged' | 'expired'): ForbiddenException {
  if (why === 'expired') {
    return new ForbiddenException({
      code: 'url_expired',
      message: 'This URL has expired; load the message again, or ask GET /v1/media/:id for a fresh one.',
    });
  }
  return new ForbiddenException({
    code: 'url_forged',
    message: 'This URL was not signed by this instance; take it as it was given.',
  });
}

const missing = () => new NotFoundException({ code: 'not_found', message: 'The file has been deleted.' });
