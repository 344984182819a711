import type { CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { excludedBy } from './excludes.ts';
import type { ServerResults } from './look.ts';
import type { Clue } from './rule.ts';
import type { RuleId } from './rules.ts';
import { extentOf } from './spread.ts';
import { causeOn, viewOf } from './testing/causes.ts';
import { changed, failing } from './testing/faults.ts';
import { app, svc } from './testing/fixtures.ts';

const ofCheck =
  (...checks: string[]) =>
  ({ check }: CheckResult) =>
    checks.includes(check);
const closed = (server: ServerResults, ...checks: string[]) =>
  changed(server, ofCheck(...checks), (each) => failing(each, 'connect', 'timeout'));

/** What is ruled out, where these servers have the cause in the results of these checks. */
function excluded(
  servers: readonly ServerResults[],
  having: readonly string[],
  rule: RuleId,
  checks: readonly string[],
  clue: Partial<Clue> = {},
) {
  const site = viewOf(servers);
  const causes = having.map((name) => causeOn(site, name, rule, ofCheck(...checks), clue));
  return excludedBy(causes, extentOf(causes, site), site);
}
const IMAP = 'outlook.office365.com:993';
const OPEN_TO_IMAPS_HOST = {
  id: 'other-ports',
  places: ['outlook.office365.com:443', 'outlook.office365.com:995'],
};

describe('what is ruled out', () => {
  it('a fault of Microsoft, where another server gets through', () => {
    expect(
      excluded([closed(svc(), 'imap.tls'), svc('svc02')], ['svc01'], 'connect.timeout', ['imap.tls']),
    ).toEqual([{ id: 'works-elsewhere', servers: ['svc02'], places: [IMAP] }, OPEN_TO_IMAPS_HOST]);
  });

  it('that is not said of what passed', () => {
    expect(excluded([svc(), svc('svc02')], ['svc01'], 'path.latency', ['imap.tls'])).toEqual([]);
  });

  it('a fault of one server, where several have it and none gets through', () => {
    const servers = [closed(svc(), 'imap.tls'), closed(svc('svc02'), 'imap.tls')];
    expect(excluded(servers, ['svc01', 'svc02'], 'connect.timeout', ['imap.tls'])).toEqual([
      { id: 'alike-everywhere', servers: ['svc01', 'svc02'] },
      OPEN_TO_IMAPS_HOST,
    ]);
  });

  it('name, address and route, only by ports that are open from every server that has it', () => {
    const servers = [closed(svc(), 'imap.tls'), closed(svc('svc02'), 'imap.tls', 'pop3.tls')];
    const [, ports] = excluded(servers, ['svc01', 'svc02'], 'connect.timeout', ['imap.tls']);
    expect(ports).toEqual({ id: 'other-ports', places: ['outlook.office365.com:443'] });
  });

  it('and never by the port that is closed, nor for a cause above TCP', () => {
    // The sign-in to the mailbox goes to the same place, and got through.
    const [elsewhere] = excluded([closed(svc(), 'imap.tls')], ['svc01'], 'connect.timeout', ['imap.tls']);
    expect(elsewhere).toEqual(OPEN_TO_IMAPS_HOST);
    expect(excluded([closed(svc(), 'imap.tls')], ['svc01'], 'tls.cut', ['imap.tls'])).toEqual([]);
  });

  it.each([
    ['token.redeem', 'token-refreshed', 'svc01', 'app01'],
    ['token.refresh', 'token-made', 'app01', 'svc01'],
  ])('where %s fails, by the other way to a token: %s', (check, id, works, fails) => {
    const denied = (server: ServerResults) =>
      changed(server, ofCheck(check), (each) => failing(each, 'token', 'denied'));
    const servers = [denied(svc()), denied(app())];
    expect(excluded(servers, [fails], 'token.denied', [check])).toEqual([{ id, servers: [works] }]);
    // Where the results passed, nothing was stopped; and where nothing at all gets through, tokens tell nothing.
    expect(excluded([svc(), app()], [fails], 'token.denied', [check])).toEqual([]);
    expect(excluded(servers, [fails], 'token.denied', [check], { affectsWholeServer: true })).toEqual([]);
  });

  it('by tokens that follow from the cause as well', () => {
    const redeem = ofCheck('token.redeem');
    const broken = changed(closed(app(), 'https.sign-in'), redeem, (each) =>
      failing(each, 'token', 'denied'),
    );
    const consequences = broken.results.filter(redeem);
    expect(
      excluded([svc(), broken], ['app01'], 'tls.cut', ['https.sign-in'], { consequences }).map(
        ({ id }) => id,
      ),
    ).toEqual(['works-elsewhere', 'token-refreshed']);
  });

  it('what the rule itself rules out, first', () => {
    const excludes = [{ id: 'mailbox-opens' as const, mailboxes: ['sales@example.com'] }];
    const [first] = excluded(
      [closed(svc(), 'imap.tls'), svc('svc02')],
      ['svc01'],
      'connect.timeout',
      ['imap.tls'],
      { excludes },
    );
    expect(first).toEqual(excludes[0]);
  });
});
