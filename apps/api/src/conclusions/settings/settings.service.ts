import { Injectable } from '@nestjs/common';
import {
  cloudOf,
  judgeAuthorizeUrl,
  judgeSettings,
  NotAnAuthorizeUrl,
  readAuthorizeUrl,
  type AuthorizeUrlParts,
} from '@mailpath/diagnosis';
import type { Language } from '@mailpath/protocol';
import { invalidField } from '../../platform/errors.ts';
import { MailboxesService } from '../../estate/mailboxes/mailboxes.service.ts';
import { ResultsService } from '../../history/results/results.service.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SiteChange, type Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import type { AuthorizeUrlReading, PastedAuthorizeUrl, Settings } from './settings.ts';
import { notAnAuthorizeUrl, notForThisSite } from '../field-refusals.ts';
import { refusalOf } from '../../platform/validation.ts';
import type { z } from 'zod';

/** These in place of a tenant stand for any tenant, so they say nothing of a site's own. */
const ANY_TENANT: ReadonlySet<string> = new Set(['common', 'organizations', 'consumers']);

/** Gathers what the settings are judged by: what is entered, and the newest results of the servers. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly mailboxes: MailboxesService,
  ) {}

  async of(siteId: string, language: Language): Promise<Settings> {
    const site = await this.sites.get(siteId);
    const [servers, latest, mailboxes] = await Promise.all([
      this.servers.all(siteId),
      this.results.latest(siteId),
      this.mailboxes.all(siteId),
    ]);
    const names = new Map(servers.map(({ id, name }) => [id, name]));
    const seen = latest.flatMap(({ serverId, result }) => {
      const server = names.get(serverId);
      return server === undefined ? [] : [{ server, result }];
    });
    return { verdicts: judgeSettings(site, mailboxes, seen, language) };
  }

  /** Nothing of the URL is kept but what `apply` sets. */
  async read(
    siteId: string,
    { url, apply }: PastedAuthorizeUrl,
    language: Language,
  ): Promise<AuthorizeUrlReading> {
    const site = await this.sites.get(siteId);
    const parts = partsOf(url, site);
    const now = apply ? await this.sites.change(siteId, changeBy(parts, site)) : site;
    const verdicts = judgeAuthorizeUrl(now, parts, language);
    // Told in the verdicts.
    const { parameters: _, ...shown } = parts;
    return { parts: shown, verdicts, applied: apply };
  }
}

function partsOf(url: string, { targets, cloud }: Site): AuthorizeUrlParts {
  try {
    return readAuthorizeUrl(url, targets.login ? { ...targets.login, cloud } : null);
  } catch (cause) {
    if (cause instanceof NotAnAuthorizeUrl)
      throw invalidField('url', notAnAuthorizeUrl({ said: cause.said }));
    throw cause;
  }
}

function changeBy(parts: AuthorizeUrlParts, site: Site): SiteChange {
  const { tenant, clientId, redirectUri } = parts;
  const change = SiteChange.safeParse({
    clientId,
    cloud: cloudOf(parts, site.cloud),
    ...(ANY_TENANT.has(tenant.toLowerCase()) ? {} : { tenant }),
    ...(redirectUri === null ? {} : { redirectUri }),
  });
  if (change.success) return change.data;
  const [issue] = change.error.issues as [z.core.$ZodIssue];
  throw invalidField('url', notForThisSite({ field: issue.path.join('.'), why: refusalOf(issue) }));
}
