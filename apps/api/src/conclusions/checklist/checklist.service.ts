import { Injectable } from '@nestjs/common';
import { checklist, readiness, type ChecklistInput } from '@mailpath/diagnosis';
import { type Checklist, type Language, STATEMENTS_URL } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { FindingsService } from '../findings/findings.service.ts';
import { NewestResults } from '../findings/newest-results.service.ts';
import { MailboxesService } from '../../estate/mailboxes/mailboxes.service.ts';
import { ClientProofFacts } from '../../trust/secrets/client-proof-facts.service.ts';
import { ExternalTestsService } from './external-tests.service.ts';

/**
 * Gathers what the checklist is judged by: what is entered, what servers saw last, what follows from it, and what a
 * person recorded.
 */
@Injectable()
export class ChecklistService {
  constructor(
    private readonly results: NewestResults,
    private readonly findings: FindingsService,
    private readonly mailboxes: MailboxesService,
    private readonly proofs: ClientProofFacts,
    private readonly tests: ExternalTestsService,
    private readonly clock: Clock,
  ) {}

  /** Throws not-found. */
  async of(siteId: string, language: Language): Promise<Checklist> {
    const input = await this.#gather(siteId, language);
    return {
      siteId,
      siteName: input.site.name,
      generatedAt: input.now.toISOString(),
      statementsUrl: STATEMENTS_URL,
      entries: checklist(input, language),
      readiness: readiness(input, language),
      externalTest: input.externalTest,
    };
  }

  async #gather(siteId: string, language: Language): Promise<ChecklistInput> {
    const now = this.clock.now();
    const { site, servers, newest } = await this.results.of(siteId, now);
    const [findings, mailboxes, clientProof, externalTest] = await Promise.all([
      this.findings.open(siteId, language),
      this.mailboxes.all(siteId),
      this.proofs.of(siteId),
      this.tests.of(siteId),
    ]);
    const ofServer = Map.groupBy(newest, ({ serverId }) => serverId);
    return {
      site: { ...site, clientProof },
      servers: servers.map(({ id, name, roles }) => ({
        name,
        roles,
        results: ofServer.get(id) ?? [],
      })),
      mailboxes,
      findings,
      externalTest,
      now,
    };
  }
}
