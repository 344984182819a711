/** What goes wrong with an answer: an error of the server's own (RFC 1035, section 4.1.1), or nothing at all. */
export type DnsFault =
  'formerr' | 'servfail' | 'nxdomain' | 'notimp' | 'refused' | 'silent' | 'garbage' | 'truncated';

/**
 * What a server says of a name: one thing to all questions, or its records, if any, each kind with a fault of its own.
 */
export type DnsScript =
  | DnsFault
  | {
      a?: readonly string[] | DnsFault;
      aaaa?: readonly string[] | DnsFault;
      cname?: string;
      /** Over UDP the answer is too long: it comes without records, with TC set. */
      truncated?: true;
      /** An extended error (RFC 8914) beside whatever is said. */
      extendedError?: readonly [code: number, text: string];
    };

/** How a server gets on with EDNS (RFC 6891), and whether it answers on TCP too. */
export interface DnsManners {
  edns?: 'supported' | 'ignored' | 'rejected' | 'dropped';
  /** False: nobody listens on TCP (then the connection is refused). */
  tcp?: boolean;
  /** Whether it looks names up for others. */
  recursion?: boolean;
}

/** What is said of each name (lower case); any other does not exist. */
export type DnsZone = Readonly<Record<string, DnsScript>>;
