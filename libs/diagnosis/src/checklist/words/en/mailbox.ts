const SOURCE =
  "Cisco's checklist asks for E3 at least; Microsoft itself asks for a licensed mailbox with the protocols on.";

export const mailbox = {
  'switch.signed-in': (protocol: string, server: string) => `${protocol} is on: ${server} signed in by it.`,
  'switch.correct-entry': () => 'It is entered as off; correct that here.',
  'switch.said-off': (protocol: string, server: string) =>
    `${protocol} is off: Exchange said so to ${server}.`,
  'switch.entered-off': (protocol: string) => `${protocol} is entered as off.`,
  'switch.turn-on': (user: string, option: string) => `Set-CASMailbox ${user} ${option}`,
  'switch.refused': (protocol: string, server: string) =>
    `Exchange refused ${server} by ${protocol}, in words that may mean the switch or something else.`,
  'switch.see-first': (user: string) =>
    `See Get-CASMailbox ${user} first, then the token and the permissions on the mailbox.`,
  'switch.entered-on': (protocol: string) => `${protocol} is entered as on.`,
  'switch.unknown': (protocol: string, address: string) =>
    `Whether ${protocol} is on for ${address} is not entered, and no server has signed in by it.`,
  'switch.look': (user: string) => `Look at Get-CASMailbox ${user}, and enter it here.`,
  'licence.missing': () => 'The licence of the mailbox is not entered.',
  'licence.missing-opened': (server: string) =>
    `The licence is not entered; ${server} opened the mailbox, so it has one.`,
  'licence.enter': () => `Enter it here. ${SOURCE}`,
  'licence.enough': (licence: string) => `The licence ${licence} is E3 or more.`,
  'licence.unknown': (licence: string) => `Whether the licence ${licence} counts as E3 is not known here.`,
  'licence.ask': () => `Ask Cisco. ${SOURCE}`,
  'licence.less-opened': (licence: string, server: string) =>
    `The licence ${licence} is less than E3, and ${server} opened the mailbox all the same.`,
  'licence.ask-support': () => `Ask Cisco whether it supports that. ${SOURCE}`,
  'licence.less': (licence: string) => `The licence ${licence} is less than E3.`,
  'licence.assign': () => `Assign E3 at least. ${SOURCE}`,
};
