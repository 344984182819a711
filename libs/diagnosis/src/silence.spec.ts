import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from './diagnose-site.ts';
import { type AgentSeen, nextSilenceMs, silencesOf } from './silence.ts';
import { svc } from './testing/fixtures.ts';
import { SITE } from './testing/healthy.ts';

const NOW = new Date('2026-11-24T03:00:00.000Z');
const listening = { everySeconds: 60, since: new Date('2026-11-20T00:00:00.000Z'), now: NOW };
const seen = (server: string, secondsAgo: number | null, connected = false): AgentSeen => ({
  server,
  lastSeenAt: secondsAgo === null ? null : new Date(NOW.getTime() - secondsAgo * 1_000),
  connected,
});
const silent = (...agents: AgentSeen[]) => silencesOf(agents, listening).map(({ servers }) => servers.join());

describe('a server that does not report', () => {
  it.each<[string, AgentSeen[], string[]]>([
    ['none while rounds come', [seen('a', 59), seen('b', 119)], []],
    ['one that has missed two rounds', [seen('a', 10), seen('b', 151)], ['b']],
    ['not before', [seen('a', 10), seen('b', 150)], []],
    ['one that was never heard is only not there yet', [seen('a', 10), seen('b', null)], []],
    ['each by itself while others report', [seen('a', 200), seen('b', 300), seen('c', 5)], ['a', 'b']],
    ['all of a site are one', [seen('b', 300), seen('a', 200)], ['a,b']],
    ['the only one of a site', [seen('a', 200)], ['a']],
  ])('%s', (_name, agents, expected) => {
    expect(silent(...agents)).toEqual(expected);
  });

  it('is not silent for the time before anybody listened', () => {
    const started = { ...listening, since: new Date(NOW.getTime() - 100_000) };
    expect(silencesOf([seen('a', 900)], started)).toEqual([]);
    expect(nextSilenceMs([seen('a', 900)], started)).toBe(50_001);
  });

  it('is told within three rounds, whatever the time between them, and not before two', () => {
    const run = fc.check(
      fc.property(fc.integer({ min: 10, max: 86_400 }), fc.integer({ min: 0, max: 86_400 }), (every, ago) => {
        const at = { ...listening, everySeconds: every };
        const told = silencesOf([seen('a', ago), seen('b', 0)], at).length > 0;
        const left = nextSilenceMs([seen('a', ago)], at);
        return (
          (ago < 3 * every || told) && (ago > 2 * every || !told) && (told ? left === null : (left ?? 0) > 0)
        );
      }),
      { seed: 11, numRuns: 1_000 },
    );
    expect(run.counterexample).toBeNull();
  });

  it.each<[AgentSeen[], string, string]>([
    [[seen('svc01', 400), seen('svc02', 5)], 'server-administrator', 'its agent is not connected'],
    [[seen('svc01', 400, true), seen('svc02', 5)], 'server-administrator', 'connected, and sends no results'],
    [[seen('svc01', 400), seen('svc02', 400)], 'network', 'No server of the site reports'],
  ])('is a finding of its own (%#)', (agents, owner, words) => {
    const circumstances = silencesOf(agents, listening);
    const [finding, ...more] = diagnoseSite({ site: { ...SITE, circumstances }, servers: [svc()] });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'mailpath.server-silent', owner, severity: 'warning' });
    expect(`${finding?.summary} ${finding?.cause}`).toContain(words);
    expect(finding?.summary).toContain('2026-11-24 02:53 UTC');
  });
});
