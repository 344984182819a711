import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttpsServer } from '@mailpath/checks/testing';
import type { Fault } from '../faults.ts';
import { HOSTS, PLACES, type PlaceName } from '../site.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Behind good TLS, something answers in Microsoft's name. */
const answered = (answer: Answer, ...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.replace(server, PLACES[name], async (at) => {
        const tls = await ground.authorities.ofMicrosoft.issue({ names: [HOSTS[PLACES[name].host]] });
        return startHttpsServer({ ...at, tls }, { answer });
      });
  },
});

const page =
  (status: number, text: string, headers: Record<string, string> = {}): Answer =>
  (request, response) => {
    request.resume();
    response
      .writeHead(status, { 'content-type': 'text/html', connection: 'close', ...headers })
      .end(`<!DOCTYPE html><title>${text}</title><h1>${text}</h1>`);
  };
const blocked = page(403, 'This category of sites is blocked by Contoso');
const allowed = page(200, 'Please accept the terms of use');

export const FAULTS = {
  'the sign-in host is answered by a page that blocks it': answered(blocked, 'login'),
  'the sign-in host is answered by a page to click': answered(allowed, 'login'),
  'the sign-in host answers that it is not available': answered(page(503, 'Service Unavailable'), 'login'),
  'the sign-in host asks to slow down': answered(
    page(429, 'Too Many Requests', { 'retry-after': '30' }),
    'login',
  ),
  'the sign-in host never answers a request': answered(() => undefined, 'login'),
  'the web side of Outlook never answers a request': answered(() => undefined, 'exchange'),
} satisfies Record<string, Fault>;
