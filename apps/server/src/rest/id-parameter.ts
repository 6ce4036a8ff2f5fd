import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { invalidField } from './invalid-field';

/** An id in a path: `@Param('id', IdParameter)`. What is none is told by the parameter's name. */
@Injectable()
export class IdParameter implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!isUUID(value, 'loose')) throw invalidField(data ?? 'id', 'must be a UUID');
    return value;
  }
}
