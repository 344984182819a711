import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import { login } from '../testing/tls-steps.ts';
import { breaks } from '../testing/sign-in-steps.ts';

const page = (status: number) =>
  breaks('token.refresh', 'token', 'unexpected-reply', {
    http: { status, date: null, contentType: 'text/html', location: null, retryAfter: null },
    token: { grant: 'refresh-token', status },
    unexpected: { line: `HTTP ${status} with a web page`, expected: 'JSON' },
  });

describe('a page in the place of a token', () => {
  it.each([200, 302, 307, 403, 404, 407, 451, 511])(
    'is somebody else’s, and no silence: HTTP %i',
    (status) => {
      const [finding, ...more] = diagnoseSite({ site: SITE, servers: [page(status), svc('svc02')] });
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'http.unexpected', owner: 'proxy', phase: 'token' });
      expect(finding?.items).toContain('X6');
    },
  );

  const refusal = (token: object) =>
    breaks('token.refresh', 'token', 'denied', {
      token: { grant: 'refresh-token', status: 403, aadsts: null, correlationId: 'c-1', ...token },
    });

  it.each(['forbidden_by_gateway', 'blocked', 'constructor', ''])(
    'is a refusal that bears no mark of Entra ID as well: %s',
    (error) => {
      const [finding, ...more] = diagnoseSite({ site: SITE, servers: [refusal({ error }), svc('svc02')] });
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'http.unexpected', owner: 'proxy' });
    },
  );

  it.each([
    { error: 'invalid_grant' },
    { error: 'tomorrows_word', aadsts: 999_999 },
    { error: 'tomorrows_word', traceId: 't-1' },
    { error: 'tomorrows_word', timestamp: '2026-11-28 02:45:03Z' },
  ])('is no refusal of Entra ID: %j', (token) => {
    const rules = diagnoseSite({ site: SITE, servers: [refusal(token)] }).map(({ rule }) => rule);
    expect(rules).not.toContain('http.unexpected');
  });

  it.each(['token', 'sign-in'] as const)('of HTTP 426 is a want of a newer TLS: %s', (place) => {
    const server =
      place === 'token' ? page(426) : login('http', 'unexpected-reply', { http: { status: 426 } });
    const [finding, ...more] = diagnoseSite({ site: SITE, servers: [server, svc('svc02')] });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'http.unexpected', checklistItem: 'X6' });
    expect(finding?.cause).toContain('TLS 1.0, TLS 1.1');
    expect(finding?.nextStep).toContain('TLS 1.2 or newer');
  });

  it.each([500, 502, 503, 504])('may be the service’s own where the server fails: HTTP %i', (status) => {
    const [finding] = diagnoseSite({ site: SITE, servers: [page(status)] });
    expect(finding).toMatchObject({ rule: 'token.unavailable' });
  });
});
