import type { RuleId } from '../words/catalogue.ts';
import type { Fixture } from './fixtures.ts';
import { PATH_FIXTURES } from './path-fixtures.ts';
import { SIGN_IN_FIXTURES } from './sign-in-fixtures.ts';
import { TLS_FIXTURES } from './tls-fixtures.ts';

/** A site for every rule in which it speaks. A rule without one does not compile. */
export const FIXTURES: Record<RuleId, Fixture> = { ...PATH_FIXTURES, ...TLS_FIXTURES, ...SIGN_IN_FIXTURES };
