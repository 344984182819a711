/** A message of a round trip. */
export const ROUND_TRIP = [
  'From: "Ada, of Contoso" <ada@contoso.example>',
  'To: support@contoso.example',
  'Subject: Round trip',
  'Message-ID: <one@mailpath.example>',
  'Date: Wed, 25 Nov 2026 01:00:00 +0000',
  '',
  'Hello.',
  '',
].join('\r\n');
