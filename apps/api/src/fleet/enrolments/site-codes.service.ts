import { Injectable } from '@nestjs/common';
import type { EnrolmentRequest, Role } from '@mailpath/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, MoreThan, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { ServerCreation } from '../../estate/servers/server.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Networks } from '../../platform/caller-address.ts';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import type { Refusal } from '../../platform/refusal.ts';
import { codeForFewerRoles, codeForOtherRoles, hostNameNotAServer, serverHasAnAgent } from '../refusals.ts';
import { notFound } from '../../platform/not-found.ts';
import { hashSecret } from '../../trust/access/api-key.ts';
import { DownloadsService } from '../downloads/downloads.service.ts';
import { enrolCommands, enrolDownloads, packagesIn } from './enrol-commands.ts';
import { makeEnrolmentCode, normaliseCode } from './enrolment-code.ts';
import { SiteCodeEntity } from './site-code.entity.ts';
import type { NewSiteCode, SiteCode, SiteCodeCreation } from './site-code.ts';

/** The server that a code let in, with its earlier agents. */
export interface Redeemed {
  siteId: string;
  server: { id: string; name: string; roles: Role[] };
  replaced: readonly string[];
}

/** One code for the command line that a software distribution sends to all servers of a site. */
@Injectable()
export class SiteCodesService {
  constructor(
    @InjectRepository(SiteCodeEntity) private readonly codes: Repository<SiteCodeEntity>,
    private readonly sites: SitesService,
    private readonly agents: EnrolledAgents,
    private readonly downloads: DownloadsService,
    private readonly clock: Clock,
  ) {}

  /** `base`: where agents reach this API. */
  async create(siteId: string, wanted: SiteCodeCreation, base: string): Promise<NewSiteCode> {
    await this.sites.get(siteId);
    const code = makeEnrolmentCode();
    const now = this.clock.now();
    const { hours, ...limits } = wanted;
    const row = {
      ...limits,
      siteId,
      id: uuid(),
      codeHash: hashSecret(normaliseCode(code)),
      used: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + hours * 3_600_000),
    };
    await this.codes.insert(row);
    const packages = await packagesIn((name) => this.downloads.find(name));
    return {
      ...toSiteCode(row),
      code,
      commands: enrolCommands(base, code, packages),
      downloads: enrolDownloads(packages),
    };
  }

  /** Those that can still be redeemed, oldest first. */
  async list(siteId: string): Promise<SiteCode[]> {
    await this.sites.get(siteId);
    const rows = await this.codes.find({
      where: { siteId, expiresAt: MoreThan(this.clock.now()) },
      order: { id: 'ASC' },
    });
    return rows.filter(({ used, servers }) => used < servers).map(toSiteCode);
  }

  /** Ends a code. Throws not-found. */
  async end(siteId: string, id: string): Promise<void> {
    const { affected } = await this.codes.delete({ siteId, id });
    if (!affected) throw notFound('Enrolment code', id);
  }

  /** The code by its hash; null when there is none. */
  find(codeHash: Buffer): Promise<SiteCodeEntity | null> {
    return this.codes.findOneBy({ codeHash });
  }

  /** Spends one of its servers. Null where the code is over, or not for that address. The row is the lock. */
  redeem(
    { siteId, id }: SiteCodeEntity,
    agentId: string,
    request: EnrolmentRequest,
    address: string,
  ): Promise<Redeemed | null> {
    return this.codes.manager.transaction(async (manager) => {
      const now = this.clock.now();
      const lock = { mode: 'pessimistic_write' } as const;
      const code = await manager.findOne(SiteCodeEntity, { where: { siteId, id }, lock });
      if (!code || code.used >= code.servers || code.expiresAt <= now) return null;
      if (code.networks.length > 0 && !new Networks(code.networks).has(address)) return null;
      const server = await this.#server(manager, code, request, now);
      const replaced = await this.agents.replace(
        manager,
        { ...request, siteId, serverId: server.id, agentId },
        now,
      );
      await manager.update(SiteCodeEntity, { siteId, id }, { used: code.used + 1 });
      return { siteId, server, replaced };
    });
  }

  async #server(manager: EntityManager, code: SiteCodeEntity, request: EnrolmentRequest, now: Date) {
    const roles = request.roles ?? code.roles;
    const foreign = roles.find((role) => !code.roles.includes(role));
    if (foreign !== undefined) throw refused(codeForOtherRoles({ roles: code.roles, asked: foreign }));
    const named = ServerCreation.safeParse({ name: request.facts.hostName, roles });
    if (!named.success) throw refused(hostNameNotAServer({ hostName: request.facts.hostName }));
    const { server, enrolled } = await this.agents.serverNamed(manager, code.siteId, named.data, now);
    // Whoever has the code of a rollout must not take the place of a server that works.
    if (enrolled) throw refused(serverHasAnAgent({ name: server.name }));
    const beyond = server.roles.find((role) => !code.roles.includes(role));
    if (beyond !== undefined) throw refused(codeForFewerRoles({ name: server.name, role: beyond }));
    return server;
  }
}

const refused = (why: Refusal) => new MailpathError('enrolment-refused', why);

const toSiteCode = (row: Omit<SiteCodeEntity, 'codeHash'>): SiteCode => ({
  id: row.id,
  servers: row.servers,
  used: row.used,
  roles: row.roles,
  networks: row.networks,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
