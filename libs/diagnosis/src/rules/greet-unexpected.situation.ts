import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const greetUnexpected: Situation = {
  servers: [imap('greet', 'unexpected-reply', { unexpected: { line: 'HTTP/1.1 400' } })],
  owner: 'network',
  item: 'C10',
  says: 'HTTP/1.1 400',
};
