import { describe, expect, it } from 'vitest';
import { CLIENT, siteWith, TENANT } from '../testing/settings.ts';
import { judgeAuthorizeUrl } from './authorize-url-verdicts.ts';
import { AUTHORIZE_URL_MAX, cloudOf, readAuthorizeUrl } from './authorize-url.ts';

const OUTLOOK = 'https://outlook.office.com';
const PARAMETERS = {
  client_id: CLIENT,
  redirect_uri: 'https://ece.example.com/system/oauth',
  response_type: 'code',
  scope: `${OUTLOOK}/IMAP.AccessAsUser.All ${OUTLOOK}/SMTP.Send offline_access openid`,
  prompt: 'login',
  login_hint: 'sales@example.com',
  state: 'state-of-one-sign-in',
  nonce: 'nonce-of-one-sign-in',
  code_challenge: 'challenge-of-one-sign-in',
};
const urlWith = (
  changes: Record<string, string> = {},
  path = `login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`,
) => `https://${path}?${new URLSearchParams({ ...PARAMETERS, ...changes }).toString()}`;

describe('an authorize URL', () => {
  it('is taken apart, without what belongs to one sign-in alone', () => {
    const parts = readAuthorizeUrl(`  ${urlWith()}\n`);
    expect(parts).toEqual({
      host: 'login.microsoftonline.com',
      clouds: ['worldwide'],
      tenant: TENANT,
      endpoint: 'v2',
      clientId: CLIENT,
      redirectUri: 'https://ece.example.com/system/oauth',
      responseType: 'code',
      scopes: [`${OUTLOOK}/IMAP.AccessAsUser.All`, `${OUTLOOK}/SMTP.Send`, 'offline_access', 'openid'],
      resource: null,
      prompt: 'login',
      loginHint: 'sales@example.com',
      parameters: expect.any(Array) as unknown,
    });
    expect(parts.parameters.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['client_id', 'needed'],
      ['redirect_uri', 'needed'],
      ['response_type', 'needed'],
      ['scope', 'needed'],
      ['prompt', 'harmless'],
      ['login_hint', 'harmless'],
      ['state', 'harmless'],
      ['nonce', 'harmless'],
      ['code_challenge', 'harmless'],
    ]);
    expect(JSON.stringify(parts)).not.toContain('of-one-sign-in');
  });

  it.each([
    ['login.windows.net/common/oauth2/authorize', ['worldwide'], 'v1'],
    ['login.microsoftonline.us/common/oauth2/v2.0/authorize', ['gcc-high', 'dod'], 'v2'],
    ['login.partner.microsoftonline.cn/common/oauth2/v2.0/authorize', ['china'], 'v2'],
    ['login.chinacloudapi.cn/common/oauth2/authorize/', ['china'], 'v1'],
  ])('at %s is of %j', (path, clouds, endpoint) => {
    expect(readAuthorizeUrl(urlWith({}, path))).toMatchObject({ clouds, endpoint, tenant: 'common' });
  });

  it.each([
    ['offline_access', 'worldwide', 'gcc-high'],
    ['offline_access', 'dod', 'dod'],
    ['https://outlook-dod.office365.us/SMTP.Send', 'gcc-high', 'dod'],
    ['https://outlook.office365.us/SMTP.Send', 'dod', 'gcc-high'],
  ] as const)('of two clouds with the scope %s, entered as %s, is of %s', (scope, entered, cloud) => {
    const url = urlWith({ scope }, 'login.microsoftonline.us/common/oauth2/v2.0/authorize');
    expect(cloudOf(readAuthorizeUrl(url), entered)).toBe(cloud);
  });

  it('may be of the sign-in host that the site uses instead', () => {
    const own = { host: '127.0.0.1', port: 8443, cloud: 'dod' as const };
    const url = urlWith({}, `127.0.0.1:8443/${TENANT}/oauth2/v2.0/authorize`);
    expect(readAuthorizeUrl(url, own).clouds).toEqual(['dod']);
    expect(() => readAuthorizeUrl(url)).toThrow(/not one of Microsoft's sign-in hosts/);
  });

  it.each([
    ['hello', /not an https/],
    ['http://login.microsoftonline.com/common/oauth2/authorize', /not an https/],
    ['javascript:alert(1)', /not an https/],
    [
      urlWith({}, 'ann:secret@login.microsoftonline.com/common/oauth2/v2.0/authorize'),
      /user name or password/,
    ],
    [
      urlWith({}, 'login.microsoftonline.com.evil.example/common/oauth2/v2.0/authorize'),
      /not one of Microsoft's/,
    ],
    [urlWith({}, 'login.microsoftonline.com:8443/common/oauth2/v2.0/authorize'), /not one of Microsoft's/],
    ['https://ece.example.com/system/oauth?code=secret-code', /has a code that signs in/],
    [urlWith({}, 'login.microsoftonline.com/common/reprocess'), /the path is not/],
    [urlWith({}, 'login.microsoftonline.com/a%2Fb/oauth2/v2.0/authorize'), /the path is not/],
    [urlWith({ client_id: 'x' }), /no client_id/],
    [`${urlWith()}&client_id=${CLIENT}`, /has client_id twice/],
    [`${urlWith()}&scope=x`, /has scope twice/],
    [urlWith({ redirect_uri: `https://a.test/${'x'.repeat(2_048)}` }), /longer than 2048/],
    [urlWith({ login_hint: 'a\u0000b' }), /control characters/],
    [urlWith({ state: 'x'.repeat(AUTHORIZE_URL_MAX) }), /longer than 8192/],
  ])('is refused as %.90s, with what to paste instead and nothing of it repeated', (url, message) => {
    expect(() => readAuthorizeUrl(url)).toThrow(message);
    expect(() => readAuthorizeUrl(url)).not.toThrow(/secret/);
  });
});

describe('what an authorize URL says', () => {
  const judge = (changes: Record<string, string>, site = siteWith(), path?: string) =>
    judgeAuthorizeUrl(site, readAuthorizeUrl(urlWith(changes, path)));

  it('holds in all when all is as it must be', () => {
    const verdicts = judge({});
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['holds']));
    expect(new Set(verdicts.map(({ item }) => item))).toEqual(new Set(['X3', 'C3', 'X2', 'C5']));
  });

  it.each<[string, Record<string, string>, string]>([
    ['X2', { scope: `${OUTLOOK}/SMTP.Send offline_access` }, 'The scope for IMAP is missing.'],
    ['X2', { scope: `${OUTLOOK}/IMAP.AccessAsUser.All offline_access` }, 'The scope for SMTP is missing.'],
    ['X2', { scope: `${OUTLOOK}/.default` }, 'offline_access is missing'],
    ['X2', { scope: 'https://graph.microsoft.com/IMAP.AccessAsUser.All offline_access' }, 'Microsoft Graph'],
    ['X2', { scope: 'IMAP.AccessAsUser.All SMTP.Send offline_access' }, 'Microsoft Graph'],
    ['X2', { scope: `${OUTLOOK}/SMTP.Send https://graph.microsoft.com/Mail.Read` }, 'of 2 resources'],
    ['X2', { scope: `${OUTLOOK}/SMTP.Send User.Read` }, 'AADSTS70011, AADSTS700022'],
    ['X2', { scope: 'https://outlook.office365.us/.default' }, 'another cloud than worldwide'],
    ['X2', { scope: 'https://vault.azure.net/.default' }, 'which is not Exchange Online'],
    ['C3', { redirect_uri: 'https://ece.example.com/System/oauth' }, 'is entered here'],
    ['C3', { redirect_uri: 'https://other.example.com/system/oauth' }, 'the external URL says'],
    ['C3', { client_id: TENANT }, `the site has ${CLIENT}`],
    ['X8', { response_type: 'token' }, 'not for a code'],
    ['C5', { prompt: 'none' }, 'prompt=none'],
  ])('%s is broken by %j', (item, changes, sentence) => {
    const broken = judge(changes).filter(({ verdict }) => verdict === 'broken');
    expect(broken.map((one) => one.item)).toContain(item);
    expect(broken.map((one) => one.sentence).join('\n')).toContain(sentence);
  });

  it.each<[string, string, string]>([
    ['common', 'cannot-tell', 'AADSTS50194'],
    ['organizations', 'cannot-tell', 'AADSTS50194'],
    ['consumers', 'broken', 'personal Microsoft accounts'],
    ['99999999-2222-4333-8444-555555555555', 'broken', "and the site's is"],
    ['contoso.onmicrosoft.com', 'cannot-tell', 'may mean the same'],
  ])('of the tenant %s: %s', (tenant, verdict, sentence) => {
    const [first] = judge({}, siteWith(), `login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`);
    expect(first).toMatchObject({ item: 'X3', verdict });
    expect(first?.sentence).toContain(sentence);
  });

  it('tells a site in another cloud', () => {
    expect(judge({}, siteWith({ cloud: 'china' }))).toContainEqual(
      expect.objectContaining({ item: 'X3', verdict: 'broken', statements: ['S54'] }),
    );
  });

  it('asks of a site that fetches by POP3, or has not decided, what that needs', () => {
    const scope = `${OUTLOOK}/POP.AccessAsUser.All ${OUTLOOK}/SMTP.Send offline_access`;
    const broken = (inboundProtocol: 'imap' | 'pop3' | 'undecided'): number =>
      judge({ scope }, siteWith({ inboundProtocol })).filter(({ verdict }) => verdict === 'broken').length;
    expect([broken('pop3'), broken('undecided'), broken('imap')]).toEqual([0, 0, 1]);
  });

  it('judges the v1 endpoint by its resource', () => {
    const v1 = `login.microsoftonline.com/${TENANT}/oauth2/authorize`;
    const x2 = (changes: Record<string, string>): string | undefined =>
      judge({ scope: 'openid', ...changes }, siteWith(), v1).find(({ item }) => item === 'X2')?.verdict;
    expect(x2({ resource: 'https://outlook.office365.com/' })).toBe('holds');
    expect(x2({ resource: 'https://graph.microsoft.com' })).toBe('broken');
    expect(x2({})).toBe('cannot-tell');
  });

  it.each([
    ['domain_hint', 'C5', 'single sign-on'],
    ['id_token_hint', 'C5', 'single sign-on'],
    ['acr_values', 'X4', 'prove more'],
    ['claims', 'X4', 'prove more'],
    ['request', 'X8', 'does not support'],
    ['request_uri', 'X8', 'does not support'],
    ['authorization_details', 'X8', 'does not support'],
    ['resource', 'X2', 'does not support'],
    ['client_secret', 'X1', 'must not stand in an address'],
    ['password', 'C5', 'must not stand in an address'],
  ])('the parameter %s does harm (%s)', (name, item, sentence) => {
    const broken = judge({ [name]: 'hidden-value' }).filter(({ verdict }) => verdict === 'broken');
    expect(broken.map((one) => one.item)).toEqual([item]);
    expect(broken[0]?.sentence).toContain(sentence);
    expect(JSON.stringify(broken)).not.toContain('hidden-value');
  });

  it('a response that stays in the browser brings no code, and one that is posted does', () => {
    const x8 = (mode: string) => judge({ response_mode: mode }).filter(({ verdict }) => verdict !== 'holds');
    expect(x8('fragment')).toMatchObject([{ item: 'X8', verdict: 'broken' }]);
    for (const mode of ['query', 'form_post', 'FORM_POST']) expect(x8(mode)).toEqual([]);
    // JARM's and web messages, which Entra ID does not have, and what is no word at all.
    for (const mode of ['jwt', 'query.jwt', 'form_post.jwt', 'web_message', 'quer', ''])
      expect([mode, ...x8(mode)]).toMatchObject([mode, { item: 'X8', verdict: 'broken' }]);
  });

  it('of a parameter that nobody knows nothing can be told, and what stands twice is broken', () => {
    expect(judge({ 'x-tomorrow': '1' }).filter(({ verdict }) => verdict === 'cannot-tell')).toMatchObject([
      { item: 'X8' },
    ]);
    const twice = `${urlWith()}&state=again`;
    const broken = judgeAuthorizeUrl(siteWith(), readAuthorizeUrl(twice)).filter(
      ({ verdict }) => verdict === 'broken',
    );
    expect(broken.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('"state" stands there more than once'),
    ]);
  });

  it.each([
    ['redirect_uri', 'https://ece.example.com/system/oauth ', 'C3'],
    ['redirect_uri', 'https://ece.example.com/system/oauth\u200b', 'C3'],
    ['redirect_uri', '"https://ece.example.com/system/oauth"', 'C3'],
    ['redirect_uri', 'https://ece.example.com/a?b=c&amp;d=e', 'C3'],
    ['redirect_uri', 'https://ece.example.com/a%2520b', 'C3'],
    ['login_hint', '\ufeffsales@example.com', 'C5'],
    ['scope', `${OUTLOOK}/IMAP.AccessAsUser.All\u00a0${OUTLOOK}/SMTP.Send offline_access`, 'X2'],
  ])('what %s holds is said of the field (%j)', (name, value, item) => {
    const said = judge({ [name]: value }).find(({ sentence }) =>
      sentence.startsWith(`The field "${name}" holds`),
    );
    expect(said).toMatchObject({ item, verdict: 'broken' });
    expect(said?.nextStep).toContain('another copy would bring the same characters');
  });

  it('says of the client id that the field is at fault, and not the copy', () => {
    for (const client of [` ${CLIENT}`, `"${CLIENT}"`, `${CLIENT}\u200b`, `\ufeff${CLIENT}`])
      expect(() => readAuthorizeUrl(urlWith({ client_id: client }))).toThrow(/correct that field in ECE/);
  });
});
