import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const states = ['ok', 'down', 'draining'];

export class LiveDto {
  @ApiProperty({ enum: ['ok'] })
  status!: string;
}

export class StoreHealthDto {
  @ApiProperty({ enum: ['ok', 'down', 'unused'] })
  status!: string;
  @ApiPropertyOptional({ description: 'Milliseconds; of a store that answered.' })
  latencyMs?: number;
}

export class StoresDto {
  @ApiProperty({ type: StoreHealthDto })
  database!: StoreHealthDto;
  @ApiProperty({ type: StoreHealthDto })
  redis!: StoreHealthDto;
}

export class ReadyDto {
  @ApiProperty({ enum: states })
  status!: string;
  @ApiProperty({ type: StoresDto })
  stores!: StoresDto;
}

export class SocketsHealthDto {
  @ApiProperty({ enum: ['ok', 'down'] })
  status!: string;
  @ApiProperty()
  connections!: number;
  @ApiProperty()
  authenticatedUsers!: number;
  @ApiProperty()
  averageConnectionsPerUser!: number;
}

export class ServicesDto extends StoresDto {
  @ApiProperty({ type: SocketsHealthDto })
  websocket!: SocketsHealthDto;
}

export class HealthDto {
  @ApiProperty({ enum: states })
  status!: string;
  @ApiProperty({ format: 'date-time' })
  timestamp!: string;
  @ApiProperty({ type: ServicesDto })
  services!: ServicesDto;
}
