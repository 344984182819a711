import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { MAX_FRAME_BYTES } from '@mailpath/protocol';
import { AgentSession } from './agent-session.ts';

it('cuts off an agent that does not read, before much waits to be sent to it', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const agent = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(agent, 'open');
  agent.pause();
  const [socket] = (await connected) as [WebSocket];
  const session = new AgentSession(socket, '127.0.0.1', '127.0.0.1');
  const serverName = 'x'.repeat(MAX_FRAME_BYTES - 1_000);
  let unsent = 0;
  // The systems between hold a few MiB; nothing more is left when it is as much as 256.
  for (let message = 0; message < 1_024 && session.isOpen; message += 1) {
    session.send({ event: 'welcome', data: { serverName, heartbeatMs: 1_000 } });
    unsent = Math.max(unsent, socket.bufferedAmount);
    await nextTurn();
  }
  expect([session.isOpen, unsent <= 5 * MAX_FRAME_BYTES]).toEqual([false, true]);
  agent.terminate();
  server.close();
});
