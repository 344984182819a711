/** How the first words of each protocol look; the order matters only where one could be taken for another. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/^\* (?:OK|BYE|PREAUTH)\b/i, 'an IMAP server'],
  [/^(?:\+OK|-ERR)\b/i, 'a POP3 server'],
  [/^SSH-\d/, 'an SSH server'],
  [/^HTTP\/\d/, 'a web server'],
  [/^\s*(?:<\?xml|<!doctype html|<html|<head)/i, 'a web page'],
  [/^(?:220|421|554)(?:[ -]|$)/, 'an SMTP or FTP server'],
];

/** Who talks like that, such as `a POP3 server`; null for what is nobody's first line. */
export function speakerOf(line: string): string | null {
  return SPOKEN.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

/**
 * A remark for the end of a sentence when somebody else's protocol is spoken than `wanted` (one of `speakerOf`'s
 * words).
 */
export function otherSpeaker(line: string, wanted: string): string {
  const speaker = speakerOf(line);
  return speaker === null || speaker === wanted ? '' : `; ${speaker} talks like that`;
}

/** Whether these first bytes are a TLS record (RFC 8446, section 5.1), which no line of text begins like. */
export function looksLikeTls(bytes: Uint8Array): boolean {
  const [type = 0, major, minor = 9] = bytes;
  return type >= 0x14 && type <= 0x17 && major === 0x03 && minor <= 0x04;
}
