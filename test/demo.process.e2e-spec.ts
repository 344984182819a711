import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Comparison } from '@mailpath/protocol';
import { Launched, LONG } from './support/launched.ts';

/** `npm run demo` as a process: what a newcomer types first. */
describe('the demonstration', () => {
  let launched: Launched;

  beforeEach(() => (launched = new Launched()));
  afterEach(() => launched.remove());

  const given = (name: string): string => new RegExp(`${name}=(\\S+)`).exec(launched.output)?.[1] ?? '';
  const comparisonByRest = async (): Promise<Comparison> => {
    const answer = await fetch(`${given('API')}/v1/sites/${given('SITE')}/comparison`, {
      headers: { authorization: `Bearer ${given('KEY')}` },
    });
    return Comparison.parse(await answer.json());
  };
  /** What failed, as `server check phase code`. */
  const failures = ({ servers, rows }: Comparison): string[] =>
    rows.flatMap(({ check, cells }) =>
      cells.flatMap(({ outcome, phase, code }, i) =>
        outcome === 'fail' ? [`${servers[i]?.name} ${check} ${phase} ${code}`] : [],
      ),
    );
  const isOpen = (url: string): Promise<boolean> =>
    fetch(url).then(
      () => true,
      () => false, // refused: that is what is asked
    );

  it(
    'shows five servers, three of them with a fault each, as REST does, and ends without a trace',
    async () => {
      launched.start('demo/main.js');
      await launched.saw('Ctrl-C stops everything');
      const { output } = launched;
      expect(output).not.toContain('Not as it should be');
      expect(output).toContain('56 of 56 results pass');
      expect(output).toMatch(/^check +target +app01 +app02 +app03 +svc01 +svc02$/m);
      for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(140);

      const comparison = await comparisonByRest();
      expect(failures(comparison).toSorted()).toEqual([
        'app02 https.exchange tls untrusted',
        'app02 https.redirect-uri tls untrusted',
        'app02 https.sign-in tls untrusted',
        'app02 https.sign-in-alias tls untrusted',
        'app03 smtp.login starttls unexpected-reply',
        'app03 smtp.login starttls unexpected-reply',
        'app03 smtp.submission starttls unexpected-reply',
        'svc02 imap.mailbox connect refused',
        'svc02 imap.mailbox connect refused',
        'svc02 imap.tls connect refused',
        'svc02 mail.round-trip receive refused',
      ]);
      const row = (check: string) => new RegExp(`^${check} .*\\n.*`, 'm').exec(output)?.[0];
      expect(row('imap.tls')).toMatch(/pass [\d.]+ m?s +FAIL connect ≠\n +refused [\d.]+ m?s$/);
      expect(row('https.sign-in')).toMatch(/FAIL tls ≠ +pass .*\n +untrusted [\d.]+ m?s$/);
      expect(row('smtp.submission')).toMatch(/FAIL starttls ≠ +pass .*\n +unexpected-reply [\d.]+ m?s$/);
      expect(output).toContain('issuer CN=Corp Proxy CA');

      const open = [given('API'), given('CONTROL')];
      expect(await Promise.all(open.map(isOpen))).toEqual([true, true]);
      launched.kill('SIGINT');
      expect(await launched.ended()).toEqual([0, null]);
      expect(launched.left()).toEqual([]);
      expect(readdirSync(launched.home)).toEqual([]);
      expect(await Promise.all(open.map(isOpen))).toEqual([false, false]);
    },
    LONG,
  );

  it(
    'ends by itself when asked to, with exit code 0 where everything was seen',
    async () => {
      launched.start('demo/main.js', ['--exit']);
      expect(await launched.ended()).toEqual([0, null]);
      expect(launched.output).toMatch(/All of this took \d+\.\d s\.\n$/);
      // Three faults, three causes, and every consequence with its own.
      const found = [...launched.output.matchAll(/^(ERROR|WARNING|INFO) +(\w+): /gm)];
      expect(found.map(([, severity, server]) => `${severity?.toLowerCase()} ${server}`).toSorted()).toEqual([
        'error app02',
        'error app03',
        'error svc02',
      ]);
      expect(launched.output).toMatch(/^ {2}follows +mail\.round-trip \(\S+\) on svc02/m);
      expect(launched.output).toMatch(/^C9 .* BROKEN: app02; holds: app01, app03, svc01, svc02$/m);
      expect(launched.output).toMatch(/^C8 .* holds: sales@contoso\.example, support@contoso\.example$/m);
      expect(launched.output).toMatch(/^C1 .* holds$/m);
      expect(launched.left()).toEqual([]);
      expect(readdirSync(launched.home)).toEqual([]);
    },
    LONG,
  );

  it.each([
    ['SIGTERM', 'The API with its database'],
    ['SIGINT', 'Agents on'],
    ['SIGHUP', 'A first round'],
  ] as const)(
    'leaves nothing behind when %s comes during "%s"',
    async (signal, during) => {
      launched.start('demo/main.js');
      await launched.saw(during);
      launched.kill(signal);
      expect(await launched.ended()).toEqual([0, null]);
      expect(launched.output).not.toContain('could not go on');
      expect(launched.left()).toEqual([]);
      expect(readdirSync(launched.home)).toEqual([]);
    },
    LONG,
  );

  it.each(['The API with its database', 'A first round'])(
    'leaves nothing behind when it is killed hard during "%s"',
    async (during) => {
      launched.start('demo/main.js');
      await launched.saw(during);
      launched.kill('SIGKILL');
      await vi.waitFor(
        () => {
          expect(launched.left()).toEqual([]);
          expect(readdirSync(launched.home)).toEqual([]);
        },
        { timeout: 120_000, interval: 200 },
      );
    },
    LONG,
  );
});
