import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import type { TlsPair } from './test-ca.ts';

/** What the web side answers; Microsoft's sign-in and Outlook's redirect unless told otherwise. */
export interface HttpsTalk {
  answer?: (request: IncomingMessage, response: ServerResponse) => void;
}

export const OPENID_PATH = '/common/v2.0/.well-known/openid-configuration';

/** HTTPS, as login.microsoftonline.com (OpenID configuration) and outlook.office365.com (redirect to /owa/) answer. */
export async function startHttpsServer(
  at: ListenOptions & { tls: TlsPair },
  { answer = asMicrosoft }: HttpsTalk = {},
): Promise<Listener> {
  const server = createServer(answer);
  return listen(at, (socket) => {
    server.emit('connection', socket);
  });
}

function asMicrosoft(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === OPENID_PATH) {
    const origin = 'https://login.microsoftonline.com';
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(
      JSON.stringify({
        token_endpoint: `${origin}/common/oauth2/v2.0/token`,
        authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
        issuer: `${origin}/{tenantid}/v2.0`,
      }),
    );
  } else if (request.url === '/') {
    response.writeHead(302, { location: 'https://outlook.office365.com/owa/?realm=x' }).end();
  } else response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not found</html>');
}
