import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { refuseFields } from './validation.ts';

/** Nest's own pipe for `{ schema }`, with refusals that know which parameter they are about. */
@Injectable()
export class SchemaPipe extends StandardSchemaValidationPipe {
  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type, data } = metadata;
    if (!schema || !this.toValidate(metadata)) return value;
    this.stripProtoKeys(value);
    const result = await this.validate(value, schema);
    if (result.issues) throw refuseFields(result.issues, type === 'param' && data ? data : type);
    return result.value as T;
  }
}
