import { placeOf } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';

export const ownFault = defineRule({
  id: 'mailpath.internal',
  items: ['X8'],
  owner: 'mailpath',
  confidence: 'certain',
  find: eachResult<'mailpath.internal'>({
    applies: ({ failure }) => failure?.code === 'internal',
    about: ({ check }) => check,
    details: nothing,
  }),
});

export const onlyTogether = defineRule({
  id: 'connect.only-together',
  items: ['C10'],
  owner: 'network',
  confidence: 'possible',
  find: eachResult<'connect.only-together'>({
    applies: ({ outcome, repeats }) => outcome === 'pass' && repeats !== null,
    about: () => 'together',
    part: nothing,
    details: nothing,
    evidence: (results) =>
      results.map((result) => `${placeOf(result)}: second look ${result.id} of ${result.repeats}`),
  }),
});

export const unexplained = defineRule({
  id: 'mailpath.unexplained',
  items: ['C10'],
  owner: 'unknown',
  confidence: 'possible',
  find: eachResult<'mailpath.unexplained'>({
    applies: () => true,
    about: (result) => `${result.check} ${placeOf(result)}`,
    details: ([{ failure, reason }]) => ({ line: failure?.message ?? reason ?? '' }),
  }),
});
