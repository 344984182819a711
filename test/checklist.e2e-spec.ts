import { Checklist, CLOUD_TARGETS, type CheckResult, type StandardTarget } from '@mailpath/protocol';
import type request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checklistTable } from '../apps/local/src/checklist-table.ts';
import { startApi, type RunningApi } from './support/api.ts';
import { addMailbox, client as clientOf, createMailSite } from './support/mail-site.ts';
import { deliveriesFrom, enrolServer, ScriptedAgent } from './support/scripted-agent.ts';

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const place = (target: StandardTarget) => CLOUD_TARGETS.worldwide[target];
const path = (check: string, name: StandardTarget): Partial<CheckResult> => ({
  check,
  target: { name, ...place(name) },
});
const mail = (check: string, service: StandardTarget, name = 'sales'): Partial<CheckResult> => ({
  check,
  target: { name, ...place(service), mailbox: `${name}@example.com` },
});
const ways = [
  path('https.sign-in', 'login'),
  path('https.exchange', 'exchange'),
  path('smtp.submission', 'smtp'),
  path('imap.tls', 'imap'),
];
const closed: Partial<CheckResult> = {
  outcome: 'fail',
  failure: {
    phase: 'connect',
    code: 'timeout',
    message: 'TCP to smtp.office365.com:587: nothing came for 5 seconds.',
  },
};
const notConnected: Partial<CheckResult> = {
  outcome: 'fail',
  failure: {
    phase: 'open-mailbox',
    code: 'denied',
    message: 'outlook.office365.com:993 answered: BAD User is authenticated but not connected.',
  },
};

let api: RunningApi;
let client: ReturnType<typeof request.agent>;
let siteId: string;
const read = async (language = 'en'): Promise<Checklist> => {
  const answer = await client
    .get(`/v1/sites/${siteId}/checklist`)
    .set('accept-language', language)
    .expect(200);
  expect(answer.headers['content-language']).toBe(language);
  return Checklist.parse(answer.body);
};
const verdictsOn = ({ entries }: Checklist, item: string): string[] =>
  entries.filter((entry) => entry.item === item).map(({ subject, verdict }) => `${subject.name} ${verdict}`);

beforeAll(async () => {
  api = await startApi();
  client = clientOf(api);
  siteId = await createMailSite(api, {
    version: '12.6(1)',
    esLevel: 'ES5',
    externalUrl: 'http://ece.example.com',
  });
  for (const name of ['sales', 'support']) await addMailbox(api, siteId, `${name}@example.com`);
  const deliver = async (name: string, role: string, results: Partial<CheckResult>[]): Promise<void> => {
    const agent = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, name, [role]));
    await agent.deliver(deliveriesFrom(1, results.length, (sequence) => results[sequence - 1] ?? {}));
    await agent.leave();
  };
  await deliver('svc01', 'services', [
    ...ways,
    mail('imap.mailbox', 'imap'),
    mail('smtp.login', 'smtp'),
    { ...mail('imap.mailbox', 'imap', 'support'), ...notConnected },
  ]);
  await deliver('app01', 'application', [
    ...ways.slice(0, 2),
    { ...path('smtp.submission', 'smtp'), ...closed },
  ]);
});
afterAll(() => api.close());

