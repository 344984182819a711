import { createHash } from 'node:crypto';
import type { CheckResult, ComparisonCell, Language } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { NASTY } from '../testing/nasty.ts';
import { htmlReport, type Report } from './html-report.ts';

const AT = '2026-11-24T03:10:00.000Z';
const ID = '0192f000-0000-7000-8000-000000000001';

/** A report in which `text` stands wherever text from outside can. */
function reportWith(text: string, language: Language = 'en'): Report {
  const target = { name: 'imap', host: text, port: 993, mailbox: text };
  const cell: ComparisonCell = {
    serverId: ID,
    outcome: 'fail',
    asked: true,
    phase: 'tls',
    code: 'untrusted',
    ms: 12,
    observedAt: AT,
    stale: false,
    demand: 'required',
    severity: 'error',
    statements: [],
    sentence: text,
    resultId: ID,
    finding: null,
  };
  const result = {
    id: ID,
    check: 'imap.tls',
    target,
    outcome: 'fail',
    startedAt: AT,
    durationMs: 12,
    phases: [{ name: 'connect', ms: 3 }],
    failure: { phase: 'greet', code: 'unexpected-reply', message: text },
    reason: text,
    evidence: {
      imap: { greeting: text, capability: [text] },
      dialogue: { lines: [`S: ${text}`] },
    },
    repeats: null,
  } as unknown as CheckResult;
  return {
    language,
    generatedAt: AT,
    name: text,
    verdict: { verdict: 'unsafe', since: AT },
    findings: [
      {
        severity: 'error',
        summary: text,
        cause: text,
        owner: 'proxy',
        confidence: 'likely',
        nextStep: text,
        checklistItem: 'C9',
        excludes: [text],
        evidence: [text],
        links: [{ title: text, url: 'https://login.microsoftonline.com/error?code=7000215' }],
        since: AT,
      },
    ],
    comparison: {
      siteId: ID,
      siteName: text,
      generatedAt: AT,
      servers: [{ id: ID, name: text, roles: ['services'], agent: { state: 'connected', lastSeenAt: AT } }],
      rows: [{ check: 'imap.tls', title: text, target, cells: [cell], differences: [] }],
    },
    checklist: {
      siteId: ID,
      siteName: text,
      generatedAt: AT,
      statementsUrl: 'https://www.cisco.com/',
      entries: [
        {
          item: 'C9',
          title: text,
          subject: { kind: 'server', name: text },
          verdict: 'broken',
          sentence: text,
          nextStep: text,
          statements: [],
          findings: [],
          evidence: [],
        },
      ],
      readiness: [],
      externalTest: null,
    },
    results: [{ server: text, result }],
  };
}

/** Everything that a browser takes for markup. */
const markupOf = (page: string): string[] => page.match(/<[^>]{0,4000}>/g) ?? [];

describe('the report', () => {
  it.each(NASTY)('shows %j wherever it may stand, and makes no markup of it', (text) => {
    const page = htmlReport(reportWith(text));
    expect(markupOf(page)).toEqual(markupOf(htmlReport(reportWith('harmless'))));
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(page.isWellFormed()).toBe(true);
  });

  it('runs nothing and fetches nothing: one style, which the policy in it names by its hash', () => {
    const page = htmlReport(reportWith('svc01'));
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'" />`,
    );
    expect(
      page.match(/<(?:script|link|img|iframe|object|form|base)\b|\b(?:src|href|style|on\w+)=/gi),
    ).toBeNull();
    expect(page.match(/<style/g)?.length).toBe(1);
  });

  it.each([
    ['en', ['Mail is not safe.', 'proxy team', 'broken', 'Server by server', '2026-11-24 03:10 UTC']],
    ['ja', ['メールを正常に利用できません。', 'プロキシ', '満たさない', 'サーバー別の比較', 'lang="ja"']],
  ] as const)('has what one asks first, in %s', (language, all) => {
    const page = htmlReport(reportWith('svc01', language));
    for (const each of all) expect(page).toContain(each);
  });

  it.each([
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL291dGxvb2sifQ.c2lnbmF0dXJl',
    `mpk_${'x'.repeat(43)}`,
    '0.AXkAcanaryCANARYcanaryCANARYcanary.AgABAwEAAAD',
    'Authorization: Bearer canaryCANARY0123456789',
    'C: a1 AUTHENTICATE XOAUTH2 canaryCANARY0123456789==',
    'POST /token client_secret=canary~CANARY~0123456789&grant_type=refresh_token',
    '{"refresh_token":"canary~CANARY~0123456789"}',
    'GET /error?code=canaryCANARY0123456789',
    'GET /cb?code=canaryCANARY0123456789&state=1',
    'https://login.microsoftonline.com/error?code=canaryCANARY0123456789',
    'https://login.microsoftonline.com/error?client_secret=canaryCANARY0123456789',
  ])('leaves out what looks like a secret: %s', (text) => {
    const page = htmlReport(reportWith(`before ${text} after`));
    expect(page).not.toMatch(/canary|eyJ|mpk_x/i);
    expect(page).toContain('[secret]');
    expect(page).toContain('before ');
  });

  it.each(['50076', '530084', '7000215', '900144512'])('keeps the page of the number %s', (number) => {
    const url = `https://login.microsoftonline.com/error?code=${number}`;
    expect(htmlReport(reportWith(`see ${url}`))).toContain(`see ${url}`);
    expect(htmlReport(reportWith('svc01'))).toContain(
      'svc01: https://login.microsoftonline.com/error?code=7000215',
    );
  });

  it('keeps words that are no secret', () => {
    const text = 'the code: unavailable, password: expired, Bearer token, token.refresh, SHA-256 AB:CD';
    expect(htmlReport(reportWith(text))).toContain(text);
  });
});
