import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { refuseFields } from './validation.ts';

/**
 * Nest's own pipe for `{ schema }`, with refusals that know which parameter they are about. Names such as `constructor`
 * are refused like all that is unknown, not taken away in silence: no schema copies them, and the parser of JSON has
 * refused what poisons a prototype.
 */
@Injectable()
export class SchemaPipe extends StandardSchemaValidationPipe {
  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type, data } = metadata;
    if (!schema || !this.toValidate(metadata)) return value;
    const result = await this.validate(value, schema);
    if (result.issues) throw refuseFields(result.issues, type === 'param' && data ? data : type);
    return result.value as T;
  }
}
