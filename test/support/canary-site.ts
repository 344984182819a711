import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  makeTestCa,
  type MailHost,
  startHttpProxy,
  startMailHost,
  type TestProxy,
} from '@mailpath/checks/testing';
import { MICROSOFT_NAMES } from '../../apps/stand-in/src/certificate-names.ts';
import { SEED_APPLICATION, SEED_TENANT_ID } from '../../apps/stand-in/src/seed.ts';
import { type StandIn, startStandIn } from '../../apps/stand-in/src/stand-in.ts';
import { CanaryApi } from './canary-api.ts';
import { Canaries, formsOf, type Place } from './canaries.ts';
import { type HearingRelay, startHearingRelay } from './hearing-relay.ts';
import { RealAgent } from './real-agent.ts';

export const SALES = 'sales@contoso.example';
export const SITE_NAME = 'visible-name-of-the-site';
export const SERVER_NAME = 'visible-name-of-the-server';
export const GREETING = 'visible-words-of-a-greeting';
export const LOGIN = 'login.microsoftonline.com';

/** What is known of an installation in the end; the names of OAuth's parameters as they are there. */
export const KINDS_OF_SECRETS = [
  'DATABASE_URL password',
  'MAILPATH_SECRET_KEY',
  'XOAUTH2 string',
  'access_token',
  'agent key',
  'client secret',
  'code',
  'code_verifier',
  'device_code',
  'enrolment code',
  'expired client secret',
  'id_token',
  'initial API key',
  'proxy authorization',
  'proxy password',
  'proxy user',
  'refresh_token',
  'sign-in cookie',
  'sign-in ticket',
  'state',
  'user password',
  'wrong API key',
  'wrong enrolment code',
  'wrong password of the database',
] as const;

const secret = (): string => randomBytes(24).toString('base64url');

/**
 * A whole installation, of which every secret is known: the API and two agents as processes, Microsoft's side in this
 * one.
 */
export interface CanarySite {
  canaries: Canaries;
  /** What may be seen, and is: so that the search proves itself. */
  controls: Canaries;
  api: CanaryApi;
  standIn: StandIn;
  relay: HearingRelay;
  /** Mail servers that repeat, in ever different forms, what was sent to them. */
  echo: MailHost;
  proxy: TestProxy;
  /** A proxy that repeats in its refusal who asked it. */
  rudeProxy: TestProxy;
  clientSecrets: { expired: string; good: string };
  siteId: string;
  /** By server name, with the id of the server. */
  agents: Record<'services' | 'application', { agent: RealAgent; serverId: string }>;
  /** The authority of the relay, PEM. */
  trust: string;
  /** What WebSockets were closed with. */
  closeReasons: Place[];
  end: () => Promise<void>;
}

export async function startCanarySite(): Promise<CanarySite> {
  const [canaries, controls] = [new Canaries(), new Canaries()];
  for (const visible of [SITE_NAME, SERVER_NAME, GREETING]) controls.add(visible, visible);
  const standIn = await startStandIn({ devicePace: { intervalSeconds: 1, expiresInSeconds: 900 } });
  const clientSecrets = secretsOf(standIn, canaries);
  const ca = await makeTestCa();
  const tls = await ca.issue({ names: ['127.0.0.1', ...MICROSOFT_NAMES] });
  const onward = { port: standIn.ports.https, trust: standIn.authority.certificate };
  const relay = await startHearingRelay(tls, onward, canaries);
  const echo = await startEcho(tls, canaries);
  const credentials = { user: `user-${secret()}`, password: secret() };
  canaries.add('proxy user', credentials.user);
  canaries.add('proxy password', credentials.password);
  const basic = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
  canaries.add('proxy authorization', basic);
  const proxy = await startHttpProxy({}, { credentials, names: { [LOGIN]: '127.0.0.1' } });
  const said = `${basic} is ${credentials.user} with ${credentials.password}`;
  const rudeProxy = await startHttpProxy(
    {},
    {
      answer: `HTTP/1.1 407 No, ${said}\r\nProxy-Authenticate: ${credentials.password} realm="${said}"\r\n\r\n`,
    },
  );
  const api = await CanaryApi.create(canaries);
  await api.start();
  canaries.add('MAILPATH_SECRET_KEY', api.secretKey());
  canaries.add('MAILPATH_SECRET_KEY', Buffer.from(api.secretKey(), 'base64url'));

  const siteId = await createSite(api, standIn, relay);
  const options = {
    allow: [
      '127.0.0.1:*',
      `${LOGIN}:*`,
      'outlook.office365.com:*',
      'smtp.office365.com:*',
      'login.windows.net:*',
    ],
    resolve: MICROSOFT_NAMES.filter((name) => name !== 'localhost').map((name) => `${name}=127.0.0.1`),
    trust: `${ca.certificate}\n${standIn.authority.certificate}`,
    proxy: `http://${credentials.user}:${credentials.password}@127.0.0.1:${proxy.port}`,
  };
  const install = async (name: string, role: string) => {
    const server = await api.expect(201, 'POST', `/v1/sites/${siteId}/servers`, { name, roles: [role] });
    const { code } = await api.expect<{ code: string }>(
      201,
      'POST',
      `/v1/sites/${siteId}/servers/${server.id}/enrolment-codes`,
    );
    canaries.add('enrolment code', code);
    const agent = new RealAgent(options);
    controls.add('state folder', agent.stateDir);
    await agent.enrol(api.url, code);
    canaries.add('agent key', privateKeyIn(agent.stateDir));
    const path = `/v1/sites/${siteId}/servers/${server.id}`;
    const { agent: enrolled } = await api.expect<{ agent: { keyFingerprint: string } }>(200, 'GET', path);
    await api.expect(200, 'POST', `${path}/approval`, { fingerprint: enrolled.keyFingerprint });
    await agent.start();
    return { agent, serverId: server.id };
  };
  const agents = {
    services: await install(SERVER_NAME, 'services'),
    application: await install('app01', 'application'),
  };
  return {
    canaries,
    controls,
    api,
    standIn,
    relay,
    echo,
    proxy,
    rudeProxy,
    clientSecrets,
    siteId,
    agents,
    trust: ca.certificate,
    closeReasons: [],
    async end() {
      for (const { agent } of Object.values(agents)) await agent.remove();
      await api.remove();
      await Promise.all([standIn, relay, echo, proxy, rudeProxy].map((server) => server.stop()));
    },
  };
}

