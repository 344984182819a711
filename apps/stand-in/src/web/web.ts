import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { answerAsEntra, type Entra } from '../entra/entra.ts';
import { answerAsEce, ECE_HOST } from './ece-web.ts';
import { answerAsExchange } from './exchange-web.ts';
import { escapeHtml, sendHtml } from './message.ts';
import { answeredByWebFault } from './web-fault.ts';

/** Hosts whose web side is Exchange Online's. Any other name, and a bare address, is the sign-in. */
const EXCHANGE_HOSTS = ['outlook.office365.com', 'outlook.office.com', 'smtp.office365.com'];

/** Bounds a client that stops in the middle of a request, or never begins one. */
const IDLE_MS = 60_000;

/** All web sides of Microsoft 365 on one port: which one answers is for the Host header to say. */
export function webSessions(entra: Entra): (socket: Socket, address: string) => void {
  const addresses = new WeakMap<Socket, string>();
  const server = createServer((request, response) => {
    const address = addresses.get(request.socket) ?? '';
    // A bug of ours ends this one answer; the process would end the demonstration.
    answer(entra, address, request, response).catch((error: unknown) => failed(response, error));
  });
  server.timeout = IDLE_MS;
  return (socket, address) => {
    addresses.set(socket, address);
    server.emit('connection', socket);
  };
}

async function answer(
  entra: Entra,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [host = ''] = (request.headers.host ?? '').toLowerCase().split(':');
  const url = URL.parse(request.url ?? '/', 'https://localhost');
  const { faults } = entra.world;
  if (!url) sendHtml(response, 400, '<title>400</title><p>Bad request.');
  else if (host === ECE_HOST) {
    if (!answeredByWebFault(response, faults, address, 'ece')) answerAsEce(response);
  } else if (EXCHANGE_HOSTS.includes(host) || url.pathname === '/') {
    if (!answeredByWebFault(response, faults, address, 'exchange')) answerAsExchange(url, response);
  } else await answerAsEntra(entra, { address, url, request, response });
}

function failed(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else sendHtml(response, 500, `<title>500</title><p>The stand-in failed: ${escapeHtml(String(error))}`);
}
