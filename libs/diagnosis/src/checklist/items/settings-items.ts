import { type CheckWith } from '@mailpath/protocol';
import { isTokenCheck } from '../../sign-in/sign-in.ts';
import type { Known, Verdict } from '../known.ts';
import { inconclusive } from '../inconclusive.ts';
import { worstOf } from '../combine.ts';
import { say } from '../words/catalogue.ts';

const NO_TOKEN = { sentence: say('told.none'), needed: say('need.token') };

/**
 * The judgements on the site's own settings, with those of servers and tokens, which may break an item and never keep
 * it open.
 */
function ofSite(known: Known, item: string, check: CheckWith<{ kind: 'set-up' }> | null): Verdict {
  const judgements = known.judgements.filter(
    (one) => one.item === item && (one.subject === known.site.name || one.verdict !== 'cannot-tell'),
  );
  const evidence = known.fresh.filter(({ result }) => result.check === check);
  return worstOf(judgements, evidence) ?? inconclusive({ fresh: [], stale: [], none: NO_TOKEN }, []);
}

/** C1: what is entered. */
export const version = (known: Known): Verdict => ofSite(known, 'C1', null);

/** C2: what is entered, and what servers see of it. */
export const externalUrl = (known: Known): Verdict => ofSite(known, 'C2', 'https.external-url');

/** C3: what is entered, what Entra answers to it, and whose application the tokens are of. */
export const redirectUri = (known: Known): Verdict => ofSite(known, 'C3', 'https.redirect-uri');

/** C4: what the tokens say of their times. */
export function tokenLifetime(known: Known): Verdict {
  const isToken = ({ result }: Known['fresh'][number]): boolean => isTokenCheck(result);
  const fresh = known.fresh.filter(isToken);
  const judgements = known.judgements.filter(({ item }) => item === 'C4');
  return (
    worstOf(judgements, fresh) ??
    inconclusive({ fresh, stale: known.stale.filter(isToken), none: NO_TOKEN }, ['S26'])
  );
}

/** C11: what a person recorded of Microsoft's own test. */
export function externalTest({ externalTest: test }: Known): Verdict {
  const common = { statements: ['S62', 'S63', 'S66', 'S67'], evidence: [] };
  if (!test)
    return {
      ...common,
      verdict: 'cannot-tell',
      sentences: [say('external-test.missing')],
      nextSteps: [say('external-test.run')],
    };
  const note = test.note === null ? [] : [say('external-test.note', test.note)];
  return test.passed
    ? {
        ...common,
        verdict: 'holds',
        sentences: [say('external-test.passed', test.by, test.testedAt), ...note],
        nextSteps: [],
      }
    : {
        ...common,
        verdict: 'broken',
        sentences: [say('external-test.failed', test.by, test.testedAt), ...note],
        nextSteps: [say('external-test.mend')],
      };
}
