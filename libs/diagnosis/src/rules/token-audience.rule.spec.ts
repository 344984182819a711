import { CLOUD_TARGETS, TOKEN_RESOURCE } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { application } from '../testing/application.ts';
import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import { claims } from '../testing/sign-in-steps.ts';

const found = (...servers: ServerResults[]) => diagnoseSite({ site: SITE, servers });

describe('whom a token is for', () => {
  const GOOD = [
    'https://outlook.office.com',
    'https://outlook.office365.com/',
    'HTTPS://Outlook.Office.com',
    '00000002-0000-0ff1-ce00-000000000000',
    'https://ps.outlook.com',
  ];
  const OTHER = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000', 'api://own-app'];
  const OF_ANOTHER_CLOUD = [
    'https://outlook.office365.us',
    'https://outlook-dod.office365.us',
    'https://partner.outlook.cn',
  ];

  it.each(GOOD)('%s is Exchange Online', (aud) => {
    expect(found(claims({ aud }))).toEqual([]);
    expect(found(application(svc(), { aud }))).toEqual([]);
  });

  it.each([...OTHER, ...OF_ANOTHER_CLOUD])(
    '%s is not, and the way to the right one is by whose token it is',
    (aud) => {
      const [user, ...more] = found(claims({ aud }));
      expect(more).toEqual([]);
      expect(user).toMatchObject({ rule: 'token.audience', owner: 'entra', checklistItem: 'X2' });
      expect(user?.nextStep).toContain('https://outlook.office.com/IMAP.AccessAsUser.All');
      const [own, ...others] = found(application(svc(), { aud }));
      expect(others).toEqual([]);
      expect(own?.nextStep).toContain('https://outlook.office365.com/.default');
      expect(own?.nextStep).not.toMatch(/AccessAsUser|SMTP\.Send/);
      expect(own?.summary.includes('of another cloud')).toBe(OF_ANOTHER_CLOUD.includes(aud));
    },
  );

  it.each([
    ['china', 'https://partner.outlook.cn', 'https://outlook.office.com'],
    ['gcc-high', 'https://outlook.office365.us', 'https://outlook.office.com'],
    ['dod', 'https://webmail.apps.mil', 'https://outlook.office365.us'],
  ] as const)('is judged by the cloud of the mail hosts: %s', (cloud, good, bad) => {
    const moved = (aud: string): ServerResults => {
      const server = claims({ aud });
      const { host } = CLOUD_TARGETS[cloud].imap;
      const results = server.results.map((result) =>
        result.target.host === CLOUD_TARGETS.worldwide.imap.host
          ? { ...result, target: { ...result.target, host } }
          : result,
      );
      return { ...server, results };
    };
    const of = (aud: string) => found(moved(aud)).filter(({ rule }) => rule === 'token.audience');
    expect(of(good)).toEqual([]);
    expect(of(bad)).toMatchObject([{ params: { is: 'exchange-of-another-cloud' } }]);
    expect(of(bad)[0]?.nextStep).toContain(TOKEN_RESOURCE[cloud].delegated);
  });

  it('is Exchange Online of any cloud where the mail hosts are none of Microsoft’s', () => {
    const server = claims({ aud: 'https://partner.outlook.cn' });
    const results = server.results.map((result) => ({
      ...result,
      target: { ...result.target, host: `${result.target.name}.example.com` },
    }));
    expect(found({ ...server, results }).filter(({ rule }) => rule === 'token.audience')).toEqual([]);
  });

  it('lacks no scope that it has in another case', () => {
    const scp = 'imap.accessasuser.all smtp.send';
    expect(found(claims({ scp }))).toEqual([]);
    expect(found(claims({ scp: 'imap.accessasuser.all' }))).toMatchObject([{ rule: 'token.scope' }]);
  });
});
