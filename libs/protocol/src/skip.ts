import { z } from 'zod';
import { evidenceText as text } from './text.ts';

/**
 * Why a check was not tried. A closed list; `about` names the thing that it is about:
 * - `no-token`: no access token could be obtained. About: the check that should have.
 * - `lease-expired`: what was lent for it was no longer good, by this server's clock. About: until when it was.
 * - `nothing-lent`: it signs in, and nothing was lent to do so. `other-grant`: what was lent is no such grant; its
 *   kind.
 * - `no-client-secret`: the application's secret is not in what was lent.
 * - `not-told`: the task lacks what to ask or where to read.
 * - `not-allowed`: this machine's administrator does not permit the place. About: the place.
 * - `unknown-check`: this agent is too old to know it.
 * - `too-many-waiting`: so many runs wait on this server already. About: how many.
 * - `no-time`: the round was over before its turn. `cut-short`: the time left for it was too short to tell anything.
 * - `called-off`: the round was ended.
 */
export const SkipCode = z.enum([
  'no-token',
  'lease-expired',
  'nothing-lent',
  'other-grant',
  'no-client-secret',
  'not-told',
  'not-allowed',
  'unknown-check',
  'too-many-waiting',
  'no-time',
  'cut-short',
  'called-off',
]);
export type SkipCode = z.infer<typeof SkipCode>;

/**
 * What stands in the evidence of a check that was not tried, beside the sentence in `reason`; agents of before have the
 * sentence alone.
 */
export const SkipEvidence = z.object({ code: SkipCode, about: text.nullable() });
export type SkipEvidence = z.infer<typeof SkipEvidence>;
