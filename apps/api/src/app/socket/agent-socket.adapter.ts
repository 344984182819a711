import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { EMPTY, finalize } from 'rxjs';
import type { MessageEvent, WebSocketServer } from 'ws';
import { decodeAgentMessage } from '@mailpath/protocol';
import { connectionIdOf } from '../../estate/connections/connection-id.ts';
import { sessionOn } from '../../estate/connections/agent-session.ts';

/**
 * Decodes the agents' frames, so that one which cannot be read becomes an event too; a frame out of turn is not even
 * decoded.
 */
export class AgentSocketAdapter extends WsAdapter {
  constructor(app: NestFastifyApplication) {
    super(app, { messageParser: (data) => decodeAgentMessage((data as Buffer).toString('utf8')) });
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
    return super.bindMessageHandler(event, ...rest).pipe(finalize(() => session.finished()));
  }
}

type Rest<All extends unknown[]> = All extends [unknown, ...infer Others] ? Others : never;
