import { Injectable } from '@nestjs/common';
import { MailpathError } from '../../platform/errors.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { loginOrigin } from '../../estate/sites/login-origin.ts';
import { authorizeUrl, randomText } from './authorize-url.ts';
import { PublicAddress } from './public-address.ts';
import { SignInRecords } from './sign-in-records.service.ts';
import type { Offer } from './start-page.ts';
import { verifierPlace } from './verifier-place.ts';
import { notOpenedHere, changedSinceBegun } from '../refusals.ts';

/** How a sign-in comes to be one browser's: a page that says what it is for, and a cookie that has to come back. */
@Injectable()
export class SignInStarts {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly sealer: Sealer,
    private readonly address: PublicAddress,
    private readonly records: SignInRecords,
  ) {}

  /** What a person is told before a browser is sent on to Entra. */
  async offer(ticket: string): Promise<Offer> {
    const row = await this.records.byTicket(ticket);
    const [site, servers] = await Promise.all([this.sites.get(row.siteId), this.servers.all(row.siteId)]);
    const serverName = servers.find(({ id }) => id === row.serverId)?.name ?? row.serverId;
    return {
      id: row.id,
      userName: row.userName,
      siteName: site.name,
      serverName,
      loginOrigin: loginOrigin(site),
    };
  }

  /** A person goes on from that page: answers the address of Entra. Only this browser may complete the sign-in. */
  async start(ticket: string, cookieOf: (signInId: string) => string | null): Promise<string> {
    const row = await this.records.byTicket(ticket);
    const browser = cookieOf(row.id);
    if (browser === null) throw new MailpathError('conflict', notOpenedHere());
    const site = await this.sites.get(row.siteId);
    const { tenant, clientId } = site;
    const codeVerifier = row.codeVerifier && this.sealer.open(row.codeVerifier, verifierPlace(row));
    if (tenant === null || clientId === null || codeVerifier === null)
      throw new MailpathError('conflict', changedSinceBegun());
    const state = randomText();
    await this.records.bind(row, state, browser);
    const { userName, redirectUri } = row;
    return authorizeUrl(site, {
      tenant,
      clientId,
      redirectUri: redirectUri ?? this.address.callbackUri,
      userName,
      state,
      codeVerifier,
    });
  }
}
