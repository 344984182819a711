import { aadsts, AADSTS_ROWS, type Owner } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../../diagnose-site.ts';
import { SITE } from '../../testing/healthy.ts';
import { breaks } from '../../testing/sign-in-steps.ts';

const WORDS = [
  'invalid_request',
  'invalid_client',
  'invalid_scope',
  'invalid_grant',
  'unauthorized_client',
  'interaction_required',
  'consent_required',
  'login_required',
];

const told = (number: number | null, error: string | null, text: string, suberror: string | null = null) => {
  const server = breaks('token.refresh', 'token', 'denied', {
    token: { status: 400, error, suberror, aadsts: number, description: text, correlationId: 'c-1' },
  });
  const [finding, ...more] = diagnoseSite({ site: SITE, servers: [server] });
  expect(more).toEqual([]);
  if (!finding) throw new Error('nothing was found');
  return finding;
};

/** Numbers that no row has: the main item, the owner, and the rule that tells of them. */
const BROTHERS: readonly (readonly [number, string, string, Owner, string])[] = [
  [160021, 'Session does not exist.', 'C5', 'ece-administrator', 'token.denied'],
  [50187777, '', 'X2', 'entra', 'token.denied'],
  [50199999, '', 'X2', 'entra', 'token.denied'],
  [50181, 'Not able to validate.', 'X5', 'entra', 'token.denied'],
  [53012, 'Something new.', 'X4', 'entra', 'token.policy'],
  [530099, 'Something new.', 'X4', 'entra', 'token.policy'],
  [530021, 'Application does not meet the requirement.', 'X4', 'entra', 'token.policy'],
  [650011, 'Something new.', 'X2', 'entra', 'token.consent'],
  [65019, 'Something new.', 'X2', 'entra', 'token.consent'],
  [70044, 'Something new.', 'C4', 'entra', 'token.denied'],
  [7000999, 'Something new.', 'X1', 'entra', 'token.denied'],
  [700999, 'Something new.', 'X1', 'entra', 'token.denied'],
  [700089, 'Something new.', 'C4', 'ece-administrator', 'token.denied'],
  [90999, 'Something new.', 'X3', 'unknown', 'token.denied'],
  [9002999, 'Something new.', 'X3', 'unknown', 'token.denied'],
  [
    9002326,
    'Cross-origin token redemption is permitted only for another client-type.',
    'C3',
    'entra',
    'token.redirect',
  ],
  [500121, 'Authentication failed during strong authentication request.', 'X4', 'entra', 'token.policy'],
  [500399, 'Something new.', 'X3', 'entra', 'token.denied'],
  [5000399, 'Something new.', 'X3', 'entra', 'token.denied'],
  [80099, 'Something new.', 'X5', 'entra', 'token.denied'],
  [20099, 'Something new.', 'X5', 'entra', 'token.denied'],
  [40099, 'There is an issue with your federated Identity Provider.', 'X5', 'entra', 'token.denied'],
  [135099, 'The user has no key of that ID.', 'X5', 'entra', 'token.denied'],
  [130099, 'Something new.', 'X5', 'entra', 'token.denied'],
  [120099, 'Something new.', 'X5', 'entra', 'token.denied'],
  [135098, 'A conditional access policy asks for another device.', 'X4', 'entra', 'token.policy'],
  [7002399, 'Something new.', 'X1', 'entra', 'token.denied'],
  [70029, 'No matching federated identity record found.', 'X1', 'entra', 'token.secret'],
  [90998, 'Application identifier is expected to be a GUID.', 'X1', 'entra', 'token.denied'],
  [900998, "The client_id 'x' is not valid.", 'X1', 'entra', 'token.denied'],
  [81099, 'Something new.', 'C5', 'ece-administrator', 'token.denied'],
  [
    700199,
    'The grant was made in a different tenant.',
    'X3',
    'ece-administrator',
    'token.other-tenant-grant',
  ],
];

describe('a number of Entra ID that no row has', () => {
  it.each(BROTHERS)('%i "%s" is about %s, and %s must act', (number, text, item, owner, rule) => {
    expect(aadsts(number)).toBeNull();
    // One number, one owner and item, whatever word stands beside it, and never surer than its family.
    const one = [...WORDS, 'no_such_word'].map((word) => told(number, word, `AADSTS${number}: ${text}`));
    for (const { confidence, nextStep, owner: who } of one) {
      expect(confidence).not.toBe('certain');
      expect(who).not.toBe('mailpath');
      expect(nextStep).toMatch(/login\.microsoftonline\.com\/error|sign-in log/);
    }
    if (text === '') return;
    expect(one.map((each) => [each.rule, each.owner, each.checklistItem])).toEqual(
      one.map(() => [rule, owner, item]),
    );
    expect(told(number, 'invalid_grant', `AADSTS${number}: ${text}`, 'message_only')).toMatchObject({
      rule,
      owner,
    });
  });

  it('is never laid on Mailpath, never certain, and given no remedy of one cause, whatever its digits', () => {
    const known = new Set(AADSTS_ROWS.flatMap(({ codes }) => codes));
    for (let number = 10_007; number < 10_000_000; number = Math.floor(number * 1.13) + 7) {
      if (known.has(number)) continue;
      for (const word of WORDS) {
        const { owner, confidence, nextStep } = told(number, word, `AADSTS${number}: Words of tomorrow.`);
        expect([number, word, owner]).not.toEqual([number, word, 'mailpath']);
        expect([number, confidence]).not.toEqual([number, 'certain']);
        expect(nextStep).not.toMatch(
          /[Cc]reate the token|new client secret|[Rr]egister|fault of the program/,
        );
      }
    }
  });
});

