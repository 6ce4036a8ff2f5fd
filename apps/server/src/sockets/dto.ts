import { ApiProperty } from '@nestjs/swagger';

const byNamespace = (schema: object, example: object) => ({
  description: 'By namespace; those without are left out.',
  type: 'object' as const,
  additionalProperties: schema as never,
  example,
});

export class WorkspaceSocketsDto {
  @ApiProperty({ description: 'Gateways that answered.', example: 2 })
  gateways!: number;

  @ApiProperty({
    description: 'By namespace.',
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['sockets', 'users'],
      properties: { sockets: { type: 'integer' }, users: { type: 'integer' } },
    },
    example: { '/messages': { sockets: 14, users: 9 } },
  })
  namespaces!: Record<string, { sockets: number; users: number }>;
}

export class UserSocketsDto {
  @ApiProperty({ description: 'Whether the user has any socket.', example: true })
  connected!: boolean;

  @ApiProperty({ description: 'Altogether.', example: 3 })
  sockets!: number;

  @ApiProperty(byNamespace({ type: 'integer' }, { '/messages': 2, '/notifications': 1 }))
  namespaces!: Record<string, number>;
}

export class DisconnectedDto {
  @ApiProperty({ description: 'Sockets that were told `session.ended` and closed.', example: 3 })
  sockets!: number;

  @ApiProperty(byNamespace({ type: 'integer' }, { '/messages': 2, '/notifications': 1 }))
  namespaces!: Record<string, number>;
}
