import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { hashSecret } from '../../trust/access/api-key.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField, MailpathError } from '../../platform/errors.ts';
import { notLent } from '../../estate/servers/lendee.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { ClientProofs } from '../orders/client-proofs.service.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import type { Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { authorizeUrl, randomText } from './authorize-url.ts';
import { Callback, refusalOf } from './callback.ts';
import { PublicAddress } from './public-address.ts';
import { Redemption } from './redemption.service.ts';
import type { SignInEntity } from './sign-in.entity.ts';
import { type NewSignIn, type SignIn, type SignInCreation, toSignIn } from './sign-in.ts';
import { SignInRecords } from './sign-in-records.service.ts';
import { verifierPlace } from './verifier-place.ts';
import {
  notStartedHere,
  agentNotConnected,
  noClientId,
  noTenant,
  nothingToProveWith,
  ofTheApplicationItself,
  tooOldToLend,
  waitsForApproval,
} from '../refusals.ts';
import type { Refusal } from '../../platform/refusal.ts';
import {
  noRedirectUri,
  notAnApplicationServer,
  notAnEndAddress,
  ofAnotherSignIn,
} from '../field-refusals.ts';
import { serverNotHere } from '../../estate/field-refusals.ts';

/** How long a person may take. */
const WAITING_MS = 15 * 60_000;
const Place = z.tuple([z.uuid()]);

/** A user signs in (S27 to S33), and an application server obtains the first token (S47). */
@Injectable()
export class SignInsService {
  constructor(
    private readonly clock: Clock,
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly proofs: ClientProofs,
    private readonly sealer: Sealer,
    private readonly address: PublicAddress,
    private readonly records: SignInRecords,
    private readonly redemption: Redemption,
  ) {}

  async create(siteId: string, asked: SignInCreation): Promise<NewSignIn> {
    const site = await this.sites.get(siteId);
    const { tenant, clientId } = await this.#application(site, asked);
    const agentId = await this.#agentOf(site, asked.serverId);
    const browser = asked.flow === 'browser';
    const [id, now] = [uuidv7(), this.clock.now()];
    const [state, ticket, codeVerifier] = [randomText(), randomText(), randomText()];
    const redirectUri = asked.redirectUri ?? this.address.callbackUri;
    // What comes back to Mailpath is bound to the browser that starts it; what a person pastes, by the caller's key.
    const [pasted, started] = [browser && asked.redirectUri !== undefined, browser && !asked.redirectUri];
    const row: SignInEntity = {
      siteId,
      id,
      userName: asked.userName,
      serverId: asked.serverId,
      flow: asked.flow,
      redirectUri: browser ? redirectUri : null,
      stateHash: pasted ? hashSecret(state) : null,
      startHash: started ? hashSecret(ticket) : null,
      browserHash: null,
      codeVerifier: browser ? this.sealer.seal(codeVerifier, verifierPlace({ siteId, id })) : null,
      state: 'waiting',
      userCode: null,
      verificationUri: null,
      failure: null,
      aadsts: null,
      runId: null,
      resultId: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + WAITING_MS),
    };
    await this.records.add(row);
    if (!browser) await this.redemption.begin(row, agentId, { kind: 'device-code' });
    const { userName } = asked;
    return {
      ...(await this.get(siteId, id)),
      startUrl: started ? this.address.startUrl(ticket) : null,
      authorizeUrl: pasted
        ? authorizeUrl(site, { tenant, clientId, redirectUri, userName, state, codeVerifier })
        : null,
    };
  }

  async get(siteId: string, id: string): Promise<SignIn> {
    await this.sites.get(siteId);
    return toSignIn(await this.records.get(siteId, id), this.clock.now());
  }

  /** Newest first. */
  async list(siteId: string, { limit, cursor }: PageQuery): Promise<Page<SignIn>> {
    const [before] = decodeCursor(cursor, Place) ?? [];
    await this.sites.get(siteId);
    const rows = await this.records.list(siteId, limit + 1, before);
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (row) => toSignIn(row, this.clock.now()),
    );
  }

  /** The browser has come back to Mailpath. Says whether it brought a code or a refusal. */
  async callBack(
    callback: Callback,
    cookieOf: (signInId: string) => string | null,
  ): Promise<'code' | 'refusal'> {
    const row = await this.records.byState(callback.state);
    const browser = cookieOf(row.id);
    // Before anything of the answer is looked at: whoever else has the address changes nothing.
    if (browser === null || !row.browserHash?.equals(hashSecret(browser)))
      throw new MailpathError('conflict', notStartedHere());
    return this.#take(row, callback);
  }

  /** A person has pasted the address at which the browser ended. */
  async answer(siteId: string, id: string, address: string): Promise<SignIn> {
    await this.sites.get(siteId);
    const row = await this.records.get(siteId, id);
    const callback = Callback.safeParse(Object.fromEntries(new URL(address).searchParams));
    if (!callback.success) throw invalidField('url', notAnEndAddress());
    if (!row.stateHash?.equals(hashSecret(callback.data.state))) throw invalidField('url', ofAnotherSignIn());
    await this.#take(row, callback.data);
    return this.get(siteId, id);
  }

  async #take(row: SignInEntity, callback: Callback): Promise<'code' | 'refusal'> {
    const { code } = callback;
    if (code === undefined) {
      await this.records.takeAnswer(row, () => ({ state: 'failed', ...refusalOf(callback) }));
      return 'refusal';
    }
    await this.records.takeAnswer(row, () => ({ state: 'redeeming' }));
    const codeVerifier = row.codeVerifier && this.sealer.open(row.codeVerifier, verifierPlace(row));
    const agentId = (await this.servers.all(row.siteId)).find(({ id }) => id === row.serverId)?.agent?.id;
    const problem =
      codeVerifier === null
        ? 'The key of Mailpath (MAILPATH_SECRET_KEY, or the file secret-key) was changed since this sign-in began. Start it again.'
        : agentId === undefined &&
          'The server was retired, or has no agent any more. Enrol one, or choose another server, and start the sign-in again.';
    if (codeVerifier === null || agentId === undefined) {
      await this.records.note(row, { state: 'failed', failure: problem || null });
      return 'code';
    }
    const redirectUri = row.redirectUri ?? this.address.callbackUri;
    await this.redemption.begin(row, agentId, {
      kind: 'authorization-code',
      code,
      codeVerifier,
      redirectUri,
    });
    return 'code';
  }

  /** What signing in as a user needs of the site; throws a conflict that names what is missing. */
  async #application(
    site: Site,
    { flow, redirectUri }: SignInCreation,
  ): Promise<{ tenant: string; clientId: string }> {
    if (flow === 'device-code' && redirectUri !== undefined)
      throw invalidField('redirectUri', noRedirectUri());
    const conflict = (detail: Refusal) => new MailpathError('conflict', detail);
    if (site.grant === 'app-only') throw conflict(ofTheApplicationItself());
    const { tenant, clientId } = site;
    if (tenant === null) throw conflict(noTenant());
    if (clientId === null) throw conflict(noClientId());
    // Opened now, so that a key that was changed shows before a person signs in for nothing.
    const canProve = await this.proofs.areThere(site.id);
    if (!canProve && flow === 'browser') throw conflict(nothingToProveWith());
    return { tenant, clientId };
  }

  async #agentOf(site: Site, serverId: string): Promise<string> {
    const server = (await this.servers.all(site.id)).find(({ id }) => id === serverId);
    if (!server) throw invalidField('serverId', serverNotHere({ id: serverId }));
    if (!server.roles.includes('application'))
      throw invalidField('serverId', notAnApplicationServer({ name: server.name }));
    if (server.agent?.state !== 'connected')
      throw new MailpathError('conflict', agentNotConnected({ name: server.name }));
    const { approval, protocol } = server.agent;
    const needed = await this.proofs.protocol(site.id);
    const problem = notLent({ approved: approval === 'approved', protocol: protocol ?? 0 }, needed);
    const { name } = server;
    if (problem === 'unapproved') throw new MailpathError('conflict', waitsForApproval({ name }));
    if (problem) throw new MailpathError('conflict', tooOldToLend({ name }));
    return server.agent.id;
  }
}
