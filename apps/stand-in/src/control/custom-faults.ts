/** Answers in words of one's own, as faults are listed. */
export const CUSTOM_FAULTS = [
  { id: 'mail-answer', at: 'mail', meaning: 'any lines at any step of IMAP, POP3 or SMTP (mail)' },
  { id: 'entra-answer', at: 'web', meaning: 'any AADSTS number with any text and error word (entra)' },
  { id: 'web-answer', at: 'web', meaning: 'any status, headers and body over HTTPS (web)' },
] as const;
