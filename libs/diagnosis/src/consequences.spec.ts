import { type CheckResult, SkipCode } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { changed, failing, skippedResult } from './testing/faults.ts';
import { app, faulty, svc } from './testing/fixtures.ts';
import { sections, signedIn, SITE } from './testing/healthy.ts';

const because = (reason: string, result: CheckResult): CheckResult => ({ ...skippedResult(result), reason });
const followers = (servers: readonly ServerResults[]) =>
  diagnoseSite({ site: SITE, servers }).map(({ rule, consequences, evidence }) => ({
    rule,
    follows: consequences.map(({ server, check }) => `${server} ${check}`),
    evidence,
  }));
const replaced = (server: ServerResults, which: RegExp, to: (result: CheckResult) => CheckResult) =>
  changed(server, ({ check }) => which.test(check), to);
const revoked = faulty('token.revoked sales@example.com', svc('svc01'));

describe('what follows from a fault of another server', () => {
  const waiting = (reason: string, more: readonly CheckResult[] = []): ServerResults => ({
    ...svc('svc02'),
    results: [
      ...svc().results.filter(({ check }) => !/^token|mailbox$|login$/.test(check)),
      because(reason, signedIn('imap.mailbox')),
      ...more,
    ],
  });

  it('is what waits for the token that it could not obtain', () => {
    const [finding] = followers([revoked, waiting('no access token was obtained: nothing to refresh')]);
    expect(finding?.follows).toContain('svc02 imap.mailbox');
    expect(finding?.evidence.join('\n')).toContain('no access token was obtained: nothing to refresh');
  });

  it.each([
    'not run: its lease expired at 2026-11-24T03:00:00Z, according to the clock of this server',
    "the lease was over at 2026-11-24T03:00:00Z, by this machine's clock",
    'not run: 10 orders with a lease are waiting on this server already',
    'not allowed here: imap.mailbox',
  ])('is not what was not tried for another reason: %s', (reason) => {
    expect(followers([revoked, waiting(reason)]).flatMap(({ follows }) => follows)).not.toContain(
      'svc02 imap.mailbox',
    );
  });

  it('goes by the code of the agent, and not by the words beside it', () => {
    const skip = (code: SkipCode) => ({
      ...waiting('a sentence of a later version'),
      results: waiting('a sentence of a later version, token or not').results.map((each) =>
        each.outcome === 'skipped' ? { ...each, evidence: { skip: { code, about: null } } } : each,
      ),
    });
    for (const code of SkipCode.options) {
      const follows = followers([revoked, skip(code)]).flatMap((each) => each.follows);
      expect([code, follows.includes('svc02 imap.mailbox')]).toEqual([code, code === 'no-token']);
    }
  });

  it('is not what a server with a token of its own did not try', () => {
    const own = waiting('no access token was obtained', [signedIn('token.refresh')]);
    expect(followers([revoked, own]).flatMap(({ follows }) => follows)).not.toContain('svc02 imap.mailbox');
  });

  it('is not what waits for the token of another mailbox, nor what a mailbox that does not open stops', () => {
    const other = because('no access token was obtained', signedIn('imap.mailbox', {}, 'orders@example.com'));
    const server = {
      ...waiting('no access token was obtained'),
      results: [...svc().results.slice(0, 6), other],
    };
    expect(followers([revoked, server]).flatMap(({ follows }) => follows)).not.toContain(
      'svc02 imap.mailbox',
    );
    const closed = replaced(svc('svc01'), /^imap\.mailbox$/, (each) =>
      failing(each, 'open-mailbox', 'denied'),
    );
    const [finding] = followers([closed, waiting('no access token was obtained')]);
    expect(finding?.follows).toEqual([]);
  });
});

it('a clock that is ahead is why leases expired, and one that is behind is not', () => {
  const off = (aheadMs: number) =>
    replaced(
      changed(
        app(),
        ({ evidence }) => evidence.clock !== undefined,
        (each) => ({
          ...each,
          evidence: sections(each.evidence, { clock: { source: 'http-date', aheadMs } }),
        }),
      ),
      /^token\.redeem$/,
      (each) =>
        because(
          'not run: its lease expired at 2026-11-24T03:00:00Z, according to the clock of this server',
          each,
        ),
    );
  expect(followers([off(900_000), revoked]).find(({ rule }) => rule === 'clock.wrong')?.follows).toEqual([
    'app01 token.redeem',
  ]);
  expect(followers([off(-900_000), revoked]).flatMap(({ follows }) => follows)).not.toContain(
    'app01 token.redeem',
  );
});
