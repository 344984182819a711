import { Injectable } from '@nestjs/common';
import type { Enrolment, EnrolmentRequest } from '@mailpath/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, MoreThan, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock.ts';
import { limitKey } from '../../platform/caller-address.ts';
import { hashSecret } from '../../trust/access/api-key.ts';
import { MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { AGENT_REVOKED, SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { EnrolmentCodeEntity } from './enrolment-code.entity.ts';
import { DownloadsService } from '../downloads/downloads.service.ts';
import { enrolCommands, enrolDownloads, packagesIn } from './enrol-commands.ts';
import { makeEnrolmentCode, normaliseCode, type EnrolmentCode } from './enrolment-code.ts';
import { SiteCodesService, type Redeemed } from './site-codes.service.ts';
import { GuessLimit } from '../../platform/guess-limit.ts';
import { enrolmentCodeRefused, tooManyWrongCodes } from '../refusals.ts';

const VALID_MS = 24 * 3_600_000;

/**
 * How an agent comes to speak for a server: a code, once. The server's row is the lock that all of it queues up for.
 */
@Injectable()
export class EnrolmentsService {
  readonly #guesses = new GuessLimit();

  constructor(
    @InjectRepository(EnrolmentCodeEntity) private readonly codes: Repository<EnrolmentCodeEntity>,
    private readonly sites: SitesService,
    private readonly siteCodes: SiteCodesService,
    private readonly agents: EnrolledAgents,
    private readonly events: EventBus,
    private readonly downloads: DownloadsService,
    private readonly clock: Clock,
  ) {}

  /**
   * `base`: where agents reach this API. A code for this server, good once within 24 hours. Older unused ones of the
   * server end now.
   */
  async createCode(siteId: string, serverId: string, base: string): Promise<EnrolmentCode> {
    const code = makeEnrolmentCode();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + VALID_MS);
    const id = uuid();
    await this.codes.manager.transaction(async (manager) => {
      if (!(await this.agents.lockServer(manager, siteId, serverId))) throw notFound('Server', serverId);
      await manager.update(
        EnrolmentCodeEntity,
        { siteId, serverId, usedAt: IsNull(), expiresAt: MoreThan(now) },
        { expiresAt: now },
      );
      const codeHash = hashSecret(normaliseCode(code));
      await manager.insert(EnrolmentCodeEntity, {
        siteId,
        id,
        serverId,
        codeHash,
        createdAt: now,
        expiresAt,
        usedAt: null,
      });
    });
    const packages = await packagesIn((name) => this.downloads.find(name));
    return {
      id,
      code,
      expiresAt: expiresAt.toISOString(),
      commands: enrolCommands(base, code, packages),
      downloads: enrolDownloads(packages),
    };
  }

  /** Redeems a code. The server's earlier agent, if any, may not join any more. */
  async enrol(request: EnrolmentRequest, address: string): Promise<Enrolment> {
    const codeHash = hashSecret(normaliseCode(request.code));
    const agentId = uuid();
    const { siteId, server, replaced } = await this.#guesses.tried(
      limitKey(address),
      () => this.#redeemed(codeHash, agentId, request, address),
      (error) => error instanceof WrongCode,
      (wait) =>
        new MailpathError('too-many-requests', tooManyWrongCodes({ seconds: wait }), {
          retryAfterSeconds: wait,
        }),
    );
    for (const id of replaced) void this.events.tell(AGENT_REVOKED, id);
    // It may wait for approval, which is told.
    void this.events.tell(SITE_CHANGED, siteId);
    const site = await this.sites.get(siteId);
    const { id: serverId, name: serverName, roles } = server;
    return { agentId, siteId, siteName: site.name, serverId, serverName, roles };
  }

  async #redeemed(
    codeHash: Buffer,
    agentId: string,
    request: EnrolmentRequest,
    address: string,
  ): Promise<Redeemed> {
    const ofServer = await this.codes.findOneBy({ codeHash });
    if (ofServer)
      return this.codes.manager.transaction((manager) => this.#redeem(manager, ofServer, agentId, request));
    const ofSite = await this.siteCodes.find(codeHash);
    if (!ofSite) throw new WrongCode();
    const redeemed = await this.siteCodes.redeem(ofSite, agentId, request, address);
    if (!redeemed) throw refused();
    return redeemed;
  }

  async #redeem(
    manager: EntityManager,
    { siteId, serverId, id }: EnrolmentCodeEntity,
    agentId: string,
    request: EnrolmentRequest,
  ): Promise<Redeemed> {
    const now = this.clock.now();
    const server = await this.agents.lockServer(manager, siteId, serverId);
    if (!server) throw refused();
    const done = await manager.update(
      EnrolmentCodeEntity,
      { siteId, id, usedAt: IsNull(), expiresAt: MoreThan(now) },
      { usedAt: now },
    );
    if (!done.affected) throw refused();
    const replaced = await this.agents.replace(manager, { siteId, serverId, agentId, ...request }, now);
    return { siteId, server: { id: serverId, name: server.name, roles: server.roles }, replaced };
  }
}

/** One text for every reason: whoever guesses learns nothing. */
const refused = () => new MailpathError('enrolment-refused', enrolmentCodeRefused());

/** A code that was never given out: the caller is told no more than of one that is over. */
class WrongCode extends MailpathError {
  constructor() {
    super('enrolment-refused', enrolmentCodeRefused());
  }
}
