import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Condition, IfMatch } from '../../platform/http/version.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { Retention, RETENTION_FIELDS, RetentionChange } from './retention.ts';
import { RetentionService } from './retention.service.ts';

@ApiTags('Retention')
@Controller('v1/retention')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Get()
  @Operation({
    id: 'getRetention',
    needs: 'administrator',
    summary: 'Read how long history is kept, and what it takes on disk',
    answer: { schema: Retention, description: 'What is set, what holds, and how large it is.' },
    version: RETENTION_FIELDS,
  })
  get(): Promise<Retention> {
    return this.retention.read();
  }

  @Patch()
  @Operation({
    id: 'changeRetention',
    needs: 'administrator',
    summary: 'Change how long history is kept',
    description:
      'A field that is left out stays as it is; null goes back to what Mailpath was started with. Every instance obeys at its next clean-up, once a day: what is older then is deleted and does not come back.',
    answer: { schema: Retention, description: 'What holds from now on.' },
    problems: ['validation'],
    version: RETENTION_FIELDS,
    conditional: true,
  })
  change(
    @Body({ schema: RetentionChange }) body: RetentionChange,
    @IfMatch() condition: Condition,
  ): Promise<Retention> {
    return this.retention.change(body, condition);
  }
}
