import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../platform/openapi/operation.ts';
import { DownloadList } from './download.ts';
import { DownloadsService } from './downloads.service.ts';

@ApiTags('Enrolment')
@Controller('v1/downloads')
export class DownloadsController {
  constructor(private readonly downloads: DownloadsService) {}

  @Get()
  @Operation({
    id: 'listDownloads',
    needs: 'anyone',
    summary: 'List what can be installed on a server, with checksums',
    description:
      'The files of the folder that MAILPATH_DOWNLOADS names, or of `dist/agent`. Each is fetched at its `path`, without a key: a machine that is being installed has none, and nothing in them is secret.',
    answer: { schema: DownloadList, description: 'The files, by name. Empty where none lie there.' },
    always: true,
  })
  async list(): Promise<DownloadList> {
    return { items: await this.downloads.list() };
  }
}