describe('a suberror that says one thing, beside a number that no row has', () => {
  const VAGUE = [7_009_911, 50_399, 90_997, 5_000_777, 130_099];

  it.each([
    ['bad_token', 'C4', 'ece-administrator', 'no longer good'],
    ['token_expired', 'C4', 'ece-administrator', 'no longer good'],
    ['consent_required', 'X2', 'entra', 'consented'],
    ['user_password_expired', 'X5', 'entra', 'password of the account expired'],
    ['protection_policy_required', 'X4', 'entra', 'Intune'],
    ['device_authentication_failed', 'X4', 'entra', 'device'],
  ] as const)(
    'tells it where neighbours of several subjects alone would: %s',
    (suberror, item, owner, says) => {
      for (const number of VAGUE) {
        const finding = told(number, 'invalid_grant', `AADSTS${number}: Words of tomorrow.`, suberror);
        expect(finding).toMatchObject({ owner, checklistItem: item });
        expect(finding.cause).toContain('stands in no table');
        expect(finding.cause).toContain(says);
        expect(finding.confidence).not.toBe('certain');
        expect(finding.nextStep).toMatch(/login\.microsoftonline\.com\/error/);
      }
    },
  );

  it.each(['basic_action', 'additional_action', 'message_only', 'no_such_word', 'constructor'])(
    'and one that says what to do, or nothing that is known, leaves it to the number: %s',
    (suberror) => {
      for (const number of VAGUE) {
        const text = `AADSTS${number}: Words of tomorrow.`;
        expect(told(number, 'invalid_grant', text, suberror).cause).toBe(
          told(number, 'invalid_grant', text).cause,
        );
      }
    },
  );

  it('says less than words of the text, and than a number of one subject', () => {
    const byText = told(
      7_009_911,
      'invalid_grant',
      'AADSTS7009911: A conditional access policy.',
      'bad_token',
    );
    expect(byText.rule).toBe('token.policy');
    expect(told(530_099, 'invalid_grant', 'AADSTS530099: x', 'bad_token').rule).toBe('token.policy');
    expect(told(53_003, 'invalid_grant', 'AADSTS53003: x', 'bad_token').rule).toBe('token.policy');
  });
});

describe('a number that has several texts', () => {
  it.each(WORDS)('is told by its text, under %s as well', (word) => {
    const spa = told(90023, word, 'AADSTS90023: Cross-origin token redemption is for Single-Page clients.');
    expect([spa.rule, spa.owner, spa.checklistItem]).toEqual(['token.redirect-platform', 'entra', 'C3']);
    const malformed = told(90023, word, 'AADSTS90023: The authentication request is not valid.');
    expect([malformed.rule, malformed.checklistItem]).toEqual(['token.denied', 'X8']);
    const place = told(50053, word, 'AADSTS50053: Sign-in from IP address with malicious activity.');
    expect(place.cause).toContain('holds for malicious');
    const locked = told(50053, word, 'AADSTS50053: The account is locked.');
    expect(locked.cause).not.toContain('holds for malicious');
  });
});

describe('numbers that are known', () => {
  it.each([
    [9_002_325, 'token.redirect-platform', 'C3', 'entra'],
    [9_002_327, 'token.redirect-platform', 'C3', 'entra'],
    [700_084, 'token.redirect-platform', 'C3', 'entra'],
    [7_000_012, 'token.other-tenant-grant', 'X3', 'ece-administrator'],
    [700_005, 'token.other-tenant-grant', 'X3', 'ece-administrator'],
    [530_084, 'token.policy', 'X4', 'entra'],
    [500_341, 'token.account', 'C5', 'entra'],
    [500_201, 'token.account', 'C5', 'entra'],
    [5_000_224, 'token.registration', 'X3', 'entra'],
    [700_081, 'token.revoked', 'C4', 'entra'],
    [70_043, 'token.revoked', 'C4', 'entra'],
  ])('AADSTS%i is %s under every word', (number, rule, item, owner) => {
    for (const word of [...WORDS, 'token_expired'])
      expect(told(number, word, `AADSTS${number}: as Entra ID says it.`)).toMatchObject({
        rule,
        owner,
        checklistItem: item,
      });
  });

  it('a grant of another tenant names the tenants that are known', () => {
    expect(told(7_000_012, 'invalid_grant', 'AADSTS7000012: x').nextStep).toContain(SITE.tenant);
  });
});