describe('the checklist of a site', () => {
  it('says of each item what holds, what is broken, and what cannot be told', async () => {
    const checklist = await read();
    expect(verdictsOn(checklist, 'C1')).toEqual([`${checklist.siteName} holds`]);
    expect(verdictsOn(checklist, 'C2')).toEqual([`${checklist.siteName} broken`]);
    expect(verdictsOn(checklist, 'C4')).toEqual([`${checklist.siteName} cannot-tell`]);
    expect(verdictsOn(checklist, 'C6')).toEqual([
      'sales@example.com holds',
      'support@example.com cannot-tell',
    ]);
    expect(verdictsOn(checklist, 'C8')).toEqual(['sales@example.com holds', 'support@example.com broken']);
    expect(verdictsOn(checklist, 'C9')).toEqual(['app01 holds', 'svc01 holds']);
    expect(verdictsOn(checklist, 'C10')).toEqual(['app01 broken', 'svc01 holds']);
    expect(verdictsOn(checklist, 'X6')).toEqual(['app01 cannot-tell', 'svc01 holds']);
    const ports = checklist.entries.find(({ item, verdict }) => item === 'C10' && verdict === 'broken');
    expect(ports).toMatchObject({
      nextStep: 'Open outgoing TCP from app01 to smtp.office365.com:587.',
      statements: ['S50', 'S58'],
      evidence: [{ server: 'app01', check: 'smtp.submission', target: 'smtp' }],
    });
  });

  it('says who is ready for the end of basic authentication', async () => {
    const { readiness } = await read();
    expect(readiness.map(({ mailbox, server, state }) => `${mailbox} ${server} ${state}`)).toEqual([
      'sales@example.com app01 not-ready',
      'sales@example.com svc01 ready',
      'support@example.com app01 not-ready',
      'support@example.com svc01 cannot-tell',
    ]);
  });

  it('is told in Japanese, with the same verdicts, hosts and cmdlets', async () => {
    const [english, japanese] = [await read(), await read('ja')];
    const neutral = ({ entries }: Checklist) =>
      entries.map(({ title: _title, sentence: _sentence, nextStep: _nextStep, ...rest }) => rest);
    expect(neutral(japanese)).toEqual(neutral(english));
    for (const { title, sentence, nextStep } of japanese.entries)
      for (const text of [title, sentence, nextStep ?? 'なし']) expect(text).toMatch(KANA);
    expect(japanese.readiness.every(({ sentence }) => KANA.test(sentence))).toBe(true);
    const ports = japanese.entries.find(({ item, verdict }) => item === 'C10' && verdict === 'broken');
    expect(ports?.nextStep).toBe('app01 から smtp.office365.com:587 への TCP の発信を許可してください。');
  });

  it('fits into a terminal', async () => {
    const table = checklistTable(await read(), { width: 110, style: (_, text) => text });
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(table).toMatch(/^C10 .+BROKEN: app01; holds: svc01/m);
  });

  it('says nothing of now by results of a place that the site no longer uses', async () => {
    const targets = { smtp: { host: 'relay.example.com', port: 587 } };
    await client.patch(`/v1/sites/${siteId}`).send({ targets }).expect(200);
    expect(verdictsOn(await read(), 'C10')).toEqual(['app01 cannot-tell', 'svc01 cannot-tell']);
    await client.patch(`/v1/sites/${siteId}`).send({ targets: {} }).expect(200);
  });

  it('answers 404 where there is no site', async () => {
    const nowhere = '/v1/sites/01a20bac-7abe-74ff-a112-9ae128132374';
    expect((await client.get(`${nowhere}/checklist`)).status).toBe(404);
    const test = { passed: true, testedAt: '2026-11-20T09:00:00.000Z', by: 'Ann' };
    expect((await client.put(`${nowhere}/external-test`).send(test)).status).toBe(404);
  });
});

describe("Microsoft's connectivity test", () => {
  const put = (body: object) => client.put(`/v1/sites/${siteId}/external-test`).send(body);

  it('cannot be told until a person has recorded it, and is then shown as recorded, the last one alone', async () => {
    expect(verdictsOn(await read(), 'C11').join()).toContain('cannot-tell');
    const failed = {
      passed: false,
      testedAt: '2026-11-20T09:00:00.000Z',
      by: 'Ann',
      note: 'IMAP: 認証に失敗',
    };
    expect((await put(failed).expect(200)).body).toEqual(failed);
    const broken = await read();
    expect(broken.externalTest).toEqual(failed);
    expect(broken.entries.find(({ item }) => item === 'C11')).toMatchObject({ verdict: 'broken' });
    const passed = { passed: true, testedAt: '2026-11-21T09:00:00.000Z', by: 'Bob' };
    expect((await put(passed).expect(200)).body).toEqual({ ...passed, note: null });
    expect(verdictsOn(await read(), 'C11').join()).toContain('holds');
  });

  it.each<[string, object, string]>([
    ['no outcome', { testedAt: '2026-11-20T09:00:00.000Z', by: 'Ann' }, 'passed'],
    ['an outcome in words', { passed: 'yes', testedAt: '2026-11-20T09:00:00.000Z', by: 'Ann' }, 'passed'],
    ['no date', { passed: true, testedAt: 'yesterday', by: 'Ann' }, 'testedAt'],
    ['a date to come', { passed: true, testedAt: '2999-01-01T00:00:00.000Z', by: 'Ann' }, 'testedAt'],
    ['nobody', { passed: true, testedAt: '2026-11-20T09:00:00.000Z', by: ' ' }, 'by'],
    [
      'half a character',
      { passed: true, testedAt: '2026-11-20T09:00:00.000Z', by: 'Ann', note: '\ud800' },
      'note',
    ],
  ])('is refused with %s, by its field', async (_, body, field) => {
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ field }]);
  });
});
