import { GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import { Injectable } from '@nestjs/common';
import type { Grant } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Clock } from '../../platform/clock.ts';
import { OrderQueue } from '../orders/order-queue.service.ts';
import { RunRecords } from '../runs/run-records.service.ts';
import { firstTokenTask } from './first-token.ts';
import type { SignInEntity } from './sign-in.entity.ts';
import { SignInRecords } from './sign-in-records.service.ts';

/** What an agent gets for one token request. */
const REDEEM_MS = 30_000;
/** What a person gets to type a device code: as long as Entra lets it be good. */
const DEVICE_CODE_MS = 900_000;
/** For how long others may be signing in to the same mailbox first; a code is good for some ten minutes. */
const QUEUE_MS = 300_000;

/** Asks the chosen application server to obtain a user's first token (S47). */
@Injectable()
export class Redemption {
  constructor(
    private readonly clock: Clock,
    private readonly sites: SitesService,
    private readonly queue: OrderQueue,
    private readonly runs: RunRecords,
    private readonly records: SignInRecords,
  ) {}

  /** Sends the order, or puts it in the queue; what comes of it is noted in the sign-in. */
  async begin(signIn: SignInEntity, agentId: string, grant: Grant): Promise<void> {
    const { siteId, id: signInId, serverId, userName } = signIn;
    const site = await this.sites.get(siteId);
    const now = this.clock.now().getTime();
    const isDevice = grant.kind === 'device-code';
    const forMs = isDevice ? DEVICE_CODE_MS : REDEEM_MS;
    const run = { id: uuidv7(), deadlineAt: new Date(now + QUEUE_MS + forMs) };
    const tasks = [firstTokenTask(site, grant.kind, userName)];
    await this.runs.begin({ siteId, kind: 'sign-in', requestedAt: new Date(now), ...run, askedKey: null }, [
      { serverId, agentId, asked: tasks, withheld: [] },
    ]);
    // A person who types a code has the time that the code is good; a code that came back has what the queue may take.
    const expiresAt = isDevice ? signIn.expiresAt : run.deadlineAt;
    await this.records.note(signIn, { runId: run.id, expiresAt });
    await this.queue.ask(siteId, [
      {
        siteId,
        kind: isDevice ? 'device-code' : 'redemption',
        purpose: grant.kind,
        runId: run.id,
        serverId,
        agentId,
        userName,
        uses: {},
        tasks,
        checkDeadlineMs: forMs,
        roundDeadlineMs: forMs,
        lastsMs: forMs + GRACE_MS,
        giveUpAt: now + QUEUE_MS,
        waitsForPerson: isDevice,
        // A code is good once, and a person types one code.
        repeatable: false,
        detail: { signInId },
        grant: JSON.stringify(grant),
      },
    ]);
  }
}
