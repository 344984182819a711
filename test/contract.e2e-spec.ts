import { describe, expect, it } from 'vitest';
import { contradiction } from './support/contract.ts';

const answer = {
  method: 'GET',
  route: '/health/live',
  url: '/health/live',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  headers: {},
  request: undefined,
  body: '{"status":"ok"}',
};

describe('an answer that is held against the document', () => {
  it('passes as it is described, with and without its body', () => {
    expect(contradiction(answer)).toBeNull();
    expect(contradiction({ ...answer, method: 'HEAD', body: '' })).toBeNull();
  });

  it.each([
    ['a status that is not described', { status: 418 }, /does not say that this may be answered/],
    ['an operation that is not described', { method: 'PUT' }, /no such operation/],
    ['another kind of body', { contentType: 'text/html' }, /text\/html is not among application\/json/],
    ['no body', { body: '' }, /says that there is a body/],
    ['a value that is not in the list', { body: '{"status":"fine"}' }, /status/],
    ['a property that is missing', { body: '{}' }, /required property/],
    ['a property that is not described', { body: '{"status":"ok","since":1}' }, /additional properties/],
    ['a refusal from nowhere that is no problem', { route: null, contentType: 'text/plain' }, /no problem/],
  ])('is refused for %s', (_, changes, reason) => {
    expect(contradiction({ ...answer, ...changes })).toMatch(reason);
  });
});
