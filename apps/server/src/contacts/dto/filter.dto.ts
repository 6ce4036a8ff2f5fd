import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { attributeOperators } from '../segments/filter';

type Schema = Extract<ApiPropertyOptions, { oneOf?: unknown }>['oneOf'];

const values = (format?: 'uuid') => ({
  type: 'array' as const,
  minItems: 1,
  maxItems: 100,
  items: { type: 'string' as const, ...(format ? { format } : {}) },
});
const text = { type: 'string' as const, minLength: 1, maxLength: 200 };
const daysOrTime = [{ type: 'integer' as const, minimum: 1, maximum: 3650 }, { type: 'string' as const }];

export class TextConditionDto {
  @ApiProperty({ enum: ['name', 'username', 'phone', 'email'] })
  field!: string;
  @ApiProperty({ enum: ['exists', 'equals', 'contains', 'starts_with'] })
  op!: string;
  @ApiProperty({ oneOf: [{ type: 'boolean' }, text], description: 'A boolean of `exists`, else a text.' })
  value!: unknown;
}

export class AttributeConditionDto {
  @ApiProperty({ enum: ['attribute'] })
  field!: string;
  @ApiProperty({ description: 'Of an attribute of the workspace.' })
  key!: string;
  @ApiProperty({ enum: [...new Set(Object.values(attributeOperators).flat())] })
  op!: string;
  @ApiProperty({
    oneOf: [{ type: 'boolean' }, text, { type: 'number' }, values()],
    description: 'A boolean of `exists`, else a value as the attribute has them.',
  })
  value!: unknown;
  @ApiPropertyOptional({ enum: Object.keys(attributeOperators), description: 'The attribute’s; told, not asked.' })
  type?: string;
}

export class TagConditionDto {
  @ApiProperty({ enum: ['tag'] })
  field!: string;
  @ApiProperty({ enum: ['any_of', 'all_of', 'none_of'] })
  op!: string;
  @ApiProperty({ ...values('uuid'), description: 'Tags of the workspace.' })
  value!: string[];
}

export class ConsentConditionDto {
  @ApiProperty({ enum: ['consent'] })
  field!: string;
  @ApiProperty({ enum: ['is'] })
  op!: string;
  @ApiProperty({ enum: ['opted_in', 'opted_out', 'unknown'] })
  value!: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'What holds on this channel.' })
  channelId?: string;
}

export class PlatformConditionDto {
  @ApiProperty({ enum: ['platform'] })
  field!: string;
  @ApiProperty({ enum: ['any_of'] })
  op!: string;
  @ApiProperty({ type: 'array', minItems: 1, items: { type: 'string', enum: ['whatsapp', 'messenger', 'instagram'] } })
  value!: string[];
}

export class ChannelConditionDto {
  @ApiProperty({ enum: ['channel'] })
  field!: string;
  @ApiProperty({ enum: ['any_of'] })
  op!: string;
  @ApiProperty({ ...values('uuid'), description: 'Channels of the workspace.' })
  value!: string[];
}

export class TimeConditionDto {
  @ApiProperty({ enum: ['last_seen', 'created'] })
  field!: string;
  @ApiProperty({ enum: ['before', 'after', 'within_days', 'not_within_days'] })
  op!: string;
  @ApiProperty({ oneOf: daysOrTime, description: 'A number of days, else a time with its offset, or a day.' })
  value!: unknown;
}

const nameOf = (form: { name: string }) => ({ $ref: getSchemaPath(form.name) });
const conditions = [
  ...[TextConditionDto, AttributeConditionDto, TagConditionDto, ConsentConditionDto],
  ...[PlatformConditionDto, ChannelConditionDto, TimeConditionDto],
];
/** By name: a tree holds trees. */
const anyForm: Schema = [...conditions, { name: 'AllOfDto' }, { name: 'AnyOfDto' }, { name: 'NotDto' }].map(nameOf);
const parts: ApiPropertyOptions = { type: 'array', minItems: 1, maxItems: 50, items: { oneOf: anyForm } };

export class AllOfDto {
  @ApiProperty(parts)
  all!: object[];
}

export class AnyOfDto {
  @ApiProperty(parts)
  any!: object[];
}

export class NotDto {
  @ApiProperty({ oneOf: anyForm })
  not!: object;
}

/** All that a filter may consist of, for the operations that take one. */
export const filterForms = [...conditions, AllOfDto, AnyOfDto, NotDto];
export const anyFilter = { oneOf: anyForm };
