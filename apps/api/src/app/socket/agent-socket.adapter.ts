import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { EMPTY, finalize } from 'rxjs';
import type { MessageEvent, WebSocketServer } from 'ws';
import {
  type AgentMessage,
  CLOSE,
  decodeAgentMessage,
  type InvalidFrame,
  invalidFrame,
} from '@mailpath/protocol';
import { connectionIdOf } from '../../estate/connections/connection-id.ts';
import { type AgentSession, sessionOn } from '../../estate/connections/agent-session.ts';

/**
 * Decodes the agents' frames, so that one which cannot be read becomes an event too; a frame out of turn is not even
 * decoded.
 */
export class AgentSocketAdapter extends WsAdapter {
  constructor(app: NestFastifyApplication) {
    super(app, { messageParser: (read) => read as unknown as Read });
  }

  /** Errors of a connection are the gateway's to log, once and without a stack: anybody can cause them. */
  override bindErrorHandler(server: WebSocketServer): WebSocketServer {
    // The id of the connection, which both ends write into their logs.
    server.on('headers', (headers, request) => headers.push(`X-Request-Id: ${connectionIdOf(request)}`));
    return server.on('error', ({ message }) => this.logger.error({ event: 'socket-error', reason: message }));
  }

  override bindMessageHandler(
    event: MessageEvent,
    ...rest: Rest<Parameters<WsAdapter['bindMessageHandler']>>
  ): ReturnType<WsAdapter['bindMessageHandler']> {
    const session = sessionOn(event.target);
    if (!session?.admits((event.data as Buffer).length)) return EMPTY;
    const read = this.#readOn(session, (event.data as Buffer).toString('utf8'));
    if (read === null) {
      session.finished();
      return EMPTY;
    }
    const { target, type } = event;
    const decoded = { target, type, data: read as unknown as MessageEvent['data'] };
    return super.bindMessageHandler(decoded, ...rest).pipe(finalize(() => session.finished()));
  }

  /** Nobody catches what is thrown here: a fault of ours ends one connection, and no process. */
  #readOn(session: AgentSession, frame: string): Read | null {
    try {
      return readOn(session, frame);
    } catch (error) {
      this.logger.error({ event: 'frame-not-read', reason: (error as Error).message });
      return invalidFrame('it cannot be read');
    }
  }
}

type Read = Exclude<AgentMessage, { event: 'compact-results' }> | InvalidFrame;

/**
 * What a frame says; a compact one says what it would have said in full, so that nothing behind this knows of the two.
 * Null for one that speaks of layouts which are not known here, or comes before the join: that is answered already.
 */
function readOn(session: AgentSession, frame: string): Read | null {
  const message = decodeAgentMessage(frame);
  if (message.event !== 'compact-results') return message;
  if (!session.agent) {
    session.close(CLOSE.notKnown, 'join first');
    return null;
  }
  const read = session.compact.read(message.data);
  if ('results' in read) return { event: 'results', data: read.results };
  if ('reason' in read) return invalidFrame(read.reason);
  session.send({ event: 'layouts-unknown', data: { boot: message.data.boot } });
  return null;
}

type Rest<All extends unknown[]> = All extends [unknown, ...infer Others] ? Others : never;
