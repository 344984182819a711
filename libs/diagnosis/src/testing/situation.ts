import type { Confidence, Owner } from '@mailpath/protocol';
import type { ServerResults, SiteFacts } from '../look.ts';

/** A site in which one rule has something to say, and what it must say. */
export interface Situation {
  servers: readonly ServerResults[];
  site?: SiteFacts;
  /** The servers it must name, where it is not svc01 alone. */
  names?: readonly string[];
  owner: Owner;
  /** The main item of the checklist. */
  item: string;
  confidence?: Confidence;
  /** A part of the sentence that only these facts can lead to. */
  says: string;
}
