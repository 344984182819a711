/** Base64 in brackets at the end of a line. */
const IN_BRACKETS = /\[([A-Za-z0-9+/]+={0,2})\]$/;
const HOST_NAME =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
/** Twice the longest host name, in base64, and some. */
const LONGEST = 700;

/**
 * The front end's name in an IMAP or POP3 greeting of Exchange's: base64 of UTF-16LE in brackets at the end. Null when
 * it is not exactly that, so that nobody's noise is shown as a name.
 */
export function frontEndInBrackets(greeting: string): string | null {
  const [, encoded] = IN_BRACKETS.exec(greeting.trimEnd()) ?? [];
  if (encoded === undefined || encoded.length > LONGEST) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length % 2 !== 0 || bytes.toString('base64') !== encoded) return null;
  return hostName(bytes.toString('utf16le'));
}

/**
 * The first word of an SMTP greeting, where it is a host's name; a firewall that masks the greeting writes asterisks.
 */
export function frontEndInBanner(greeting: string): string | null {
  return hostName(/^220[ -](\S+)/.exec(greeting)?.[1] ?? '');
}

function hostName(text: string): string | null {
  return HOST_NAME.test(text) ? text : null;
}
