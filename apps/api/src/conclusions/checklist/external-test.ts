import { z } from 'zod';
import { freeText, Moment, shownText } from '../../platform/fields.ts';

/** Body of `PUT /v1/sites/{siteId}/external-test`. */
export const ExternalTestRecord = z
  .strictObject({
    /** Whether "IMAP Email" or "POP Email" passed (S66). */
    passed: z.boolean(),
    testedAt: Moment,
    /** Who ran it. */
    by: shownText(100),
    /** Such as the step that failed. */
    note: freeText(1_000).nullable().default(null),
  })
  .meta({ id: 'ExternalTestRecord' });
export type ExternalTestRecord = z.infer<typeof ExternalTestRecord>;
