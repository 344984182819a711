import { describe, expect, it } from 'vitest';
import type { FailureCode, Finding } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import { render } from '../render.ts';
import { changed, failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';

const URL_OF_PROXY = 'http://proxy.corp.example:3128';
const through = (code: FailureCode, status: number | null, reply: string | null): Finding => {
  const server = changed(
    svc(),
    ({ target }) => target.port === 443,
    (result) => failing(result, 'proxy', code, { proxy: { url: URL_OF_PROXY, status, reply } }),
  );
  const [finding, ...more] = diagnoseSite({ site: SITE, servers: [server, svc('svc02')] });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ phase: 'proxy', scope: { servers: ['svc01'] } });
  expect(finding && render(finding, 'ja').cause).toMatch(/プロキシ/);
  return finding as Finding;
};

describe('a proxy that grants no connection', () => {
  it.each([
    [407, '407 Proxy Authentication Required', 'wants credentials', 'certain'],
    [403, '403 Forbidden', 'forbids', 'certain'],
    [451, '451 Unavailable For Legal Reasons', 'forbids', 'certain'],
    [500, '500 Internal Server Error', 'does not reach the destination itself', 'likely'],
    [502, '502 Bad Gateway', 'does not reach the destination itself', 'likely'],
    [503, '503 Service Unavailable', 'does not reach the destination itself', 'likely'],
    [504, '504 Gateway Timeout', 'does not reach the destination itself', 'likely'],
    [null, 'Socks5 proxy rejected connection - NotAllowed', 'forbids', 'certain'],
    [null, 'Socks5 Authentication failed', 'wants credentials', 'certain'],
    [null, 'Socks5 proxy rejected connection - HostUnreachable', 'does not reach', 'likely'],
    [null, 'Socks5 proxy rejected connection - ConnectionRefused', 'does not reach', 'likely'],
    [null, 'words of tomorrow', 'or cannot reach it itself', 'certain'],
  ] as const)('is told by its answer: %s %s', (status, reply, cause, confidence) => {
    const finding = through('unexpected-reply', status, reply);
    expect(finding).toMatchObject({ rule: 'proxy.denies', owner: 'proxy', confidence });
    expect(finding.cause).toContain(cause);
    // Who cannot be reached is not let in by a rule.
    expect(/without sign-in/.test(finding.nextStep)).toBe(!cause.startsWith('does not reach'));
  });
});

describe('a proxy that cannot be used', () => {
  it.each([
    ['not-found', 'leads to no address', 'dns'],
    ['resolver-failed', 'leads to no address', 'dns'],
    ['refused', 'nothing listens', 'proxy'],
    ['timeout', 'does not answer', 'proxy'],
    ['unreachable', 'does not answer', 'proxy'],
    ['reset', 'without an answer', 'proxy'],
    ['closed', 'without an answer', 'proxy'],
    ['tls-failed', 'or not as a proxy does', 'proxy'],
  ] as const)('is told by how it fails: %s', (code, cause, owner) => {
    const finding = through(code, null, null);
    expect(finding).toMatchObject({ rule: 'proxy.unreachable', owner });
    expect(finding.cause).toContain(cause);
  });
});
