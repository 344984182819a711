import type { Phase } from '@mailpath/protocol';
import { expect, test } from 'vitest';
import { codeOf, failureOf, mostTelling } from './failure.ts';
import { DeadlinePassed, PathError, UnexpectedReply } from './path-error.ts';

const withCode = (code: string, message = code) => Object.assign(new Error(message), { code });
const at = (phase: Phase) => ({
  phase,
  host: 'outlook.office365.com',
  port: 993,
  address: '52.97.1.2',
  waitedMs: 4_940,
});

test.each([
  ['ENOTFOUND', 'not-found'],
  ['ENODATA', 'not-found'],
  ['EAI_AGAIN', 'resolver-failed'],
  ['ESERVFAIL', 'resolver-failed'],
  ['EREFUSED', 'resolver-failed'],
  ['EFORMERR', 'resolver-failed'],
  ['ENOTIMP', 'resolver-failed'],
  ['EBADNAME', 'resolver-failed'],
  ['EOF', 'resolver-failed'],
  ['EAI_SERVICE', 'resolver-failed'],
  ['EAI_FAMILY', 'resolver-failed'],
  ['ENONAME', 'not-found'],
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EPROTO', 'tls-failed'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
  ['HPE_INVALID_CONSTANT', 'unexpected-reply'],
])('%s is %s', (system, code) => {
  expect(codeOf(withCode(system))).toBe(code);
});

test.each([
  ['a bug', new TypeError('x is not a function')],
  ['too many open files', withCode('EMFILE')],
  ['something thrown that is no error', 'oops'],
  ['nothing', undefined],
])('%s is nothing of the network', (_, error) => {
  expect(codeOf(error)).toBeNull();
  expect(failureOf(error, at('greet')).code).toBe('internal');
});

test('the cause of a wrapped error decides', () => {
  const wrapped = new TypeError('fetch failed', {
    cause: new Error('deeper', { cause: withCode('ECONNREFUSED') }),
  });
  expect(codeOf(wrapped)).toBe('refused');
});

test('of several errors the most telling decides: no route for IPv6 hides no time-out on IPv4', () => {
  expect(codeOf(new AggregateError([withCode('ENETUNREACH'), withCode('ETIMEDOUT')]))).toBe('timeout');
  expect(codeOf(new AggregateError([withCode('ETIMEDOUT'), withCode('ECONNREFUSED')]))).toBe('refused');
  expect(codeOf(Object.assign(new AggregateError([]), { code: 'ETIMEDOUT' }))).toBe('timeout');
  expect(mostTelling(['unreachable', null])).toBe('unreachable');
  expect(mostTelling([null])).toBeNull();
});

test.each<[Phase, unknown, string]>([
  ['connect', withCode('ECONNREFUSED'), 'outlook.office365.com:993 (52.97.1.2) refused the connection'],
  [
    'tls',
    withCode('ECONNRESET'),
    'outlook.office365.com:993 (52.97.1.2) reset the connection during the TLS handshake',
  ],
  [
    'connect',
    new DeadlinePassed(),
    'outlook.office365.com:993 (52.97.1.2) did not answer the connection attempt within 4.9 s',
  ],
  [
    'tls',
    new DeadlinePassed(),
    'outlook.office365.com:993 (52.97.1.2) did not complete the TLS handshake within 4.9 s',
  ],
  [
    'greet',
    new DeadlinePassed(),
    'outlook.office365.com:993 (52.97.1.2) did not complete its greeting within 4.9 s',
  ],
  [
    'starttls',
    new DeadlinePassed(),
    'outlook.office365.com:993 (52.97.1.2) did not answer STARTTLS within 4.9 s',
  ],
  [
    'authenticate',
    new DeadlinePassed(),
    'outlook.office365.com:993 (52.97.1.2) did not complete the login within 4.9 s',
  ],
  [
    'connect',
    withCode('EHOSTUNREACH'),
    'outlook.office365.com:993 (52.97.1.2) cannot be reached (EHOSTUNREACH: a router or firewall on the path says so, or nobody answers on the local network)',
  ],
  [
    'greet',
    new PathError('closed', 'closed the connection'),
    'outlook.office365.com:993 (52.97.1.2) closed the connection',
  ],
  [
    'resolve',
    withCode('ENOTFOUND'),
    "outlook.office365.com has no address according to this machine's resolver (ENOTFOUND)",
  ],
  [
    'resolve',
    withCode('EAI_AGAIN'),
    "this machine's resolver gave no usable answer for outlook.office365.com (EAI_AGAIN)",
  ],
  [
    'resolve',
    new DeadlinePassed(),
    "this machine's resolver gave no answer for outlook.office365.com within 4.9 s",
  ],
  ['http', new TypeError('no'), 'Mailpath itself failed in the phase http: TypeError: no'],
])('in the phase %s one sentence of fact: %#', (phase, error, message) => {
  expect(failureOf(error, at(phase)).message).toBe(message);
});

test('a reply is quoted shortened, and what cannot be shown is not', () => {
  const { message } = failureOf(new UnexpectedReply(`554 \u001b[2J${'x'.repeat(5000)}`, '220'), at('greet'));
  expect(message).toContain('answered "554 \ufffd[2Jxxx');
  expect(message).toMatch(/…" where 220 was expected$/);
  expect(message.length).toBeLessThan(400);
});

test('an IPv6 address stands in brackets, and an address is not told twice', () => {
  const where = { ...at('connect'), host: '2001:db8::1', address: '2001:db8::1' };
  expect(failureOf(withCode('ECONNREFUSED'), where).message).toBe('[2001:db8::1]:993 refused the connection');
});
