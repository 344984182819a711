import { describe, expect, it } from 'vitest';
import { standardTasks } from '@mailpath/checks';
import { Assignment } from '@mailpath/protocol';
import { assignmentFor, tasksFor, type AssignedSite } from './assignment.ts';
import { deadlines } from './deadlines.ts';

const site: AssignedSite = {
  cloud: 'worldwide',
  targets: { imap: { host: '127.0.0.2', port: 1993 } },
  extraTargets: [
    { name: 'routing', check: 'tcp.connect', host: 'pg.example.com', port: 38_001, roles: ['services'] },
  ],
  everySeconds: 60,
  inboundProtocol: 'imap',
  externalUrl: null,
  redirectUri: null,
  tenant: null,
  clientId: null,
};
const setUp: AssignedSite = {
  ...site,
  externalUrl: 'https://ece.example.com',
  redirectUri: 'https://ece.example.com/system/callback',
  tenant: 'contoso.onmicrosoft.com',
  clientId: '6731de76-14a6-49ae-97bc-6eba6914391e',
};

describe('what an agent is assigned', () => {
  it('is every standard check, aimed where the site says', () => {
    const tasks = tasksFor(site, ['application']);
    const { imap } = site.targets;
    expect(tasks).toEqual(standardTasks(site.cloud, { ...(imap && { imap }) }));
    const shown = tasks.map(({ check, target }) => `${check} ${target.host}:${target.port}`);
    expect(shown).toContain('https.sign-in login.microsoftonline.com:443');
    expect(shown).toContain('imap.tls 127.0.0.2:1993');
  });

  it('adds the targets of the site for the roles they were added for', () => {
    expect(tasksFor(site, ['services']).at(-1)?.target.name).toBe('routing');
    expect(tasksFor(site, ['application']).map(({ target }) => target.name)).not.toContain('routing');
  });

  it('adds external URL and redirect URI for every role, once all of the set-up is known', () => {
    for (const roles of [['services'], ['application']] as const) {
      const tasks = Assignment.parse(assignmentFor(setUp, roles)).tasks;
      expect(tasks.filter(({ target }) => /^(external|redirect)/.test(target.name))).toEqual([
        {
          check: 'https.external-url',
          target: { name: 'external-url', host: 'ece.example.com', port: 443 },
        },
        {
          check: 'https.redirect-uri',
          target: { name: 'redirect-uri', host: 'login.microsoftonline.com', port: 443 },
          authorize: {
            tenant: 'contoso.onmicrosoft.com',
            clientId: '6731de76-14a6-49ae-97bc-6eba6914391e',
            redirectUri: 'https://ece.example.com/system/callback',
            scope:
              'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access openid profile',
          },
        },
      ]);
    }
  });

  it('looks at the external URL where the servers reach it, if the site says so', () => {
    const place = { host: 'ece.example.com', port: 8443 };
    const tasks = tasksFor({ ...setUp, targets: { 'external-url': place } }, ['services']);
    expect(tasks.find(({ check }) => check === 'https.external-url')?.target).toMatchObject(place);
  });

  const added = (changes: Partial<typeof setUp>): string[] => {
    const standard = new Set(tasksFor(site, ['services']).map(({ target }) => target.name));
    const names = tasksFor({ ...setUp, ...changes }, ['services']).map(({ target }) => target.name);
    return names.filter((name) => !standard.has(name));
  };

  it('asks for each of the two as soon as what it needs is known', () => {
    expect(added({ externalUrl: null })).toEqual(['redirect-uri']);
    for (const field of ['redirectUri', 'tenant', 'clientId'])
      expect(added({ [field]: null })).toEqual(['external-url']);
  });

  it('asks for nothing that no task may hold, whatever the site says of itself', () => {
    expect(added({ redirectUri: 'not a URL' })).toEqual(['external-url']);
    expect(added({ redirectUri: `https://ece.example.com/${'x'.repeat(300)}` })).toEqual(['external-url']);
    expect(added({ externalUrl: 'https://ece.example.com./' })).toEqual(['redirect-uri']);
  });

  it.each([
    ['https://ece.example.com:8443/x', 'ece.example.com', 8443],
    ['http://ece.example.com', 'ece.example.com', 80],
    ['https://[2001:db8::1]/', '2001:db8::1', 443],
  ])('aims at the place that %s names', (externalUrl, host, port) => {
    const tasks = tasksFor({ ...setUp, externalUrl }, ['services']);
    expect(tasks.find(({ check }) => check === 'https.external-url')?.target).toMatchObject({ host, port });
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
