import { describe, expect, it } from 'vitest';
import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { changed, failing } from './testing/faults.ts';
import { svc } from './testing/fixtures.ts';
import { SITE } from './testing/healthy.ts';

const isPath = ({ check }: CheckResult): boolean => !/token|mailbox|login/.test(check);
const broken = (name: string, ports: readonly number[], phase: Phase, code: FailureCode): ServerResults =>
  changed(
    svc(name),
    (each) => ports.includes(each.target.port) && isPath(each),
    (each) => failing(each, phase, code),
  );
const told = (...servers: ServerResults[]) => diagnoseSite({ site: SITE, servers });
const where = (...servers: ServerResults[]): string[] =>
  told(...servers).map(({ rule, scope }) => `${rule} on ${scope.servers.join(' ')}`);

/** IMAP and submission, which no host, port or zone holds without POP3 or the web side. */
const TWO = [993, 587];

describe('two places of mail that nothing holds without a third that is well', () => {
  it.each<[Phase, FailureCode, string]>([
    ['connect', 'timeout', 'connect.timeout'],
    ['connect', 'unreachable', 'connect.unreachable'],
    ['connect', 'refused', 'connect.refused'],
    ['tls', 'tls-failed', 'tls.failed'],
  ])('are one finding where both %s by %s on the same servers', (phase, code, rule) => {
    const servers = [broken('svc01', TWO, phase, code), broken('svc02', TWO, phase, code), svc('svc03')];
    expect(where(...servers)).toEqual([`${rule} on svc01 svc02`]);
    const [finding] = told(...servers);
    expect(finding?.scope.checks).toHaveLength(4);
    expect(finding?.summary).toContain('outlook.office365.com:993');
    expect(finding?.summary).toContain('smtp.office365.com:587');
    expect(told(...servers.toReversed())).toEqual(told(...servers));
  });

  it('are two where a server has one of them alone', () => {
    expect(
      where(broken('svc01', TWO, 'connect', 'timeout'), broken('svc02', [993], 'connect', 'timeout')),
    ).toHaveLength(2);
  });

  it('are two where one is silent and the other refuses', () => {
    const silent = broken('svc01', [993], 'connect', 'timeout');
    const both = changed(
      silent,
      (each) => each.target.port === 587 && isPath(each),
      (each) => failing(each, 'connect', 'refused'),
    );
    expect(where(both)).toHaveLength(2);
  });
});

describe('all of mail that nothing is said on', () => {
  const cut = (code: FailureCode, smtp: FailureCode = code, also: readonly number[] = []): ServerResults =>
    changed(
      broken('svc01', [993, 995, ...also], 'tls', code),
      (each) => each.check === 'smtp.submission',
      (each) => failing(each, 'greet', smtp),
    );

  it.each<[FailureCode, string]>([
    ['timeout', 'neither a greeting nor TLS'],
    ['reset', 'is cut off, before a greeting or TLS'],
    ['closed', 'is cut off, before a greeting or TLS'],
  ])('is one finding, whichever speaks first: %s', (code, says) => {
    const [finding, ...more] = told(cut(code));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'tls.cut', owner: 'network' });
    expect(finding?.summary).toContain(says);
    expect(finding?.params).not.toHaveProperty('contradicted');
  });

  it('is two where some of it is silent and some is cut', () => {
    expect(where(cut('reset', 'timeout'))).toEqual(['tls.cut on svc01', 'greet.silent on svc01']);
  });

  it('is two where one of the others gets through', () => {
    const pop3 = changed(
      cut('timeout'),
      (each) => each.target.port === 995,
      (each) => ({ ...each, outcome: 'pass', failure: null }),
    );
    expect(where(pop3)).toEqual(['tls.cut on svc01', 'greet.silent on svc01']);
  });
});
