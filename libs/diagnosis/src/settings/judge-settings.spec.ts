import { SettingVerdict } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { claimsWith, mailboxWith, seen, siteWith } from '../testing/settings.ts';
import { judgeSettings } from './judge-settings.ts';

describe('the settings of a site', () => {
  it('are judged in the order of the checklist, each verdict in the form that the API answers', () => {
    const results = [seen('token.refresh', { evidence: { claims: claimsWith() } }), seen('smtp.login')];
    const verdicts = judgeSettings(siteWith(), [mailboxWith()], results);
    expect(SettingVerdict.array().parse(verdicts)).toEqual(verdicts);
    const items = verdicts.map(({ item }) => item).filter((item) => item.startsWith('C'));
    expect(items).toEqual(['C1', 'C2', 'C2', 'C3', 'C3', 'C5', 'C3', 'C4', 'C6', 'C6', 'C7']);
  });

  it('cannot be told of a site of which nothing is entered, and nothing is called broken', () => {
    const nothing = siteWith({
      version: null,
      esLevel: null,
      externalUrl: null,
      adminConsoleUrl: null,
      redirectUri: null,
      tenant: null,
      clientId: null,
      inboundProtocol: 'undecided',
    });
    const verdicts = judgeSettings(nothing, [mailboxWith()], []);
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['cannot-tell']));
  });
});
