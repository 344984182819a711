import { Injectable, Logger } from '@nestjs/common';
import type { CheckResult, DeviceCode, Grant, Role, RunOrder, Tokens } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import { GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import { Clock } from '../../platform/clock.ts';
import { CredentialsService } from '../../trust/credentials/credentials.service.ts';
import { notHis, toldBy } from '../../trust/credentials/token-owner.ts';
import { HoldsService } from '../../trust/holds/holds.service.ts';
import { leaseOf } from '../leases/lease-of.ts';
import { WHY_NOT_LENT } from '../../trust/lending/lendee.ts';
import type { LeasedOrder, OrderEnd } from '../leases/leased-order.ts';
import { LeasesService } from '../leases/leases.service.ts';
import { tokenTask } from '../../fleet/tasks/mail-tasks.ts';
import { RunRecords } from '../runs/run-records.service.ts';
import { ClientSecretsService } from '../../trust/secrets/client-secrets.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import type { Site } from '../../estate/sites/site.ts';
import { isDevicePage, notMicrosofts } from './device-page.ts';
import type { SignInEntity } from './sign-in.entity.ts';
import { SignInRecords } from './sign-in-records.service.ts';

/** What an agent gets for one token request. */
const REDEEM_MS = 30_000;
/** What a person gets to type a device code: as long as Entra lets it be good. */
const DEVICE_CODE_MS = 900_000;
/** For how long others may be signing in to the same mailbox first; a code is good for some ten minutes. */
const QUEUE_MS = 300_000;

const WHY: Record<Exclude<OrderEnd, 'answered' | 'refused'>, string> = {
  'agent-left': "The agent's connection ended before it answered. Start the sign-in again.",
  expired: 'No answer came from the agent in time. Start the sign-in again.',
  unsent: 'The agent of the server is not connected any more. Start it, and then the sign-in again.',
  'not-made':
    'The order could not be made: the tenant, client id or client secret of the site has changed meanwhile, or the log of Mailpath holds the reason (order-not-made). Start the sign-in again.',
  'waits-already':
    'Another sign-in of this user waits for its turn at the same server. Let it come to its end, then start this one again.',
  'gave-up': 'Others were signing in as the same user for too long. Start the sign-in again.',
  withdrawn:
    'The approval of the server was withdrawn before its agent answered. Approve it, or choose another server, and start the sign-in again.',
  ...WHY_NOT_LENT,
};
/** Those in which nothing was asked of the agent. */
const UNASKED: ReadonlySet<OrderEnd> = new Set([
  'unsent',
  'not-made',
  'gave-up',
  'waits-already',
  'unapproved',
  'old-protocol',
]);

/** Lets the chosen application server obtain a user's first token (S47), and keeps what it obtains. */
@Injectable()
export class Redemption {
  readonly #logger = new Logger('Redemption');

  constructor(
    private readonly clock: Clock,
    private readonly sites: SitesService,
    private readonly secrets: ClientSecretsService,
    private readonly credentials: CredentialsService,
    private readonly holds: HoldsService,
    private readonly leases: LeasesService,
    private readonly runs: RunRecords,
    private readonly records: SignInRecords,
  ) {}

  /** Sends the order, or puts it in the queue; what comes of it is noted in the sign-in. */
  async begin(signIn: SignInEntity, agentId: string, grant: Grant): Promise<void> {
    const site = await this.sites.get(signIn.siteId);
    const now = this.clock.now().getTime();
    const forMs = grant.kind === 'device-code' ? DEVICE_CODE_MS : REDEEM_MS;
    const run = { id: uuidv7(), deadlineAt: new Date(now + QUEUE_MS + forMs) };
    await this.runs.begin(
      {
        siteId: site.id,
        kind: 'sign-in',
        requestedAt: new Date(now),
        ...run,
      },
      [{ serverId: signIn.serverId, agentId, asked: [taskOf(site, grant, signIn.userName)], withheld: [] }],
    );
    // A person who types a code has the time that the code is good; a code that came back has what the queue may take.
    const expiresAt = grant.kind === 'device-code' ? signIn.expiresAt : run.deadlineAt;
    await this.records.note(signIn, { runId: run.id, expiresAt });
    await this.leases.ask([this.#order(site, signIn, agentId, run.id, grant, forMs)]);
  }

  #order(
    site: Site,
    signIn: SignInEntity,
    agentId: string,
    runId: string,
    grant: Grant,
    forMs: number,
  ): LeasedOrder {
    const { userName, serverId } = signIn;
    const owner = { siteId: site.id, userName };
    const id = uuidv7();
    let handedIn: Tokens | null = null;
    const prepare = async (expiresAt: Date, roles: readonly Role[]): Promise<RunOrder> => ({
      runId,
      checkDeadlineMs: forMs,
      roundDeadlineMs: forMs,
      tasks: [taskOf(site, grant, userName)],
      lease: await leaseOf(site, roles, {
        id,
        expiresAt,
        userName,
        grant,
        clientSecret: () => this.secrets.open(site.id),
      }),
    });
    return {
      id,
      kind: grant.kind,
      ...owner,
      agentId,
      serverId,
      runId,
      uses: new Map(),
      lastsMs: forMs + GRACE_MS,
      giveUpAt: this.clock.now().getTime() + QUEUE_MS,
      waitsForPerson: grant.kind === 'device-code',
      prepare,
      obtained: (tokens: Tokens) => {
        handedIn = tokens;
      },
      show: (code) => this.#show(site, signIn, code),
      answered: async (result) =>
        this.records.note(signIn, await this.#outcomeOf(site, signIn, result, handedIn)),
      ended: async (how) => {
        if (how === 'answered' || how === 'refused') return;
        if (UNASKED.has(how))
          await this.runs.withhold({ siteId: site.id, id: runId }, serverId, 1, [
            { userName, reason: WHY[how], until: null },
          ]);
        await this.records.note(signIn, { state: 'failed', failure: WHY[how] });
      },
    };
  }

  /** Shows the page to type the code at, if it is one that a person may be sent to. */
  async #show(site: Site, signIn: SignInEntity, { userCode, verificationUri, expiresAt }: DeviceCode) {
    if (isDevicePage(site, verificationUri)) {
      await this.records.note(signIn, { userCode, verificationUri, expiresAt: new Date(expiresAt) });
      return true;
    }
    await this.records.note(signIn, { state: 'failed', failure: notMicrosofts(verificationUri) });
    return false;
  }

  /** Keeps the tokens, if they are of the user who was to sign in; what becomes of the sign-in. */
  async #outcomeOf(
    site: Site,
    { userName, serverId }: SignInEntity,
    result: CheckResult,
    tokens: Tokens | null,
  ): Promise<Partial<SignInEntity>> {
    const { outcome, evidence } = result;
    if ((outcome !== 'pass' && outcome !== 'warn') || !tokens) return failed(result);
    const owner = { siteId: site.id, userName };
    const claims = toldBy(evidence.claims, tokens.accessToken);
    const { tenant, clientId } = site;
    const known = await this.credentials.knownAs(owner);
    const problem = notHis({ userName, tenant, clientId, known }, claims);
    if (problem) {
      this.#logger.warn({ event: 'tokens-refused', ...owner, serverId, reason: problem });
      return { state: 'failed', resultId: result.id, failure: `${problem} Nothing was kept.` };
    }
    await this.credentials.keepNew(owner, tokens, claims, serverId);
    await this.holds.release(site.id, userName);
    return { state: 'done', resultId: result.id };
  }
}

const taskOf = (site: Site, { kind }: Grant, userName: string) =>
  tokenTask(site, kind === 'device-code' ? 'token.device-code' : 'token.redeem', userName);

function failed(result: CheckResult): Partial<SignInEntity> {
  const { id: resultId, failure, reason, outcome, evidence } = result;
  const why = failure?.message ?? (outcome === 'skipped' ? reason : null);
  return {
    state: 'failed',
    resultId,
    failure:
      why ?? 'The agent obtained no token, or did not hand it in. Update the agent, and sign in again.',
    aadsts: evidence.token?.aadsts ?? null,
  };
}
