import { createServer, type TlsOptions } from 'node:tls';
import {
  close,
  listen,
  resetOnData,
  type Script,
  selfSigned,
  stall,
  startSmtpServer,
  type TlsPair,
} from '@mailpath/checks/testing';
import type { Fault } from '../faults.ts';
import type { Ground } from '../ground.ts';
import { HOSTS, PLACES, type PlaceName } from '../site.ts';

const EVERYWHERE = Object.keys(PLACES) as PlaceName[];

/** TLS is answered with a certificate of the inspector. */
const inspected = (...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.add(server, PLACES[name].host, { id: 'other-authority', service: PLACES[name].service });
  },
});

/** The same, and this machine was told to trust it. */
const trusted = (...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    ground.outlook(server).trust.push(ground.authorities.ofInspector.certificate);
    await inspected(...places).at?.(ground, server);
  },
});

/** The other certificate is shown where Microsoft's is expected; nobody comes further than the handshake. */
const shown = (make: (ground: Ground, host: string) => Promise<TlsPair>, ...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.replace(server, PLACES[name], async (at) => {
        const tls = await make(ground, HOSTS[PLACES[name].host]);
        return name === 'smtp' ? startSmtpServer({ ...at, tls }) : listen({ ...at, tls }, stall);
      });
  },
});

const expired = ({ authorities }: Ground, host: string) =>
  authorities.ofMicrosoft.issue({ names: [host], expired: true });
const forOther = ({ authorities }: Ground) =>
  authorities.ofMicrosoft.issue({ names: ['portal.contoso.example'] });
const ownOnly = (_: Ground, host: string) => selfSigned([host]);

/** In place of TLS this is done with the connection. */
const instead = (script: Script, ...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.replace(server, PLACES[name], async (at) => {
        if (name !== 'smtp') return listen(at, script);
        const tls = await forOther(ground);
        return startSmtpServer({ ...at, tls }, { insteadOfTls: script });
      });
  },
});

/** TLS of these versions only; the keys and digests of old ones are below OpenSSL's default level. */
const speaking = (options: TlsOptions, ...places: PlaceName[]): Fault => ({
  async at(ground, server) {
    for (const name of places)
      await ground.replace(server, PLACES[name], async (at) => {
        const { key, cert } = await ground.authorities.ofMicrosoft.issue({
          names: [HOSTS[PLACES[name].host]],
        });
        const tls = createServer({ key, cert, ciphers: 'DEFAULT@SECLEVEL=0', ...options });
        const script: Script = (socket) => void tls.emit('connection', socket);
        if (name !== 'smtp') return listen(at, script);
        return startSmtpServer({ ...at, tls: { key, cert } }, { insteadOfTls: script });
      });
  },
});
const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;

export const FAULTS = {
  'IMAP is inspected': inspected('imap'),
  'POP3 is inspected': inspected('pop3'),
  'SMTP is inspected': inspected('smtp'),
  'the sign-in host is inspected': inspected('login'),
  'all TLS is inspected': inspected(...EVERYWHERE),
  'IMAP is inspected by whom it trusts': trusted('imap'),
  'the sign-in host is inspected by whom it trusts': trusted('login'),
  'all TLS is inspected by whom it trusts': trusted(...EVERYWHERE),
  'the certificate of IMAP has expired': shown(expired, 'imap'),
  'the certificate of SMTP has expired': shown(expired, 'smtp'),
  'the certificate of the sign-in host has expired': shown(expired, 'login'),
  'the certificate of IMAP is for another name': shown(forOther, 'imap'),
  'the certificate of the sign-in host is for another name': shown(forOther, 'login'),
  'the certificate of SMTP is for another name': shown(forOther, 'smtp'),
  'the certificate of the sign-in host is self-signed': shown(ownOnly, 'login'),
  'the certificate of IMAP is self-signed': shown(ownOnly, 'imap'),
  'IMAP speaks TLS 1.1 at most': speaking(old, 'imap'),
  'SMTP speaks TLS 1.1 at most': speaking(old, 'smtp'),
  'the sign-in host speaks TLS 1.1 at most': speaking(old, 'login'),
  'the TLS handshake of IMAP is reset': instead(resetOnData, 'imap'),
  'the TLS handshake of SMTP is reset': instead(resetOnData, 'smtp'),
  'the TLS handshake of the sign-in host is reset': instead(resetOnData, 'login'),
  'the TLS handshake of POP3 is ended': instead(close, 'pop3'),
  'the TLS handshake of IMAP is not answered': instead(stall, 'imap'),
  'the TLS handshake of the sign-in host is not answered': instead(stall, 'login'),
  'no TLS handshake is answered, and greetings are': instead(stall, ...EVERYWHERE),
} satisfies Record<string, Fault>;
