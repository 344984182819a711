import type { Comparison } from '@mailpath/protocol';
import type { FindingState } from '../findings/finding.query.ts';

/** A finding as far as somebody who watches is told of it; `mark` is another whenever more than results is new. */
export interface PicturedFinding {
  readonly id: string;
  readonly state: FindingState;
  readonly mark: string;
}

export interface PicturedRun {
  readonly id: string;
  readonly state: 'running' | 'done';
  readonly received: number;
  readonly expected: number;
}

/** What the rows say of a site at one moment, in one language. */
export interface LivePicture {
  /** When the site's settings were changed last. */
  readonly settingsAt: string;
  readonly comparison: Comparison;
  /** Those that are open or pending. */
  readonly findings: readonly PicturedFinding[];
  /** The newest runs. */
  readonly runs: readonly PicturedRun[];
}
