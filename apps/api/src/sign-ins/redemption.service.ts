import { Injectable } from '@nestjs/common';
import type { CheckResult, Grant, RunOrder, Tokens } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.ts';
import { CredentialsService } from '../credentials/credentials.service.ts';
import { HoldsService } from '../leases/holds.service.ts';
import { leaseOf } from '../leases/lease-of.ts';
import { type LeasedOrder, LeasesService, type OrderEnd } from '../leases/leases.service.ts';
import { tokenTask } from '../mail-rounds/mail-tasks.ts';
import { RunRecords } from '../runs/run-records.service.ts';
import { ClientSecretsService } from '../secrets/client-secrets.service.ts';
import { SitesService } from '../sites/sites.service.ts';
import type { Site } from '../sites/site.ts';
import type { SignInEntity } from './sign-in.entity.ts';
import { SignInRecords } from './sign-in-records.service.ts';

/** What an agent gets for one token request. */
const REDEEM_MS = 30_000;
/** What a person gets to type a device code: as long as Entra lets it be good. */
const DEVICE_CODE_MS = 900_000;
/** For how long others may be signing in to the same mailbox first; a code is good for some ten minutes. */
const QUEUE_MS = 300_000;
/** What an agent may take to hand in its last result once its round is over. */
const GRACE_MS = 5_000;

const WHY: Record<Exclude<OrderEnd, 'answered'>, string> = {
  'agent-left': "The agent's connection ended before it answered. Start the sign-in again.",
  expired: 'No answer came from the agent in time. Start the sign-in again.',
  unsent: 'The agent of the server is not connected any more. Start it, and then the sign-in again.',
  'not-made':
    'The order could not be made: the tenant, client id or client secret of the site has changed meanwhile, or the log of Mailpath holds the reason (order-not-made). Start the sign-in again.',
  'gave-up': 'Others were signing in as the same user for too long. Start the sign-in again.',
};

/** Lets the chosen application server obtain a user's first token (S47), and keeps what it obtains. */
@Injectable()
export class Redemption {
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
    let kept = false;
    const prepare = async (expiresAt: Date): Promise<RunOrder> => ({
      runId,
      checkDeadlineMs: forMs,
      roundDeadlineMs: forMs,
      tasks: [taskOf(site, grant, userName)],
      lease: leaseOf(site, {
        id,
        expiresAt,
        userName,
        clientSecret: await this.secrets.open(site.id),
        grant,
      }),
    });
    return {
      id,
      ...owner,
      agentId,
      serverId,
      runId,
      uses: new Map(),
      lastsMs: forMs + GRACE_MS,
      giveUpAt: this.clock.now().getTime() + QUEUE_MS,
      waitsForPerson: grant.kind === 'device-code',
      prepare,
      keep: async (tokens: Tokens) => {
        await this.credentials.keepNew(owner, tokens, serverId);
        await this.holds.release(site.id, userName);
        kept = true;
      },
      show: ({ userCode, verificationUri, expiresAt }) =>
        this.records.note(signIn, { userCode, verificationUri, expiresAt: new Date(expiresAt) }),
      answered: (result) => this.records.note(signIn, outcomeOf(result, kept)),
      ended: async (how) => {
        if (how === 'answered') return;
        if (how === 'unsent' || how === 'not-made' || how === 'gave-up')
          await this.runs.withhold({ siteId: site.id, id: runId }, serverId, 1, [
            { userName, reason: WHY[how], until: null },
          ]);
        await this.records.note(signIn, { state: 'failed', failure: WHY[how] });
      },
    };
  }
}

const taskOf = (site: Site, { kind }: Grant, userName: string) =>
  tokenTask(site, kind === 'device-code' ? 'token.device-code' : 'token.redeem', userName);

function outcomeOf(result: CheckResult, kept: boolean): Partial<SignInEntity> {
  const { id: resultId, failure, reason, outcome, evidence } = result;
  if (outcome !== 'fail' && outcome !== 'throttled' && outcome !== 'skipped' && kept)
    return { state: 'done', resultId };
  const why = failure?.message ?? (outcome === 'skipped' ? reason : null);
  return {
    state: 'failed',
    resultId,
    failure:
      why ?? 'The agent obtained no token, or did not hand it in. Update the agent, and sign in again.',
    aadsts: evidence.token?.aadsts ?? null,
  };
}
