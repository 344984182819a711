import { addresses } from './en/addresses.ts';
import { authorizeUrl } from './en/authorize-url.ts';
import { fields } from './en/fields.ts';
import { items } from './en/items.ts';
import { mailbox } from './en/mailbox.ts';
import { token } from './en/token.ts';
import { version } from './en/version.ts';

/** Every sentence in English; its keys are the ids of the sentences. */
export const words = { ...version, ...addresses, ...authorizeUrl, ...fields, ...token, ...mailbox, ...items };
