import { addresses } from './ja/addresses.ts';
import { authorizeUrl } from './ja/authorize-url.ts';
import { fields } from './ja/fields.ts';
import { items } from './ja/items.ts';
import { mailbox } from './ja/mailbox.ts';
import { token } from './ja/token.ts';
import { version } from './ja/version.ts';
import type { words as en } from './en.ts';

/** Every sentence in Japanese. */
export const words: typeof en = {
  ...version,
  ...addresses,
  ...authorizeUrl,
  ...fields,
  ...token,
  ...mailbox,
  ...items,
};
