import { BadRequestException, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiTags,
} from '@nestjs/swagger';
import { checkMedia, mediaKinds, mediaLimits, platforms } from '@switchboard/meta';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, noSuch } from '../../rest';
import { MediaRepository, type MediaRow } from '../media.repository';
import { MediaViews } from '../media-views';
import { MediaDto, type PlatformUseDto, UploadedMediaDto } from './media.dto';
import { MediaUploads } from './media-uploads.service';
import { readAway } from './rest-of-request';

@ApiTags('media')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/media')
export class MediaController {
  constructor(
    private readonly uploads: MediaUploads,
    private readonly repository: MediaRepository,
    private readonly views: MediaViews,
  ) {}

  @Post()
  @RequireRole('agent')
  @ApiOperation({
    summary: 'Upload a file to send',
    description:
      'Its `id` is what `media.mediaId` of a message takes, as often as wanted. One that no message shows is deleted after 7 days.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
  })
  @ApiCreatedResponse({ type: UploadedMediaDto })
  @ApiBadRequestResponse({ description: '`invalid`; `wrong_type`: the file is not what its Content-Type says.' })
  @ApiPayloadTooLargeResponse({ description: '`too_large`: more than MEDIA_MAX_BYTES.' })
  async upload(
    @CurrentSession() { workspaceId, userId }: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadedMediaDto> {
    if (!request.isMultipart()) throw invalid('file: send it as multipart/form-data.');
    try {
      // The service counts, so that the error can say the limit.
      const part = await request.file({ limits: { files: 1, fileSize: Number.MAX_SAFE_INTEGER } }).catch(unreadable);
      if (!part) throw invalid('file: is missing.');
      const { file: stream, mimetype: mimeType, filename } = part;
      const row = await this.uploads.keep(workspaceId, userId, { stream, mimeType, filename });
      return { ...this.views.view(row), platforms: platformUses(row) };
    } catch (error) {
      if (!(await readAway(request.raw))) void reply.header('connection', 'close');
      throw error;
    }
  }

  @Get(':id')
  @ApiOperation({ summary: 'One file, with a fresh URL' })
  @ApiOkResponse({ type: MediaDto })
  @ApiNotFoundResponse({ description: 'There is no such file in this workspace.' })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<MediaDto> {
    const [row] = await this.repository.find(workspaceId, [id]);
    if (!row) throw noSuch('file');
    return this.views.view(row);
  }
}

/** What each platform would take the file as. */
function platformUses({ mimeType, size, animated }: MediaRow): PlatformUseDto[] {
  const file = { mimeType: mimeType!, size: size!, ...(animated === null ? {} : { animated }) };
  return platforms.map((platform) => {
    const known = mediaKinds.filter((kind) => mediaLimits(platform, kind) !== undefined);
    const checked = known.map((kind) => ({
      kind,
      problems: checkMedia(platform, kind, file).map(({ message }) => message),
    }));
    return {
      platform,
      kinds: checked.filter(({ problems }) => problems.length === 0).map(({ kind }) => kind),
      refused: checked.filter(({ problems }) => problems.length > 0),
    };
  });
}

/** The parser's own errors know no status. */
function unreadable(error: Error & { statusCode?: number }): never {
  if (error.statusCode !== undefined) throw error;
  throw invalid(`file: the form cannot be read: ${error.message}.`);
}

const invalid = (message: string) =>
  new BadRequestException({ code: 'invalid', message, details: [{ field: 'file', problems: [message] }] });
