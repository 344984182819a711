import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding, Phase } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { failing } from '../testing/faults.ts';
import { app, but, svc } from '../testing/fixtures.ts';
import { sections, signedIn, SITE } from '../testing/healthy.ts';
import { also } from '../testing/sign-in-steps.ts';

const diagnose = (...servers: ServerResults[]): Finding[] => diagnoseSite({ site: SITE, servers });
const rules = (...servers: ServerResults[]): string[] => diagnose(...servers).map(({ rule }) => rule);

describe('one front end of several', () => {
  const through = (server: ServerResults, bad: string, phase: Phase, code: 'timeout' | 'reset' | 'closed') =>
    but(server, 'imap.tls', (result): CheckResult => ({
      ...result,
      outcome: 'warn',
      reason: 'another address served',
      evidence: sections(result.evidence, {
        connect: {
          attempts: ['52.96.0.10', '52.96.0.11'].map((address) => ({
            address,
            family: 4,
            outcome: 'reached',
            ms: 20,
          })),
          used: '52.96.0.11',
          spokenWith: [
            { address: bad, phase, outcome: code, ms: 4_000 },
            { address: '52.96.0.11', phase: 'greet', outcome: 'served', ms: 60 },
          ],
        },
      }),
    }));

  it.each([
    ['tls', 'timeout', 'says nothing'],
    ['tls', 'reset', 'cuts it'],
    ['greet', 'timeout', 'says nothing'],
    ['greet', 'closed', 'cuts it'],
  ] as const)('is a warning that names it, and no fault of the path (%s %s)', (phase, code, says) => {
    const [finding, ...more] = diagnose(through(svc(), '52.96.0.10', phase, code), svc('svc02'));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'path.one-front-end', severity: 'warning', owner: 'network' });
    expect(finding?.summary).toContain(
      `52.96.0.10 of outlook.office365.com accepts the connection and then ${says}`,
    );
  });

  it('explains what met it at first and was served by another one later, and what could not be read there', () => {
    const met = but(through(svc(), '52.96.0.10', 'tls', 'timeout'), 'imap.mailbox', (result) => ({
      ...result,
      repeats: '0192f000-0000-7000-8000-0000000000ff',
      evidence: sections(result.evidence, { connect: { attempts: [], used: '52.96.0.11' } }),
    }));
    const roundTrip = failing(signedIn('mail.round-trip'), 'receive', 'timeout', {
      roundTrip: { via: 'imap' },
    });
    const [finding, ...more] = diagnose(also(met, roundTrip), svc('svc02'));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'path.one-front-end', phase: 'tls' });
    expect(finding?.consequences).toMatchObject([{ check: 'mail.round-trip' }]);
  });

  it('is not why a message is late that another mailbox protocol reads', () => {
    const roundTrip = failing(signedIn('mail.round-trip'), 'receive', 'timeout', {
      roundTrip: { via: 'pop3' },
    });
    const found = diagnose(also(through(svc(), '52.96.0.10', 'tls', 'timeout'), roundTrip), svc('svc02'));
    expect(found.map(({ rule }) => rule).toSorted()).toEqual(['mail.not-returned', 'path.one-front-end']);
  });

  it('is Microsoft’s where every server meets it', () => {
    const site = [svc(), svc('svc02'), app()].map((server) =>
      through(server, '52.96.0.10', 'tls', 'timeout'),
    );
    expect(diagnose(...site)).toMatchObject([
      { rule: 'path.one-front-end', owner: 'microsoft', confidence: 'possible' },
    ]);
  });

  const twoReached = (used: string) => ({
    connect: {
      attempts: ['52.96.0.10', '52.96.0.11'].map((address) => ({
        address,
        family: 4,
        outcome: 'reached',
        ms: 20,
      })),
      used,
    },
  });
  const cutBoth = (server: ServerResults, imap: string, smtp: string) =>
    but(
      but(server, 'imap.tls', (result) => failing(result, 'tls', 'timeout', twoReached(imap))),
      'smtp.submission',
      (result) => failing(result, 'greet', 'timeout', twoReached(smtp)),
    );

  const onlyCut = (server: ServerResults) => ({
    ...server,
    results: server.results.filter(({ outcome }) => outcome === 'fail'),
  });

  it('is none where the address serves other ports', () => {
    expect(rules(cutBoth(svc(), '52.96.0.10', '52.96.0.10'))).toEqual(['tls.cut', 'greet.silent']);
  });

  it('is one finding, and not certain to be the path, where the others were not spoken with', () => {
    const [finding, ...more] = diagnose(onlyCut(cutBoth(svc(), '52.96.0.10', '52.96.0.10')));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'path.one-front-end', confidence: 'possible' });
    expect(finding?.summary).toContain('52.96.0.11 of the same name was not spoken with');
  });

  it('is not one where different addresses behave alike', () => {
    expect(rules(onlyCut(cutBoth(svc(), '52.96.0.10', '52.96.0.11')))).toEqual(['tls.cut']);
  });

  it('explains the check that may not try another address', () => {
    const met = but(through(svc(), '52.96.0.10', 'greet', 'timeout'), 'imap.mailbox', (result) =>
      failing(
        { ...result, target: { ...result.target, host: 'outlook.office365.com', port: 993 } },
        'greet',
        'timeout',
        { connect: { attempts: [], used: '52.96.0.10' } },
      ),
    );
    expect(diagnose(met)).toMatchObject([{ rule: 'path.one-front-end', severity: 'warning' }]);
  });

  it('is none where the same address serves that very place in another check', () => {
    const well = but(through(svc(), '52.96.0.10', 'tls', 'timeout'), 'imap.mailbox', (result) => ({
      ...result,
      target: { ...result.target, host: 'outlook.office365.com', port: 993 },
      evidence: sections(result.evidence, { connect: { attempts: [], used: '52.96.0.10' } }),
    }));
    expect(rules(well)).not.toContain('path.one-front-end');
  });
});
