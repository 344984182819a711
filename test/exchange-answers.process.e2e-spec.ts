import { EXCHANGE_ROWS, exchangeAnswer } from '@mailpath/diagnosis';
import type { CheckResult } from '@mailpath/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_ROWS } from '../apps/stand-in/src/mail/index.ts';
import { type StandIn, startStandIn } from '../apps/stand-in/src/stand-in.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { type Asked, DELAY_SECONDS, ExchangeRows } from './support/ask-exchange-rows.ts';
import { CASES, nameOf, type RowCase, verdictOf } from './support/exchange-rows.ts';

let api: RunningApi;
let standIn: StandIn;
let rows: ExchangeRows;

beforeAll(async () => {
  api = await startApi();
  standIn = await startStandIn({ addresses: [2, 3, 4, 5, 6].map((last) => `127.0.0.${last}`) });
  rows = new ExchangeRows(api, standIn);
  await rows.ask(CASES);
});

afterAll(async () => {
  await rows.close();
  await standIn.stop();
  await api.close();
});

const askedOf = (one: RowCase): Asked => {
  const found = rows.asked.get(nameOf(one));
  if (!found) throw new Error(`${nameOf(one)} was not asked`);
  return found;
};

/**
 * The lines of the other end that came last, after whatever was said to it; before TLS the one that was not expected.
 * SMTP's commands may go out together, and the first refusal among the answers is the one that decides.
 */
function lastSaid({ evidence }: CheckResult, protocol: string): string {
  const lines = evidence.dialogue?.lines ?? [];
  const said = lines
    .slice(lines.findLastIndex((line) => line.startsWith('C:')) + 1)
    .map((line) => line.replace(/^S: /, ''));
  if (said.length === 0) return unexpectedOf(evidence);
  return protocol === 'smtp' ? (said.find((line) => /^[45]/.test(line)) ?? '') : said.join('\r\n');
}

const unexpectedOf = ({ unexpected }: CheckResult['evidence']): string => unexpected?.line ?? '';

/** Everything of a result that was on the wire, or quotes it. */
const wireOf = ({ failure, evidence }: CheckResult): string =>
  [
    failure?.message,
    evidence.unexpected?.line,
    evidence.smtp?.greeting,
    ...(evidence.smtp?.ehlo ?? []),
    ...(evidence.dialogue?.lines ?? []),
  ].join('\n');

/** A line of the table with any text in its places, such as the tag and the time. */
const patternOf = (line: string): RegExp =>
  new RegExp(
    line
      .split(/<[a-z]+>/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^\\n]+'),
  );

/** Rows that end with the words of another: only more than a line tells them apart. */
const WORDS_OF: Readonly<Record<string, string>> = { C4: 'C3', D15: 'D13', D32: 'D1' };

describe('the rows of Exchange Online’s answers', () => {
  it('are all here, each wording of them', () => {
    expect(new Set(CASES.map(({ id }) => id))).toEqual(new Set(Object.keys(KNOWN_ROWS)));
    expect(new Set(CASES.map(({ row }) => row.row))).toEqual(new Set(EXCHANGE_ROWS.map(({ row }) => row)));
    expect([...rows.asked.keys()].toSorted()).toEqual(CASES.map(nameOf).toSorted());
  });
});

describe.each(CASES)('$id by $protocol', (one) => {
  const { id, answer } = one;

  it('is stored with its phase and code, and its own words', () => {
    const { looks } = askedOf(one);
    expect(looks.length).toBeGreaterThan(0);
    for (const result of looks) {
      const verdict = verdictOf(one);
      const { phase, code } = result.failure ?? {};
      expect([id, phase, code]).toEqual([id, verdict?.phase, verdict?.code]);
      const failed = verdict?.code === 'throttled' ? 'throttled' : 'fail';
      expect(result.outcome).toBe(verdict ? failed : 'pass');
      const place = /^\S+\.office365\.com:\d+ \(127\.0\.0\.\d\) /;
      expect(result.failure?.message ?? 'nothing is wrong').toMatch(verdict ? place : 'nothing is wrong');
      // Of a web page the first line is enough to be no greeting.
      const said = answer.step === 'greeting' ? answer.says.slice(0, 1) : answer.says;
      // Letters that a challenge has in common with the token are masked; what it says is seen below.
      for (const line of answer.followedBy ? [] : said) expect(wireOf(result)).toMatch(patternOf(line));
    }
  });

  it('leaves the mailbox’s other checks as they are', () => {
    const { others } = askedOf(one);
    const troubled = others.filter(({ outcome }) => outcome !== 'pass');
    expect(troubled.map(({ check, failure }) => [check, failure])).toEqual([]);
  });
});

const WITH_WORDS = CASES.filter(({ row }) => row.patterns.length > 0 || row.row in WORDS_OF);

it.each(WITH_WORDS)('$id is found again by what the diagnosis knows of such a line', (one) => {
  const { protocol, row } = one;
  const { looks } = askedOf(one);
  expect(looks.length).toBeGreaterThan(0);
  for (const result of looks) {
    const phase = result.failure?.phase ?? null;
    const found = exchangeAnswer({ protocol, phase, line: lastSaid(result, protocol) });
    expect(found?.row).toBe(WORDS_OF[row.row] ?? row.row);
  }
});

describe('what is told by more than a line', () => {
  const looksOf = (id: string) => CASES.filter((one) => one.id === id).flatMap((one) => askedOf(one).looks);

  it('is a challenge, which is decoded and comes before the verdict (smtp-error-challenge)', () => {
    const [result] = looksOf('smtp-error-challenge');
    const line = result?.evidence.dialogue?.lines.find((each) => each.startsWith('S: 334 e'))?.slice(3) ?? '';
    expect(exchangeAnswer({ protocol: 'smtp', phase: 'authenticate', line })?.row).toBe('D32');
    expect(JSON.parse(result?.evidence.login?.challenge ?? '')).toMatchObject({ status: '401' });
  });

  it('is a message that is taken late (smtp-message-delayed)', () => {
    expect(looksOf('smtp-message-delayed')[0]?.evidence.roundTrip).toMatchObject({ removed: true });
    expect(looksOf('smtp-message-delayed')[0]?.evidence.roundTrip?.sentMs).toBeGreaterThanOrEqual(
      DELAY_SECONDS * 1_000,
    );
  });
});
