import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SearchHit } from '@switchboard/contracts';
import { IsIn } from 'class-validator';
import { ListFrame, PageQuery } from '../../../rest';
import { SearchHitDto } from '../../dto/views.dto';
import { TextField } from '../fields';

export const searchedIn = ['messages', 'contacts', 'internal'] as const;

export class SearchQuery extends PageQuery {
  @TextField(200, 'Words that all must be there; "a phrase"; or; -not. Case does not matter.')
  q!: string;

  @ApiPropertyOptional({
    enum: searchedIn,
    default: 'messages',
    description:
      '`messages`: of customers’ conversations, notes included. `contacts`: name, username, number; the last word may be only begun, with three letters or more. `internal`: messages of your own internal conversations.',
  })
  @IsIn(searchedIn)
  in: (typeof searchedIn)[number] = 'messages';
}

export class SearchResultDto extends ListFrame {
  @ApiProperty({ type: [SearchHitDto], description: 'Newest first.' })
  items!: SearchHit[];
}
