import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import { app, but, svc, withEvidence } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';

const sentTo = (status: number, location: string | null, check = 'https.exchange', server = svc()) =>
  but(server, check, withEvidence({ http: { status, location } }));
const found = (...servers: Parameters<typeof diagnoseSite>[0]['servers'][number][]) =>
  diagnoseSite({ site: SITE, servers }).map(({ rule, owner, scope, severity }) => ({
    rule,
    owner,
    servers: scope.servers.toSorted(),
    severity,
  }));

describe('a host of Microsoft that sends who asks away', () => {
  it.each([301, 302, 303, 307, 308])('to somebody else is answered by a filter: HTTP %i', (status) => {
    expect(found(sentTo(status, 'https://gateway.filter.example/auth'))).toEqual([
      { rule: 'http.sent-away', owner: 'proxy', servers: ['svc01'], severity: 'error' },
    ]);
  });

  it.each([
    'http://192.0.2.1:8080/portal',
    'https://[2001:db8::1]/login',
    'https://office365.com.filter.example/',
    'https://notoffice365.com/',
  ])('counts by the host it leads to, whole labels from the right: %s', (location) => {
    expect(found(sentTo(302, location)).map(({ rule }) => rule)).toEqual(['http.sent-away']);
  });

  it.each([
    'https://outlook.office.com/mail/',
    'https://login.microsoftonline.com/common/oauth2/authorize',
    'https://outlook.cloud.microsoft/',
    'https://www.OFFICE.com/',
    'https://login.partner.microsoftonline.cn/',
    '/owa/',
    'https:///',
    '',
    null,
  ])('to another host of its own, or to a path of its own, is usual: %s', (location) => {
    expect(found(sentTo(302, location), sentTo(302, location, 'https.sign-in-alias', app()))).toEqual([]);
  });

  it('is told of the servers that are sent away, and of all in one where all are', () => {
    const away = (name: string) => sentTo(302, 'https://portal.example/', 'https.exchange', svc(name));
    expect(found(away('svc01'), svc('svc02')).map(({ servers }) => servers)).toEqual([['svc01']]);
    expect(found(away('svc01'), away('svc02')).map(({ servers }) => servers)).toEqual([['svc01', 'svc02']]);
  });

  it('is none where the answer to a redirect URI leads to ECE', () => {
    const leads = but(
      svc(),
      'https.exchange',
      withEvidence({
        http: { status: 302, location: 'https://ece.example.com/callback' },
        redirect: { status: 302 },
      }),
    );
    expect(found(leads)).toEqual([]);
  });
});
