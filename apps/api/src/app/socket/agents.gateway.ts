import type { IncomingMessage, Server } from 'node:http';
import { Inject, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { WebSocket } from 'ws';
import {
  AGENT_SOCKET_PATH,
  CLOSE,
  type DeviceCode,
  type InvalidFrame,
  type Join,
  MAX_FRAME_BYTES,
  type NewKey,
  PROTOCOL_VERSION,
  type Results,
  type Tokens,
  type UpgradeNews,
} from '@mailpath/protocol';
import { limitKey, TrustedProxies } from '../../platform/caller-address.ts';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import { LeasesService } from '../../work/leases/leases.service.ts';
import { ResultsIngest } from '../../history/results/results.ingest.ts';
import { connectionIdOf } from '../../estate/connections/connection-id.ts';
import { AgentSession } from '../../estate/connections/agent-session.ts';
import { Presence } from '../../estate/connections/presence.ts';
import { type Reporter, RevokedReporter } from '../../estate/connections/reporter.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { UpgradeRollout } from '../../fleet/upgrades/upgrade-rollout.service.ts';
import { AgentClocks, type AheadSeconds } from '../../fleet/agents/agent-clocks.ts';
import { KeyRotations } from '../../fleet/agents/key-rotations.service.ts';
import {
  HEARTBEAT_MS,
  JOIN_WITHIN_MS,
  MAX_JOIN_WIRE_BYTES,
  RETRY_AFTER_MS,
  SERVER_FAULT,
} from './conversation.ts';
import { reportFault } from '../../platform/report-fault.ts';
import { refusePages } from './refuse-pages.ts';
import { Joining } from './joining.service.ts';
import { UnprovedSockets } from '../../estate/connections/unproved-sockets.ts';
import { countBytes } from '../../estate/connections/wire-bytes.ts';

/** The conversation with the agents, docs/protocol.md: challenge, join, then results in, orders and answers out. */
@WebSocketGateway({ path: AGENT_SOCKET_PATH, maxPayload: MAX_FRAME_BYTES, verifyClient: refusePages })
export class AgentsGateway
  implements OnGatewayConnection, OnGatewayDisconnect, OnModuleInit, OnModuleDestroy
{
  private readonly logger = new Logger('Agents');
  private readonly sessions = new Map<WebSocket, AgentSession>();
  private readonly unproved = new UnprovedSockets<AgentSession>();
  private readonly proxies: TrustedProxies;
  private heartbeat: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly joined: AgentSessions,
    private readonly presence: Presence,
    private readonly joining: Joining,
    private readonly keys: KeyRotations,
    private readonly ingest: ResultsIngest,
    private readonly leases: LeasesService,
    private readonly clocks: AgentClocks,
    private readonly upgrades: UpgradeRollout,
    private readonly http: HttpAdapterHost,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.proxies = new TrustedProxies(config.MAILPATH_TRUSTED_PROXIES);
  }

  onModuleInit(): void {
    this.heartbeat = setInterval(() => {
      for (const session of this.sessions.values()) session.beat();
    }, HEARTBEAT_MS).unref();
  }

  /**
   * Sends the agents to the other instances, before anything else ends here. Nobody can connect any more when they are
   * told, or a proxy would bring them back; and nobody else hears that they have left while they still hold a lease.
   */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.heartbeat);
    (this.http.httpAdapter.getHttpServer() as Server).close();
    await Promise.all(
      [...this.sessions].map(
        ([socket, session]) =>
          new Promise((resolve) => {
            socket.once('close', resolve);
            session.close(CLOSE.goingAway, 'the API is stopping');
          }),
      ),
    );
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const caller = this.proxies.callerOfRequest(request);
    const session = new AgentSession(socket, limitKey(caller), caller, connectionIdOf(request));
    this.sessions.set(socket, session);
    const sign = (): void => {
      session.alive = true;
    };
    socket.on('pong', sign).on('message', sign);
    socket.on('ping', () => session.pinged(performance.now()));
    // An error is always followed by 'close'; a frame above the limit arrives here, and ws answers it with 1009 by
    // itself.
    const { connectionId } = session;
    socket.on('error', ({ message }) =>
      this.logger.warn({ event: 'socket-error', connectionId, reason: message }),
    );
    if (this.stopping) return session.close(CLOSE.goingAway, 'the API is stopping');
    if (!this.unproved.enter(session.address, session)) return;
    session.joinIsOver = countBytes(request.socket, MAX_JOIN_WIRE_BYTES, () => session.saidTooMuch());
    session.joinTimer = setTimeout(
      () => session.close(CLOSE.joinTimeout, 'no join within 10 seconds'),
      JOIN_WITHIN_MS,
    ).unref();
    session.send({ event: 'challenge', data: { protocol: PROTOCOL_VERSION, nonce: session.nonce } });
  }

  handleDisconnect(socket: WebSocket): void {
    const session = this.sessions.get(socket);
    this.sessions.delete(socket);
    if (!session) return;
    this.unproved.leave(session);
    clearTimeout(session.joinTimer);
    if (!session.agent) return;
    this.joined.leave(session.agent.agentId, session);
    const { connectionId, agent } = session;
    this.logger.log({ event: 'agent-left', agentId: agent.agentId, connectionId });
    this.left(session.agent, session);
  }

  @SubscribeMessage('join')
  async onJoin(@ConnectedSocket() socket: WebSocket, @MessageBody() join: Join): Promise<void> {
    const session = this.sessions.get(socket);
    const ahead = this.clocks.aheadSeconds(join.sentAtMs);
    await session?.inOrder(() => this.guarded(session, () => this.join(session, join, ahead)));
  }

  @SubscribeMessage('results')
  async onResults(@ConnectedSocket() socket: WebSocket, @MessageBody() results: Results): Promise<void> {
    const session = this.sessions.get(socket);
    const ahead = this.clocks.aheadSeconds(results.sentAtMs);
    await session?.inOrder(() => this.guarded(session, () => this.store(session, results, ahead)));
  }

  @SubscribeMessage('tokens')
  async onTokens(@ConnectedSocket() socket: WebSocket, @MessageBody() tokens: Tokens): Promise<void> {
    await this.take(socket, (agent) => this.leases.takeTokens(agent, tokens));
  }

  @SubscribeMessage('device-code')
  async onDeviceCode(@ConnectedSocket() socket: WebSocket, @MessageBody() code: DeviceCode): Promise<void> {
    await this.take(socket, (agent) => this.leases.takeDeviceCode(agent, code));
  }

  @SubscribeMessage('upgrade')
  async onUpgrade(@ConnectedSocket() socket: WebSocket, @MessageBody() news: UpgradeNews): Promise<void> {
    await this.take(socket, (agent) => this.upgrades.told(agent, news));
  }

  @SubscribeMessage('new-key')
  async onNewKey(@ConnectedSocket() socket: WebSocket, @MessageBody() key: NewKey): Promise<void> {
    const session = this.sessions.get(socket);
    await this.take(socket, async () => session && this.keys.take(session, key));
  }

  @SubscribeMessage('invalid')
  onInvalid(@ConnectedSocket() socket: WebSocket, @MessageBody() data: InvalidFrame['data']): void {
    const session = this.sessions.get(socket);
    const { agent, connectionId } = session ?? {};
    this.logger.warn({ event: 'bad-frame', agentId: agent?.agentId, connectionId, reason: data.reason });
    session?.close(CLOSE.badFrame, data.reason);
  }

  private async join(session: AgentSession, join: Join, ahead: AheadSeconds): Promise<void> {
    if (session.agent) return session.close(CLOSE.badFrame, 'already joined');
    const reporter = await this.joining.join(session, join, ahead, () => this.unproved.leave(session));
    if (!reporter) return;
    this.settle(reporter, this.leases.settleSite(reporter.siteId));
    await this.upgrades.joined(reporter, join.upgrade);
  }

  /**
   * What an agent hands in for a lease; in order with its results, so that the tokens are kept before the lease ends.
   */
  private async take(socket: WebSocket, work: (agent: Reporter) => Promise<unknown>): Promise<void> {
    const session = this.sessions.get(socket);
    await session?.inOrder(() =>
      this.guarded(session, async () => {
        const { agent } = session;
        if (!agent) return session.close(CLOSE.notKnown, 'join first');
        if (this.joined.isCurrent(agent.agentId, session)) await work(agent);
      }),
    );
  }

  /** What was lent on the connection is free for others, and is given again when the agent is back in time. */
  private left(reporter: Reporter, session: AgentSession): void {
    const left = this.presence.leave(reporter, session);
    this.settle(
      reporter,
      left.then(() => this.leases.settleSite(reporter.siteId)),
    );
  }

  /** Nobody waits for this, and what could not be done now is looked at again before long. */
  private settle({ agentId }: Reporter, work: Promise<void>): void {
    work.catch((error: unknown) => reportFault(this.logger, { event: 'orders-not-settled', agentId }, error));
  }

  private async store(session: AgentSession, results: Results, ahead: AheadSeconds): Promise<void> {
    const { agent } = session;
    if (!agent) return session.close(CLOSE.notKnown, 'join first');
    // Revoked while this frame waited its turn: nothing of it is kept.
    if (!this.joined.isCurrent(agent.agentId, session)) return;
    try {
      await this.clocks.note(session, agent, ahead);
      const { acknowledged, dropped } = await this.ingest.store(agent, results);
      if (dropped > 0) this.logger.warn({ event: 'results-dropped', agentId: agent.agentId, dropped });
      session.send({ event: 'acknowledged', data: { boot: results.boot, sequence: acknowledged } });
    } catch (error) {
      if (error instanceof RevokedReporter) return this.joining.turnOut(session, agent);
      // Nothing was committed and the agent keeps the batch: it comes again, after a while that differs between agents.
      reportFault(this.logger, { event: 'results-deferred', agentId: agent.agentId }, error);
      const retryAfterMs = Math.round(RETRY_AFTER_MS * (1 + Math.random()));
      session.send({ event: 'deferred', data: { boot: results.boot, retryAfterMs } });
    }
  }

  /** A fault of ours ends the one connection it happened on; the agent connects again and nothing it holds is lost. */
  private async guarded(session: AgentSession, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      reportFault(this.logger, { event: 'socket-fault', agentId: session.agent?.agentId }, error);
      session.close(SERVER_FAULT, 'the API could not answer now');
    }
  }
}