function secretsOf(standIn: StandIn, canaries: Canaries): CanarySite['clientSecrets'] {
  const user = standIn.directory.user(SALES);
  const application = standIn.directory.application(SEED_APPLICATION.clientId);
  if (!user || !application) throw new Error('the stand-in has another example');
  user.password = `${secret()} &/"+`;
  canaries.add('user password', user.password);
  const clientSecrets = { expired: `old~${secret()}`, good: `new~${secret()}` };
  canaries.add('expired client secret', clientSecrets.expired);
  canaries.add('client secret', clientSecrets.good);
  application.secrets = [
    { value: clientSecrets.expired, expiresAt: new Date(0) },
    { value: clientSecrets.good, expiresAt: new Date(Date.now() + 86_400_000) },
  ];
  application.redirectUris.push('http://localhost/v1/sign-ins/callback');
  return clientSecrets;
}

/** The 32 bytes at the end of the PKCS #8 form; what stands before them is the same for every Ed25519 key. */
function privateKeyIn(stateDir: string): Buffer {
  const pem = readFileSync(join(stateDir, 'agent-key.pem'), 'utf8');
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').subarray(-32);
}

async function createSite(api: CanaryApi, standIn: StandIn, relay: HearingRelay): Promise<string> {
  const { id } = await api.expect(201, 'POST', '/v1/sites', {
    name: SITE_NAME,
    tenant: SEED_TENANT_ID,
    clientId: SEED_APPLICATION.clientId,
    inboundProtocol: 'imap',
    mailboxEverySeconds: null,
    everySeconds: 3_600,
    targets: { ...standIn.targets, login: { ...standIn.targets.login, port: relay.port } },
  });
  await api.expect(201, 'POST', `/v1/sites/${id}/mailboxes`, { address: SALES, roundTrip: true });
  return id;
}

function startEcho(tls: Parameters<typeof startMailHost>[0]['tls'], canaries: Canaries): Promise<MailHost> {
  let turn = 0;
  const repeated = (credential: string): string => {
    canaries.add('XOAUTH2 string', credential);
    const token =
      Buffer.from(credential, 'base64').toString('latin1').split('\x01')[1]?.slice('auth=Bearer '.length) ??
      '';
    const forms = [credential, ...formsOf(Buffer.from(token)), ...formsOf(Buffer.from(credential))];
    turn += 1;
    return `${forms[turn % forms.length]} and ${token.slice(40, 80)} ${token.slice(-30)}`;
  };
  const challenge = JSON.stringify({ status: '400', scope: 'nothing' });
  return startMailHost({
    tls,
    imap: {
      greeting: `* OK ${GREETING}`,
      challenge,
      verdict: (credential) => `<t> NO AUTHENTICATE failed for ${repeated(credential)}`,
    },
    pop3: { verdict: (credential) => `-ERR no ${repeated(credential)}` },
    smtp: { verdict: (credential) => `535 5.7.3 ${repeated(credential)}` },
  });
}
