/** Answers that no table has, in any words: for the rehearsal of what nobody has met yet. */

/** Of a mail service. */
export interface MailAnswer {
  /** A step of the conversation (`login`), or a command (`SELECT`, `STAT`, `DATA`). */
  step: string;
  /**
   * Lines without their end, in UTF-8; none: nothing is said. Places are filled as in every answer (`<t>` is IMAP's
   * tag).
   */
  lines: readonly string[];
  /** What becomes of the connection after it; it stays unless told. */
  connection?: 'stays' | 'ends' | 'resets' | 'stalls';
  /** Seconds until it is said. */
  delaySeconds?: number;
}

/** Where Entra ID is asked. */
export type EntraEndpoint =
  'authorize' | 'token' | 'device-code' | 'device-sign-in' | 'discovery' | 'keys' | 'instance';

/** A refusal of Entra ID by number and words; on the page where the browser asks, as JSON where a program does. */
export interface CustomEntraAnswer {
  endpoint: EntraEndpoint;
  /** What follows `AADSTS`. */
  code: number;
  /** RFC 6749, section 5.2; any word. */
  error: string;
  suberror?: string;
  /** What follows `AADSTS<code>: `. */
  text: string;
  /** HTTP status; 400 unless told. */
  status?: number;
}

/** Who answers over HTTPS: an endpoint of Entra ID, Outlook's web side, ECE's external URL. */
export type WebEndpoint = EntraEndpoint | 'exchange' | 'ece';

/** Any answer of HTTP. */
export interface WebAnswer {
  endpoint: WebEndpoint;
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}
