import { Injectable } from '@nestjs/common';
import { checklist, readiness, type ChecklistInput, type OpenFinding } from '@mailpath/diagnosis';
import type { Checklist, Language } from '@mailpath/protocol';
import { deadlines, tasksFor } from '../agents/assignment.ts';
import { MailRounds } from '../mail-rounds/mail-rounds.service.ts';
import { mailTasksFor } from '../mail-rounds/mail-tasks.ts';
import { MailboxesService } from '../mailboxes/mailboxes.service.ts';
import { ResultsService } from '../results/results.service.ts';
import { ClientSecretsService } from '../secrets/client-secrets.service.ts';
import { ServersService } from '../servers/servers.service.ts';
import { SitesService } from '../sites/sites.service.ts';
import { ExternalTestsService } from './external-tests.service.ts';
import { resultsOfNow } from './results-of-now.ts';

/** Between rounds of mailboxes that are signed in to only when asked. */
const ONLY_WHEN_ASKED_SECONDS = 86_400;

/** Gathers what the checklist is judged by: what is entered, what servers saw last, and what a person recorded. */
@Injectable()
export class ChecklistService {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly mail: MailRounds,
    private readonly mailboxes: MailboxesService,
    private readonly secrets: ClientSecretsService,
    private readonly tests: ExternalTestsService,
  ) {}

  /** `findings` are those that are open, in the same language. Throws not-found. */
  async of(siteId: string, language: Language, findings: readonly OpenFinding[] = []): Promise<Checklist> {
    const input = await this.gather(siteId, findings);
    return {
      siteId,
      siteName: input.site.name,
      generatedAt: input.now.toISOString(),
      entries: checklist(input, language),
      readiness: readiness(input, language),
      externalTest: input.externalTest,
    };
  }

  private async gather(siteId: string, findings: readonly OpenFinding[]): Promise<ChecklistInput> {
    const site = await this.sites.get(siteId);
    const [servers, latest, users, mailboxes, secretExpiresOn, externalTest] = await Promise.all([
      this.servers.all(siteId),
      this.results.latest(siteId),
      this.mail.users(site),
      this.mailboxes.all(siteId),
      this.secrets.expiresOn(siteId),
      this.tests.of(siteId),
    ]);
    const now = new Date();
    const staleAfter = {
      // two rounds may be missed before a result says nothing of now
      pathMs: 3 * site.everySeconds * 1000 + deadlines(site.everySeconds).roundDeadlineMs,
      mailMs: 3 * (site.mailboxEverySeconds ?? ONLY_WHEN_ASKED_SECONDS) * 1000,
    };
    return {
      site: { ...site, secretExpiresOn },
      servers: servers.map(({ id, name, roles }) => ({
        name,
        roles,
        results: resultsOfNow(
          latest.filter(({ serverId }) => serverId === id).map(({ result }) => result),
          [...tasksFor(site, roles), ...mailTasksFor(site, roles, users)],
          now,
          staleAfter,
        ),
      })),
      mailboxes,
      findings,
      externalTest,
      now,
    };
  }
}
