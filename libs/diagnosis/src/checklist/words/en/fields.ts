import type { Harm } from '../../../settings/authorize-parameters.ts';
import type { Oddity } from '../../../settings/field-text.ts';

const ODD: Readonly<Record<Oddity, string>> = {
  'broken-unicode': 'half a character',
  control: 'a control character, such as a tab or a line break',
  'byte-order-mark': 'a byte order mark, which is not seen',
  'zero-width': 'a character of no width, which is not seen',
  'odd-blank': 'a blank that is none of the keyboard’s',
  'blank-at-end': 'a blank at its beginning or end',
  blank: 'a blank',
  quote: 'a quotation mark',
  'html-entity': 'an HTML entity in place of its character',
  'encoded-twice': 'text that was percent-encoded twice',
};
const HARM: Readonly<Record<Harm, string>> = {
  'picks-user':
    'the sign-in may be taken over by a session or by single sign-on, so that the token is that of the user of the workstation',
  'no-code': 'the code stays in the browser and never comes to ECE',
  unsupported: 'Entra ID does not support it here: the request is refused, or goes on without what it says',
  'demands-more': 'the sign-in must prove more than a server can prove when it refreshes the token later',
  secret: 'a secret, or what stands for one, must not stand in an address, which browsers and proxies record',
};

export const fields = {
  'field.odd': (field: string, oddities: readonly Oddity[]) =>
    `The field ${field} holds ${oddities.map((one) => ODD[one] ?? one).join(' and ')}, which no such field should hold.`,
  'field.correct': (field: string) =>
    `Empty ${field} where it is entered, and type it by hand; another copy would bring the same characters.`,
  'parameter.repeated': (name: string) =>
    `The parameter ${name} stands there more than once, which OAuth forbids (RFC 6749, section 3.1).`,
  'parameter.once': (name: string) => `Leave one ${name} in the authorization URL of ECE.`,
  'parameter.harmful': (harm: Harm, name: string) => `The parameter ${name} does harm here: ${HARM[harm]}.`,
  'parameter.take-out': (name: string) => `Take ${name} out of the authorization URL of ECE.`,
  'parameter.unknown': (name: string) =>
    `The parameter ${name} is none of OAuth’s, OpenID Connect’s or Entra ID’s that is known here; what it does cannot be told.`,
  'parameter.see': (name: string) =>
    `See where ${name} comes from, and take it out unless something needs it.`,
  'parameter.known': (needed: readonly string[], harmless: readonly string[]) =>
    `Needed parameters: ${needed.join(', ')}. Parameters that do no harm: ${harmless.length > 0 ? harmless.join(', ') : 'none'}.`,
};
