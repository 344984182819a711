import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { ClientCertificateFacts, ClientCertificateSetting } from './client-certificate.ts';
import { ClientCertificatesService } from './client-certificates.service.ts';

@ApiTags('Client secret')
@Controller('v1/sites/:siteId/client-certificate')
export class ClientCertificatesController {
  constructor(private readonly certificates: ClientCertificatesService) {}

  @Put()
  @Operation({
    id: 'setClientCertificate',
    needs: 'administrator',
    summary: "Set the certificate of the site's Entra application",
    description:
      'Certificate and private key as PEM. The key is kept encrypted, never shown again, and lent to no agent: each lease has an assertion instead, signed here, good once and for minutes. It is used in place of a client secret, where both are set.',
    answer: { schema: ClientCertificateFacts, description: 'Set; an earlier one is forgotten.' },
    problems: ['validation', 'not-found'],
  })
  set(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: ClientCertificateSetting }) body: ClientCertificateSetting,
  ): Promise<ClientCertificateFacts> {
    return this.certificates.set(siteId, body);
  }

  @Get()
  @Operation({
    id: 'getClientCertificateFacts',
    needs: 'viewer',
    summary: 'Read which client certificate is set and when it expires',
    answer: { schema: ClientCertificateFacts, description: 'Facts about the certificate, never its key.' },
    problems: ['validation', 'not-found'],
  })
  facts(@Param('siteId', { schema: Id }) siteId: string): Promise<ClientCertificateFacts> {
    return this.certificates.facts(siteId);
  }

  @Delete()
  @Operation({
    id: 'forgetClientCertificate',
    needs: 'administrator',
    summary: 'Forget the client certificate and its key',
    answer: { status: 204, description: 'Forgotten.' },
    problems: ['validation', 'not-found'],
  })
  forget(@Param('siteId', { schema: Id }) siteId: string): Promise<void> {
    return this.certificates.forget(siteId);
  }
}
