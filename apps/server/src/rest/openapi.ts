import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty, ApiPropertyOptional, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** An error (RFC 9457, `application/problem+json`). */
export class ProblemDto {
  @ApiProperty({ example: 'about:blank' })
  type!: string;
  @ApiProperty({ example: 'The request is not valid' })
  title!: string;
  @ApiProperty({ example: 400 })
  status!: number;
  @ApiProperty({ example: 'invalid', description: 'Stable; for programs.' })
  code!: string;
  @ApiProperty({ example: 'email must be an email.' })
  detail!: string;
  @ApiPropertyOptional({
    type: Object,
    description: 'Of `invalid`, the fields it is about: a list of `field` and `problems`.',
  })
  details?: unknown;
  @ApiPropertyOptional({ description: 'Of `resync`, why; as over sockets.' })
  reason?: string;
  @ApiPropertyOptional({ type: [String], description: 'Of `resync`, the paths to load again.' })
  refetch?: string[];
}

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The description of the API, from the code. `more` are paths that no controller serves. */
export function describeApi(app: NestFastifyApplication, more: Paths): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setTitle('Switchboard')
    .setDescription(
      'Self-hosted real-time backend for WhatsApp, Messenger and Instagram. Lists carry `head`, the event cursor read before them. Errors are `application/problem+json`.',
    )
    .setVersion('v1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, outline, { extraModels: [ProblemDto] });
  Object.assign(document.paths, more);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) if (item[method]) completeErrors(path, item[method]);
  }
  return document;
}

/** What every operation of a kind may answer, where it does not say so itself, and in which form. */
function completeErrors(path: string, operation: Operation): void {
  const { responses, parameters = [] } = operation;
  for (const parameter of parameters) {
    if ('in' in parameter && parameter.in === 'path' && parameter.name === 'id')
      parameter.schema = { type: 'string', format: 'uuid' };
  }
  const may = (status: number, description: string) => {
    responses[status] ??= { description };
  };
  if (parameters.length > 0 || operation.requestBody) may(400, '`invalid`, with the fields.');
  if ((operation.security?.length ?? 0) > 0) {
    may(401, 'No access token, or one that is invalid, expired or revoked; `code` says which.');
  }
  if (path.includes('{')) may(404, 'There is no such thing in this workspace.');
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) < 400 || !response || '$ref' in response || response.content) continue;
    response.content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } };
  }
}
