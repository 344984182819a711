import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { changed, failing } from './testing/faults.ts';
import { svc } from './testing/fixtures.ts';
import { dnsOf, sections, SITE } from './testing/healthy.ts';

type Which = (result: CheckResult) => boolean;
const isPath: Which = ({ check }) => !/^(?:token|imap\.mailbox|smtp\.login)/.test(check);
const port =
  (...ports: number[]): Which =>
  ({ target }) =>
    ports.includes(target.port);

const without = (server: ServerResults, which: Which): ServerResults => ({
  ...server,
  results: server.results.filter((each) => !which(each)),
});
/** Each name with an address of its own, so that a port is not a destination. */
const server = (name: string): ServerResults =>
  changed(
    without(svc(name), (each) => !isPath(each)),
    () => true,
    (each) => ({
      ...each,
      evidence: sections(each.evidence, { dns: dnsOf([`52.96.0.${each.target.host.length}`]) }),
    }),
  );
const broken = (of: ServerResults, which: Which, phase: Phase, code: FailureCode) =>
  changed(of, which, (each) => failing(each, phase, code));
const told = (...servers: readonly ServerResults[]) =>
  diagnoseSite({ site: SITE, servers }).map(({ key, scope }) => `${key} on ${scope.servers.join(' ')}`);

const WIDE = broken(server('svc01'), port(443), 'connect', 'refused');
const host =
  (name: string): Which =>
  ({ target }) =>
    target.host === name;
const SIGN_IN = host('login.microsoftonline.com');

describe('a narrow cause on one server beside a wider one on another', () => {
  it('is one where the server looks at no more than that', () => {
    const narrow = without(
      broken(server('svc02'), SIGN_IN, 'connect', 'refused'),
      (each) => each.target.port === 443 && !SIGN_IN(each),
    );
    expect(told(WIDE)).toEqual(['connect.port-closed 443 on svc01']);
    expect(told(narrow)).toEqual(['connect.refused login.microsoftonline.com:443 on svc02']);
    expect(told(WIDE, narrow)).toEqual(['connect.port-closed 443 on svc01 svc02']);
    expect(told(narrow, WIDE)).toEqual(told(WIDE, narrow));
  });

  it('stays what it is where that server gets through at a place of the wider one', () => {
    const narrow = broken(server('svc02'), SIGN_IN, 'connect', 'refused');
    expect(told(WIDE, narrow).toSorted()).toEqual([
      'connect.port-closed 443 on svc01',
      'connect.refused login.microsoftonline.com:443 on svc02',
    ]);
  });

  it('stays what it is where it shows itself otherwise, or in another step', () => {
    const alone = (phase: Phase, code: FailureCode) =>
      without(
        broken(server('svc02'), SIGN_IN, phase, code),
        (each) => each.target.port === 443 && !SIGN_IN(each),
      );
    for (const [phase, code] of [
      ['connect', 'timeout'],
      ['tls', 'reset'],
      ['resolve', 'not-found'],
    ] as const)
      expect([code, told(WIDE, alone(phase, code)).length]).toEqual([code, 2]);
  });

  it('is one as well where a rule joins places by what they show', () => {
    const cut = broken(server('svc01'), port(993, 995), 'tls', 'reset');
    const less = without(broken(server('svc02'), port(993), 'tls', 'reset'), port(995, 587));
    expect(told(cut, less)).toHaveLength(1);
    expect(told(cut, without(broken(server('svc02'), port(993), 'tls', 'reset'), port(587)))).toHaveLength(2);
  });
});

describe('the family of addresses', () => {
  const used = (of: ServerResults, which: Which, address: string) =>
    changed(of, which, (each) => ({
      ...each,
      evidence: sections(each.evidence, { connect: { attempts: [], used: address } }),
    }));
  it('is what is told where everything over it is cut, and the other gets through', () => {
    // One of the web and one of mail, with others of each that get through.
    const which: Which = (each) => SIGN_IN(each) || each.target.port === 993;
    const over = (families: readonly [string, string]) => {
      const [theirs, own] = families;
      const all = used(
        used(server('svc01'), () => true, theirs),
        which,
        own,
      );
      return told(broken(all, which, 'tls', 'reset'));
    };
    expect(over(['52.96.0.1', '2603:1026::1'])).toEqual(['tls.cut IPv6 on svc01']);
    expect(over(['52.96.0.1', '52.96.0.1'])).toHaveLength(2);
  });
});
