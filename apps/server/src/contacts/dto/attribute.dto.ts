import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { ListFrame } from '../../rest';
import { attributeTypes } from '../attributes/attribute-values';
import { Line } from './fields';

// A `;` separates choices in a table.
const choice = /^[^\p{Cc};]+$/u;

class AttributeChoices {
  @ApiPropertyOptional({ type: [String], description: 'Type `choices`: what may be chosen, at most 200.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  @Matches(choice, { each: true, message: 'choices must be without ; and control characters' })
  choices?: string[];
}

export class ChangeAttributeDto extends AttributeChoices {
  @ApiPropertyOptional({ maxLength: 100 })
  @IsOptional()
  @Line(100)
  label?: string;
}

// Not of ChangeAttributeDto: what is optional there would be here.
export class DefineAttributeDto extends AttributeChoices {
  @ApiProperty({ description: 'How values are named: lower case, for good.', example: 'plan' })
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,49}$/, { message: 'key must be a-z, 0-9 and _, begin with a letter, at most 50' })
  key!: string;

  @ApiProperty({ maxLength: 100 })
  @Line(100)
  label!: string;

  @ApiProperty({
    enum: attributeTypes,
    description: '`date` is a day, `YYYY-MM-DD`; `choices` a list out of `choices`.',
  })
  @IsIn(attributeTypes)
  type!: (typeof attributeTypes)[number];
}

export class AttributeDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  key!: string;
  @ApiProperty()
  label!: string;
  @ApiProperty({ enum: attributeTypes })
  type!: string;
  @ApiProperty({ type: [String], nullable: true })
  choices!: string[] | null;
}

export class AttributeListDto extends ListFrame {
  @ApiProperty({ type: [AttributeDto] })
  items!: AttributeDto[];
}
