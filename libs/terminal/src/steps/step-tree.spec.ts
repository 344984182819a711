import { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../columns.ts';
import { stepTree } from './step-tree.ts';

const screen = (width = 120, language: 'en' | 'ja' = 'en') => ({
  width,
  style: (_: unknown, text: string): string => text,
  language,
});

const result = (changes: Partial<CheckResult> = {}): CheckResult =>
  CheckResult.parse({
    id: '0192f000-0000-7000-8000-000000000001',
    check: 'imap.mailbox',
    target: { name: 'sales', host: 'outlook.office365.com', port: 993, mailbox: 'sales@example.com' },
    outcome: 'fail',
    startedAt: '2026-11-24T03:00:00.000Z',
    durationMs: 412.4,
    phases: [
      { name: 'resolve', ms: 12 },
      { name: 'connect', ms: 20.4 },
      { name: 'tls', ms: 41 },
      { name: 'greet', ms: 30 },
      { name: 'authenticate', ms: 300 },
    ],
    failure: { phase: 'authenticate', code: 'denied', message: 'NO AUTHENTICATE failed.' },
    reason: null,
    evidence: {
      dns: {
        addresses: ['52.96.0.10'],
        error: null,
        ms: 12,
        resolvers: [
          {
            server: '192.0.2.53',
            a: { status: 'answer', state: 'answered', records: ['52.96.0.10'] },
            aaaa: {
              status: 'timeout',
              state: 'no-answer',
              records: [],
              extendedErrors: ['22 No Reachable Authority'],
            },
            cname: [],
            ms: 9,
          },
        ],
      },
      connect: {
        attempts: [
          { address: '52.96.0.9', family: 4, outcome: 'timeout', ms: 3_000 },
          { address: '52.96.0.10', family: 4, outcome: 'reached', ms: 20 },
        ],
        used: '52.96.0.10',
      },
      tls: {
        version: 'TLSv1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        serverName: 'outlook.office365.com',
        trusted: true,
        distrust: null,
        chain: [
          {
            subject: 'CN=outlook.com, O=Microsoft Corporation',
            issuer: 'CN=DigiCert Cloud Services CA-1, O=DigiCert Inc',
            subjectAltNames: ['*.office365.com'],
            validFrom: '2026-06-01T00:00:00.000Z',
            validTo: '2027-06-01T00:00:00.000Z',
            fingerprint256: 'AA:BB',
            serialNumber: '01',
          },
        ],
      },
      dialogue: {
        lines: [
          'S: * OK ready',
          'C: a1 AUTHENTICATE XOAUTH2 [1800 characters, sha256 ab12]',
          'S: a1 NO AUTHENTICATE failed.',
        ],
      },
    },
    repeats: null,
    ...changes,
  });

describe('a check as a tree of its steps', () => {
  it('has each step with its time and how it ended, what was seen there, and the dialogue', () => {
    expect(stepTree(result(), screen()).split('\n')).toEqual([
      'The mailbox opens by IMAP (imap.mailbox)  outlook.office365.com:993 sales@example.com  failed (fail)  412 ms',
      '  - name resolution (resolve)  12 ms  passed (pass)',
      '      52.96.0.10',
      '      resolver 192.0.2.53: A 52.96.0.10; AAAA no-answer 22 No Reachable Authority (9 ms)',
      '  - TCP connection (connect)  20 ms  passed (pass)',
      '      52.96.0.9: no answer in time (timeout), 3000 ms',
      '      52.96.0.10 *: reached (reached), 20 ms',
      '  - TLS handshake (tls)  41 ms  passed (pass)',
      '      TLSv1.3 TLS_AES_256_GCM_SHA384',
      '      [0] CN=outlook.com, O=Microsoft Corporation',
      '        issuer CN=DigiCert Cloud Services CA-1, O=DigiCert Inc',
      '        valid 2026-06-01 – 2027-06-01',
      '        SHA-256 AA:BB',
      '  - greeting (greet)  30 ms  passed (pass)',
      '  x sign-in (authenticate)  300 ms  said no (denied)',
      '      NO AUTHENTICATE failed.',
      '    S: * OK ready',
      '    C: a1 AUTHENTICATE XOAUTH2 [1800 characters, sha256 ab12]',
      '    S: a1 NO AUTHENTICATE failed.',
    ]);
  });

  it('has what a server says before STARTTLS and behind it at the greeting that it belongs to', () => {
    const names = ['connect', 'greet', 'starttls', 'tls', 'greet'] as const;
    const text = stepTree(
      result({
        check: 'smtp.submission',
        outcome: 'pass',
        failure: null,
        phases: names.map((name) => ({ name, ms: 1 })),
        evidence: {
          smtp: {
            greeting: '220 ready',
            ehlo: ['STARTTLS'],
            startTls: '220 2.0.0 go ahead',
            ehloAfterTls: ['AUTH LOGIN XOAUTH2'],
          },
        },
      }),
      screen(240),
    );
    const lines = text.split('\n').map((each) => each.trim().split('  ')[0]);
    expect(lines.slice(1)).toEqual([
      '- TCP connection (connect)',
      '- greeting (greet)',
      'S: 220 ready',
      'C: EHLO',
      'S: STARTTLS',
      '- STARTTLS (starttls)',
      'C: STARTTLS',
      'S: 220 2.0.0 go ahead',
      '- TLS handshake (tls)',
      '- greeting (greet)',
      'C: EHLO',
      'S: AUTH LOGIN XOAUTH2',
    ]);
  });

  it('says it in Japanese, with the codes beside the words', () => {
    const text = stepTree(result(), screen(120, 'ja'));
    for (const words of [
      'IMAP でメールボックスを開く (imap.mailbox)',
      '失敗 (fail)',
      '名前解決 (resolve)',
      '拒否の応答 (denied)',
      '有効期間',
      '到達 (reached)',
    ])
      expect(text).toContain(words);
  });

  it('names the step that failed where no time of it was taken, and a check that nobody knows by its id', () => {
    const text = stepTree(result({ check: 'ldap.bind', phases: [] }), screen());
    expect(text).toContain('ldap.bind  ');
    expect(text).toContain('  x sign-in (authenticate)  said no (denied)');
  });

  it.each(Phase.options)('has words for every failure in %s, in both languages', (phase) => {
    for (const language of ['en', 'ja'] as const)
      for (const code of FailureCode.options) {
        const outcome = code === 'throttled' ? 'throttled' : 'fail';
        const text = stepTree(
          result({ outcome, failure: { phase, code, message: 'm' } }),
          screen(120, language),
        );
        expect(text).toContain(`(${code})`);
        expect(text).not.toMatch(/undefined|\[object/);
      }
  });

  it('lets nothing of the other end reach the terminal but text, and keeps to the width', () => {
    const hostile = result({
      evidence: { dialogue: { lines: ['S: \u001b[2J\u202eowned', `S: ${'x'.repeat(500)}`] } },
    });
    for (const width of [2, 20, 40, 120]) {
      const text = stepTree(hostile, screen(width));
      for (const mark of ['\u001b', '\u202e']) expect(text).not.toContain(mark);
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }
  });
});
