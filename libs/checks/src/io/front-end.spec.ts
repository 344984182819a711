import { expect, test } from 'vitest';
import { frontEndInBanner, frontEndInBrackets } from './front-end.ts';

const coded = (name: string) => Buffer.from(name, 'utf16le').toString('base64');
const NAME = 'FR0P281CA0041.DEUP281.PROD.OUTLOOK.COM';

test.each([
  `* OK The Microsoft Exchange IMAP4 service is ready. [${coded(NAME)}]`,
  `+OK Microsoft Exchange POP3 server ready (tcpproxy/15.20.9137.005). [${coded(NAME)}] `,
])('"%s" names its front end', (greeting) => {
  expect(frontEndInBrackets(greeting)).toBe(NAME);
});

test('an odd end of base64 is read too', () => {
  expect(frontEndInBrackets('+OK ready [RgBSADAAUAA=]')).toBe('FR0P');
});

test.each([
  ['no brackets', '* OK ready'],
  ['empty brackets', '* OK ready []'],
  ['capabilities', '* OK [CAPABILITY IMAP4rev1] ready'],
  ['a word that is base64 by chance', '* OK ready [ABCD]'],
  ['an odd number of bytes', `* OK [${Buffer.from('abc').toString('base64')}]`],
  ['UTF-8 instead', `* OK [${Buffer.from('mail.example.test1').toString('base64')}]`],
  ['no padding', `* OK [${coded('FR0P').replace('=', '')}]`],
  ['bits left over', '* OK [RgBSADAAUAB=]'],
  ['the URL alphabet', '* OK [_-8A]'],
  ['something behind it', `* OK [${coded(NAME)}] and more`],
  ['a name with a blank', `* OK [${coded('my host')}]`],
  ['a name with a control', `* OK [${coded('host\u0007')}]`],
  ['a name that is too long', `* OK [${coded('a'.repeat(254))}]`],
  ['more than anybody’s name', `* OK [${coded('a'.repeat(60_000))}]`],
  ['a lone surrogate', `* OK [${Buffer.from([0x00, 0xd8]).toString('base64')}]`],
])('%s is no name', (_, greeting) => {
  expect(frontEndInBrackets(greeting)).toBeNull();
});

test.each([
  [
    '220 AM0PR02CA0134.outlook.office365.com Microsoft ESMTP MAIL Service ready',
    'AM0PR02CA0134.outlook.office365.com',
  ],
  ['220-mail.test hello', 'mail.test'],
  ['220 mail', 'mail'],
  ['220 ****************************', null],
  ['220 ', null],
  ['220', null],
  ['250 mail.test', null],
  ['220 -mail.test', null],
  ['220 mail..test', null],
])('the banner "%s" names %s', (banner, name) => {
  expect(frontEndInBanner(banner)).toBe(name);
});
