import { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { callerIdIn, correlated } from './correlation.ts';
import { createLog, type LogStream } from './log.ts';
import { NestLog } from './nest-log.ts';

const SECRET = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
class Session {
  readonly socket = SECRET;
}
const loop: Record<string, unknown> = { deep: {} };
loop['deep'] = loop;

/** Whatever may be handed to the log, by us or by a library. */
const SAID: [string, unknown[]][] = [
  ['an event', [{ event: 'agent-left', agentId: 'a-1' }]],
  ['an event with a text', [{ event: 'unforeseen' }, SECRET]],
  ['a text', [`a pooled connection was lost: ${SECRET}`]],
  ['nothing', []],
  ['an error', [new Error(`refused: Bearer ${SECRET}`)]],
  ['an error of Fastify', [{ err: new Error(`refused ${SECRET}`) }, 'request errored']],
  ['an error in a field', [{ event: 'x', reason: new Error(SECRET) }]],
  [
    'a field with the name of a secret',
    [{ event: 'x', password: 'Tr0ub4dor', 'client-secret': 'Tr0ub4dor' }],
  ],
  ['the same below', [{ event: 'x', of: { list: [{ access_token: 'Tr0ub4dor' }] } }]],
  ['headers', [{ event: 'x', headers: { Authorization: 'Tr0ub4dor', 'Set-Cookie': ['Tr0ub4dor'] } }]],
  ['an address with a code', [{ event: 'x', url: 'https://a.example/back?code=Tr0ub4dor-and-more&state=1' }]],
  ['an object of a class', [{ event: 'x', session: new Session() }]],
  ['an object without a constructor', [{ event: 'x', odd: Object.create(Object.create(null)) as object }]],
  ['an object without an end', [{ event: 'x', loop }]],
  ['lines of others', [{ event: 'x', reason: 'a\n{"level":"error","event":"forged"}\u001b[2J' }]],
  ['half a character', [{ event: 'x', reason: '\ud800' }]],
  ['a very long text', [{ event: 'x', reason: 'a'.repeat(5_000_000) }]],
  ['very many fields', [Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`f${i}`, i]))]],
  ['what JSON cannot hold', [{ event: 'x', at: new Date(NaN), n: 1n, f: () => SECRET, s: Symbol(SECRET) }]],
];

function kept(isTTY = false): { stream: LogStream; texts: string[] } {
  const texts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      texts.push(text);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), texts };
}

function lines(say: (log: ReturnType<typeof createLog>) => void, isTTY = false): string[] {
  const { stream, texts } = kept(isTTY);
  say(createLog('debug', stream));
  return texts;
}

describe.each(SAID)('%s', (_, said) => {
  const all = lines((log) => {
    const nest = new NestLog(log);
    for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const)
      Reflect.apply(log[level], log, said);
    nest.warn(said[0], 'Area');
    nest.error(said[0], undefined, 'Area');
    nest.log(said[0], 'Area');
  });

  it('becomes one line with time, level and event, bounded', () => {
    expect(all).toHaveLength(8);
    for (const line of all) {
      expect(line).toMatch(/^\{[^\n]*\}\n$/);
      expect(line.length).toBeLessThan(20_000);
      expect(JSON.parse(line)).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        level: expect.stringMatching(/^(?:debug|info|warn|error|fatal)$/),
        event: expect.stringMatching(/^[a-z][a-z-]*$/),
      });
    }
  });

  it('holds no secret, and no stack that nobody handed over', () => {
    expect(all.join('')).not.toMatch(/eyJ|Tr0ub4dor|"stack"/);
  });
});

it('what a caller calls its request is masked as everything else is', () => {
  const [line] = lines((log) =>
    correlated({ requestId: 'r-1', callerRequestId: callerIdIn(SECRET) ?? '' }, () =>
      log.warn({ event: 'x' }),
    ),
  );
  expect(line).toContain('"requestId":"r-1"');
  expect(line).not.toContain('eyJ');
});

describe('the lines of Nest', () => {
  it('keep the area, the stack that was handed over, and say nothing of its start', () => {
    const told = lines((log) => {
      const nest = new NestLog(log);
      nest.log('AppModule dependencies initialized', 'InstanceLoader');
      nest.error('EADDRINUSE', undefined, 'NestApplication');
      nest.error({ event: 'listener-failed', of: 'x' }, 'Error: x\n  at y', 'Events');
    }).map((line) => JSON.parse(line) as object);
    expect(told).toEqual([
      expect.objectContaining({
        level: 'error',
        area: 'Events',
        event: 'listener-failed',
        stack: 'Error: x\n  at y',
      }),
    ]);
  });

  it('come from every Logger of a feature', () => {
    const { stream, texts } = kept();
    Logger.overrideLogger(new NestLog(createLog('warn', stream)));
    try {
      new Logger('Agents').warn({ event: 'results-dropped', dropped: 1 });
      new Logger('Agents').log({ event: 'agent-left' });
    } finally {
      Logger.overrideLogger(false);
    }
    expect(texts.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ area: 'Agents', event: 'results-dropped', dropped: 1, level: 'warn' }),
    ]);
  });
});

it('is text at a terminal', () => {
  const [line] = lines((log) => log.info({ event: 'agent-left', agentId: 'a-1' }), true);
  expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} .*info.* agent-left agentId=a-1\n$/);
});

it('carries the ids of what is being done', async () => {
  const { stream, texts } = kept();
  const log = createLog('info', stream);
  await correlated({ connectionId: 'c-1' }, async () => {
    await Promise.resolve();
    log.info({ event: 'inside' });
  });
  log.info({ event: 'outside' });
  const [inside, outside] = texts.map((line) => JSON.parse(line) as { connectionId?: string });
  expect(inside).toMatchObject({ event: 'inside', connectionId: 'c-1' });
  expect(outside).not.toHaveProperty('connectionId');
});

it.each([
  ['a good one', '7f1c0a52-b2c3', '7f1c0a52-b2c3'],
  ['none', undefined, null],
  ['an empty one', '', null],
  ['only what is taken out', '\r\n"}', null],
  ['a line of its own', 'a\r\n{"level":"error"}', 'alevel:error'],
  ['a long one', 'x'.repeat(500), 'x'.repeat(64)],
  ['two', ['first', 'second'], 'first'],
])('cleans the id of a caller: %s', (_, header, id) => {
  expect(callerIdIn(header)).toBe(id);
});
