import { describe, expect, it } from 'vitest';
import { Assignment } from '@mailpath/protocol';
import { assignmentFor, deadlines, tasksFor, type AssignedSite } from './assignment.ts';

const site: AssignedSite = {
  cloud: 'worldwide',
  targets: { imap: { host: '127.0.0.2', port: 1993 } },
  extraTargets: [
    { name: 'routing', check: 'tcp.connect', host: 'pg.example.com', port: 38_001, roles: ['services'] },
  ],
  everySeconds: 60,
};

describe('what an agent is assigned', () => {
  it('is every standard check, aimed where the site says', () => {
    const tasks = tasksFor(site, ['application']);
    expect(tasks.map(({ check, target }) => `${check} ${target.host}:${target.port}`)).toEqual([
      'https.sign-in login.microsoftonline.com:443',
      'https.sign-in-alias login.microsoft.com:443',
      'https.exchange outlook.office365.com:443',
      'smtp.submission smtp.office365.com:587',
      'imap.tls 127.0.0.2:1993',
      'pop3.tls outlook.office365.com:995',
    ]);
  });

  it('adds the targets of the site for the roles they were added for', () => {
    expect(tasksFor(site, ['services']).at(-1)?.target.name).toBe('routing');
    expect(tasksFor(site, ['application']).map(({ target }) => target.name)).not.toContain('routing');
  });

  it('keeps its revision while the content stays, and changes it with anything in it', () => {
    const first = Assignment.parse(assignmentFor(site, ['services']));
    expect(assignmentFor({ ...site }, ['services']).revision).toBe(first.revision);
    expect(assignmentFor(site, ['application']).revision).not.toBe(first.revision);
    expect(assignmentFor({ ...site, everySeconds: 120 }, ['services']).revision).not.toBe(first.revision);
  });

  it.each([10, 15, 60, 86_400])(
    'ends a round before the next begins when they are %d s apart',
    (everySeconds) => {
      const { roundDeadlineMs, checkDeadlineMs } = deadlines(everySeconds);
      expect(roundDeadlineMs).toBeLessThan(everySeconds * 1000);
      expect(checkDeadlineMs).toBeLessThanOrEqual(roundDeadlineMs);
    },
  );
});
