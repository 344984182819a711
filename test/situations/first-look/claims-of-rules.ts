import type { Finding } from '@mailpath/protocol';
import type { Claim } from './claim.ts';

/**
 * What a finding claims, by its rule and, where one rule speaks of several causes, by its params. Kept apart from the
 * situations, so that whoever writes those need not know the rules; whoever builds the rules writes it, before a set is
 * judged for the first time.
 */
export const CLAIMS_OF_RULES: Readonly<Record<string, (finding: Finding) => readonly Claim[]>> = {};

export const claimsOf = (finding: Finding): readonly Claim[] =>
  CLAIMS_OF_RULES[finding.rule]?.(finding) ?? [];
