import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNumber,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { type Cost, type Price, pricingCategories } from '../costs/pricing';

const mostPrices = 1000;

export class PriceDto implements Price {
  @ApiProperty({ enum: pricingCategories })
  @IsIn(pricingCategories)
  category!: (typeof pricingCategories)[number];

  @ApiProperty({
    type: String,
    nullable: true,
    example: '34',
    description: 'How numbers of the country begin, 1 to 4 digits; the longest that fits goes. Null: everywhere else.',
  })
  @ValidateIf((_, value) => value !== null)
  @Matches(/^[1-9]\d{0,3}$/, { message: 'callingCode must be 1 to 4 digits, without +, or null' })
  callingCode!: string | null;

  @ApiProperty({ type: Number, minimum: 0, maximum: 1000, example: 0.0509, description: 'Of one delivered message.' })
  @IsNumber({ maxDecimalPlaces: 6 })
  @Min(0)
  @Max(1000)
  price!: number;
}

export class SetPricesDto {
  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be three capital letters, such as EUR' })
  currency!: string;

  @ApiProperty({
    type: [PriceDto],
    minItems: 1,
    maxItems: mostPrices,
    description: 'One for each category and calling code.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostPrices)
  @ValidateNested({ each: true })
  @Type(() => PriceDto)
  prices!: PriceDto[];
}

export class PricesDto {
  @ApiProperty({ type: String, nullable: true, description: 'Null where no prices are set.' })
  currency!: string | null;
  @ApiProperty({ type: [PriceDto] })
  prices!: PriceDto[];
  @ApiProperty({ type: String, nullable: true })
  updatedAt!: string | null;
}

class CategoryCostDto {
  @ApiProperty({ enum: pricingCategories })
  category!: string;
  @ApiProperty()
  messages!: number;
  @ApiProperty({ type: Number })
  amount!: number;
}

/** What messages cost by the workspace's price list. */
export class CostDto implements Cost {
  @ApiProperty({ example: 'EUR' })
  currency!: string;
  @ApiProperty({ type: Number, description: 'By the workspace’s price list, six decimals.' })
  amount!: number;
  @ApiProperty({ type: [CategoryCostDto], description: 'The dearest first; what is free is not there.' })
  categories!: CategoryCostDto[];
  @ApiProperty({ description: 'Messages that the list has no price for; they are in no amount.' })
  unpriced!: number;
}
