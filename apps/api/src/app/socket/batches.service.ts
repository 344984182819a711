import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type AgentBatch,
  type AgentBatchAnswer,
  type AgentChallenge,
  batchNonce,
  CompactReader,
  decodeAgentMessage,
  invalidFrame,
  PROTOCOL_VERSION,
  type Results,
} from '@mailpath/protocol';
import { limitKey } from '../../platform/caller-address.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField, MailpathError } from '../../platform/errors.ts';
import { GuessLimit } from '../../platform/guess-limit.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { RevokedReporter } from '../../estate/connections/reporter.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { AgentClocks } from '../../fleet/agents/agent-clocks.ts';
import type { KnownAgent } from '../../fleet/agents/agents.service.ts';
import { AssignmentsService } from '../../fleet/agents/assignments.service.ts';
import { Clones } from '../../fleet/agents/clones.service.ts';
import { ResultsIngest } from '../../history/results/results.ingest.ts';
import { Sealer } from '../../trust/secrets/sealer.ts';
import { JoinDesk } from './join-desk.service.ts';
import {
  agentRevoked,
  agentUnknown,
  apiIsOlder,
  keyIsCloned,
  nonceUnknown,
  resultsUnreadable,
  tooManyBatches,
} from './refusals.ts';

const GOOD_MS = 60_000;
/** A minute's batches of one agent: a backlog of hours goes within minutes, and no agent has the API for itself. */
const MOST_A_MINUTE = 120;
/** Bound into a challenge, so that nothing else that is sealed here is one. */
const PLACE = { purpose: 'agent-challenge', siteId: '00000000-0000-0000-0000-000000000000', key: 'line' };

/** Takes results by HTTPS from agents whose WebSocket does not get through, by the same rules as from the socket. */
@Injectable()
export class Batches {
  readonly #pace = new GuessLimit(undefined, MOST_A_MINUTE);
  readonly #underWay = new Set<string>();

  constructor(
    private readonly sealer: Sealer,
    private readonly desk: JoinDesk,
    private readonly sessions: AgentSessions,
    private readonly agents: EnrolledAgents,
    private readonly clones: Clones,
    private readonly clocks: AgentClocks,
    private readonly ingest: ResultsIngest,
    private readonly assignments: AssignmentsService,
    private readonly clock: Clock,
  ) {}

  /** Good at every instance, since all of them have the key that it is sealed with. */
  challenge(): AgentChallenge {
    const expiresAt = new Date(this.clock.now().getTime() + GOOD_MS).toISOString();
    return {
      nonce: this.sealer.seal(expiresAt, PLACE).toString('base64url'),
      expiresAt,
      protocol: PROTOCOL_VERSION,
    };
  }

  async take(batch: AgentBatch, address: string): Promise<AgentBatchAnswer> {
    const { agentId } = batch;
    if (batch.protocol > PROTOCOL_VERSION)
      throw new MailpathError('conflict', apiIsOlder({ protocol: PROTOCOL_VERSION }));
    if (!this.#isChallenge(batch.nonce)) throw new MailpathError('unauthorized', nonceUnknown());
    const known = await this.#known(batch, address);
    const wait = this.#pace.waitSeconds(agentId);
    if (wait > 0 || this.#underWay.has(agentId)) throw tooMany(Math.max(1, wait));
    this.#pace.count(agentId);
    this.#underWay.add(agentId);
    try {
      await this.#refuseClone(batch, known, address);
      return await this.#store(batch, known, resultsIn(batch));
    } finally {
      this.#underWay.delete(agentId);
    }
  }

  async #known(batch: AgentBatch, address: string): Promise<KnownAgent> {
    const digest = createHash('sha256').update(batch.results).digest('base64url');
    const { protocol, agentId, signature, boot, facts } = batch;
    const known = await this.desk.prove({
      join: { protocol, agentId, signature, boot, facts },
      nonce: batchNonce(batch.nonce, digest),
      address: limitKey(address),
      isAwaited: () => true,
    });
    if (known === 'not-known' || known === 'gone') throw new MailpathError('unauthorized', agentUnknown());
    if ('waitSeconds' in known) throw tooMany(known.waitSeconds);
    return known;
  }

  /** One that is connected by a socket has no reason to come here: a second process with its key has. */
  async #refuseClone(batch: AgentBatch, known: KnownAgent, address: string): Promise<void> {
    const { reporter, isQuarantined, originalBoot } = known;
    const { agentId, boot, facts, protocol } = batch;
    const { hostName, platform } = facts;
    const joinedAt = this.clock.now().toISOString();
    const machine = { boot, hostName, platform, address, protocol, joinedAt };
    if (isQuarantined && originalBoot !== boot) {
      await this.clones.note(reporter, machine);
      throw new MailpathError('conflict', keyIsCloned());
    }
    // Its own older connection, which it has given up, may not have ended here yet.
    if (this.sessions.of(agentId)?.machine?.boot === boot) return;
    if (
      await this.clones.inTurn(agentId, () => this.clones.isCloned(reporter, { nonce: batch.nonce }, machine))
    )
      throw new MailpathError('conflict', keyIsCloned());
  }

  async #store(
    batch: AgentBatch,
    { reporter, roles }: KnownAgent,
    results: Results,
  ): Promise<AgentBatchAnswer> {
    const { siteId, agentId } = reporter;
    try {
      await this.agents.noteJoin(siteId, agentId, batch.facts);
      await this.agents.noteLine(siteId, agentId, batch.line);
      const ahead = this.clocks.aheadSeconds(results.sentAtMs);
      await this.clocks.note({}, reporter, ahead);
      const { acknowledged } = await this.ingest.store(reporter, results);
      const assignment = await this.assignments.of(siteId, roles);
      return { boot: results.boot, acknowledged, assignment };
    } catch (error) {
      if (error instanceof RevokedReporter) throw new MailpathError('unauthorized', agentRevoked());
      throw error;
    }
  }

  #isChallenge(nonce: string): boolean {
    const expiresAt = this.sealer.opened(Buffer.from(nonce, 'base64url'), PLACE);
    return expiresAt !== null && Date.parse(expiresAt) > this.clock.now().getTime();
  }
}

const tooMany = (seconds: number): MailpathError =>
  new MailpathError('too-many-requests', tooManyBatches({ seconds }), { retryAfterSeconds: seconds });

/** Each post is as if it were a connection of its own: nothing is known of layouts but what it says itself. */
function resultsIn({ results, boot, compact = false }: AgentBatch): Results {
  const event = compact ? 'compact-results' : 'results';
  const message = decodeAgentMessage(`{"event":"${event}","data":${results}}`);
  if (message.event === 'results') return message.data;
  const read = message.event === 'compact-results' ? new CompactReader().read(message.data) : null;
  if (read && 'results' in read) return read.results;
  const refused = read && 'reason' in read ? invalidFrame(read.reason) : message;
  const reason = refused.event === 'invalid' ? refused.data.reason : 'layouts that are not known';
  throw invalidField('results', resultsUnreadable({ reason, boot }));
}
