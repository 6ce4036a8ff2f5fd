import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type FlowError,
  type FlowExecutionState,
  type FlowStepState,
  flowExecutionStates,
  flowStepStates,
} from '@switchboard/contracts';
import { IsBoolean, IsIn, IsObject, IsOptional, IsUUID } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

export class StartExecutionDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('loose')
  contactId!: string;

  @ApiProperty({ format: 'uuid', description: 'Where it writes to them.' })
  @IsUUID('loose')
  channelId!: string;

  @ApiPropertyOptional({
    type: Object,
    additionalProperties: true,
    description: '`vars` that it begins with.',
    example: { order: 17 },
  })
  @IsOptional()
  @IsObject()
  vars?: Record<string, unknown>;

  @ApiPropertyOptional({
    default: false,
    description: 'Tries the draft as it is now: on a channel of the simulator nobody is bothered.',
  })
  @IsOptional()
  @IsBoolean()
  draft?: boolean;
}

export class ExecutionsOfFlowQuery extends PageQuery {
  @ApiPropertyOptional({ enum: flowExecutionStates })
  @IsOptional()
  @IsIn(flowExecutionStates)
  state?: FlowExecutionState;
}

export class ExecutionQuery extends ExecutionsOfFlowQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('loose')
  flowId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('loose')
  contactId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('loose')
  conversationId?: string;
}

export class FlowErrorDto implements FlowError {
  @ApiProperty()
  step!: string;
  @ApiProperty()
  code!: string;
  @ApiProperty()
  message!: string;
}

export class ExecutionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  flowId!: string;
  @ApiProperty()
  flowName!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Null: it tries a draft.' })
  version!: number | null;
  @ApiProperty({ enum: flowExecutionStates })
  state!: FlowExecutionState;
  @ApiProperty({ description: 'The step that it is at, or was at last.' })
  step!: string;
  @ApiProperty({ description: 'A person has the conversation: it rests until that is over.' })
  held!: boolean;
  @ApiProperty({ type: String, nullable: true, description: '`message`, `time`, `event`, `call`.' })
  waitsFor!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'When it goes on by itself.' })
  dueAt!: string | null;
  @ApiProperty({
    type: Object,
    additionalProperties: true,
    description: 'What started it: `on`, and what that brought.',
  })
  trigger!: Record<string, unknown>;
  @ApiProperty({ type: Object, additionalProperties: true, description: 'Its variables, as they are now.' })
  vars!: Record<string, unknown>;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  contactId!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  conversationId!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  channelId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'How it ended, in the flow’s own words.' })
  outcome!: string | null;
  @ApiProperty({ type: FlowErrorDto, nullable: true, description: 'Why it has failed.' })
  error!: FlowError | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'The execution that called it.' })
  parentId!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'The execution that it began again for.' })
  replayOf!: string | null;
  @ApiProperty({ format: 'date-time' })
  startedAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  finishedAt!: string | null;
}

export class StepErrorDto {
  @ApiProperty()
  code!: string;
  @ApiProperty()
  message!: string;
}

export class ExecutionStepDto {
  @ApiProperty({ type: 'integer' })
  n!: number;
  @ApiProperty()
  step!: string;
  @ApiProperty({ example: 'send' })
  kind!: string;
  @ApiProperty({
    enum: flowStepStates,
    description: '`unknown`: it may have been done, and is not done again by itself.',
  })
  state!: FlowStepState;
  @ApiProperty({ type: Object, nullable: true, additionalProperties: true, description: 'Beyond 16 KB cut.' })
  input!: unknown;
  @ApiProperty({ type: Object, nullable: true, additionalProperties: true, description: 'Beyond 16 KB cut.' })
  output!: unknown;
  @ApiProperty({ type: StepErrorDto, nullable: true })
  error!: StepErrorDto | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'The message that it sent.' })
  messageId!: string | null;
  @ApiProperty({ format: 'date-time' })
  startedAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  finishedAt!: string | null;
}

export class ExecutionWithStepsDto extends ExecutionDto {
  @ApiProperty({ type: [ExecutionStepDto] })
  steps!: ExecutionStepDto[];
}

export class ExecutionListDto extends ListFrame {
  @ApiProperty({ type: [ExecutionDto] })
  items!: ExecutionDto[];
}

export class StepCountDto {
  @ApiProperty()
  step!: string;
  @ApiProperty({ description: 'How often it was come to.' })
  entered!: number;
  @ApiProperty()
  completed!: number;
  @ApiProperty({ description: 'Also where the flow went on at its `onError`.' })
  failed!: number;
  @ApiProperty({ description: 'Are at it now.' })
  here!: number;
  @ApiProperty({
    description:
      'Came to it and went no further: the flow ended there by a time-out, a person, or somebody who cancelled it.',
  })
  droppedOff!: number;
}

export class FlowStatsDto {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: none was published.' })
  version!: number | null;
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'integer' },
    description: 'Executions of this version by state, as far as they are kept.',
  })
  executions!: Record<FlowExecutionState, number>;
  @ApiProperty({ type: [StepCountDto], description: 'Each step of the version, in the order in which it names them.' })
  steps!: StepCountDto[];
}
