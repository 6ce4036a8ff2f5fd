import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { type FlowState, flowStates } from '@switchboard/contracts';
import type { FlowDefinition, FlowProblem } from '@switchboard/flows';
import { Transform, Type } from 'class-transformer';
import {
  Equals,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

const trimmed = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);

const example = {
  format: 1,
  triggers: [{ on: 'message', first: true }],
  start: 'hello',
  steps: { hello: { do: 'send', content: { type: 'text', text: 'Hello {{ contact.first_name | there }}!' } } },
};

export class CreateFlowDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Transform(trimmed)
  @IsString()
  @Length(1, 100)
  @Matches(/^\P{Cc}*$/u, { message: 'name must be one line without control characters' })
  name!: string;

  @ApiProperty({
    type: Object,
    additionalProperties: true,
    example,
    description: 'As `GET /v1/flows/schema` has it; at most 64 KB of JSON. What it means is in docs/flows.md.',
  })
  @IsObject()
  definition!: Record<string, unknown>;
}

export class ChangeFlowDto extends PartialType(CreateFlowDto) {}

export class CheckFlowDto {
  @ApiProperty({ type: Object, additionalProperties: true, example })
  @IsObject()
  definition!: Record<string, unknown>;
}

/** A flow in a file. */
export class FlowFileDto extends CreateFlowDto {
  @ApiProperty({ enum: ['flow'] })
  @Equals('flow')
  switchboard!: 'flow';
}

export class FlowQuery extends PageQuery {
  @ApiPropertyOptional({ enum: flowStates })
  @IsOptional()
  @IsIn(flowStates)
  state?: FlowState;
}

export class VersionQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'Versions before this one.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  before?: number;
}

export class TurnOffDto {
  @ApiPropertyOptional({
    default: false,
    description: 'Ends whoever is in the flow; otherwise they go through it to its end.',
  })
  @IsOptional()
  @IsBoolean()
  cancel?: boolean;
}

export class FlowDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: flowStates })
  state!: FlowState;
  @ApiProperty({ type: Object, additionalProperties: true, description: 'The draft.' })
  definition!: FlowDefinition;
  @ApiProperty({ type: Number, nullable: true, description: 'The version that was published last; null: none was.' })
  version!: number | null;
  @ApiProperty({ format: 'uuid' })
  createdBy!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  publishedAt!: string | null;
}

export class FlowProblemDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The step it is in; null: the flow as a whole, or a trigger.',
  })
  step!: string | null;
  @ApiProperty({ example: 'steps.ask_name.content.buttons[0].title' })
  field!: string;
  @ApiProperty({ example: 'unknown_step', description: 'See docs/flows.md.' })
  code!: string;
  @ApiProperty()
  message!: string;
}

export class CheckedFlowDto extends FlowDto {
  @ApiProperty({ type: [FlowProblemDto], description: 'What stands in the way of publishing it.' })
  problems!: FlowProblem[];
}

export class FlowCheckDto {
  @ApiProperty({ type: [FlowProblemDto] })
  problems!: FlowProblem[];
}

export class FlowListDto extends ListFrame {
  @ApiProperty({ type: [FlowDto] })
  items!: FlowDto[];
}

export class FlowVersionDto {
  @ApiProperty()
  number!: number;
  @ApiProperty({ type: Object, additionalProperties: true })
  definition!: FlowDefinition;
  @ApiProperty({ format: 'uuid' })
  createdBy!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class FlowVersionListDto {
  @ApiProperty({ type: [FlowVersionDto] })
  items!: FlowVersionDto[];
}

export class FlowExampleDto {
  @ApiProperty({ example: 'welcome' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  description!: string;
  @ApiProperty({ type: Object, additionalProperties: true })
  definition!: FlowDefinition;
}

export class FlowExampleListDto {
  @ApiProperty({ type: [FlowExampleDto] })
  items!: FlowExampleDto[];
}
