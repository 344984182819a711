/** States of the resolver (RFC 1035, 6891, 7766), by id. */
export const DNS_FAULTS = {
  'dns-closed': 'nobody answers at the port of the resolver',
  'dns-nxdomain': 'the name does not exist',
  'dns-nodata': 'the name exists and has no such record',
  'dns-servfail': 'the resolver failed',
  'dns-refused': 'the resolver does not answer this client',
  'dns-formerr': 'the resolver takes the question for malformed',
  'dns-formerr-edns': 'the resolver takes a question with EDNS for malformed, and answers one without',
  'dns-notimp': 'the resolver does not do this kind of question',
  'dns-silent': 'the resolver says nothing',
  'dns-truncated': 'the answer over UDP is cut short; tcp says what becomes of the question over TCP',
  'dns-slow': 'the answer comes late (delayMs)',
  'dns-addresses': 'the name leads to other addresses (addresses)',
  'dns-loopback': 'the name leads to 0.0.0.0 and to no IPv6 address, as a filter answers',
  'dns-alias':
    'the name is an alias; the last of aliases has the addresses, or nothing has where the chain ends in a circle',
} as const;

export type DnsFault = keyof typeof DNS_FAULTS;

export const isDnsFault = (id: string): id is DnsFault => Object.hasOwn(DNS_FAULTS, id);
