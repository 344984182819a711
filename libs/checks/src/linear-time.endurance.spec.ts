import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { aadstsIn, firstLine } from './aadsts.ts';
import { evidenceText } from './evidence-text.ts';
import { addressRange } from './io/address-range.ts';
import { oneLine } from './io/certificate.ts';
import { childrenOf } from './io/der.ts';
import { canonicalAddress } from './io/networks.ts';
import { frontEndInBanner, frontEndInBrackets } from './io/front-end.ts';
import { imapGreetingFault } from './io/imap.ts';
import { meaningOf } from './io/mail-answers.ts';
import { isPage, titleOf } from './io/page.ts';
import { readProxyUrl } from './io/proxy-url.ts';
import { urlsIn } from './io/revocation-urls.ts';
import { speakerOf } from './io/spoken.ts';
import { decodedChallenge, shownCredential } from './io/xoauth2.ts';
import { shortened } from './path-error.ts';
import { textWithoutSecrets } from './without-secrets.ts';

const KIB_64 = 65_536;
/** Times the reading of the text once: a linear parser needs a few, one of the second degree ten thousand. */
const AT_MOST = 2_000;

/** Everything here that reads a text from outside by itself; what reads lines reads them with these. */
const PARSERS: Record<string, (text: string) => unknown> = {
  aadstsIn,
  addressRange,
  canonicalAddress,
  firstLine,
  evidenceText,
  oneLine,
  childrenOf: (text) => childrenOf(Buffer.from(text)),
  frontEndInBanner,
  frontEndInBrackets,
  imapGreetingFault,
  imapMeaning: (text) => meaningOf('imap', text),
  pop3Meaning: (text) => meaningOf('pop3', text),
  smtpMeaning: (text) => meaningOf('smtp', text),
  isPage: (text) => isPage('text/plain', text),
  titleOf,
  readProxyUrl,
  urlsIn: (text) => urlsIn(Buffer.from(text)),
  speakerOf,
  decodedChallenge,
  shownCredential,
  shortened,
  textWithoutSecrets: (text) => textWithoutSecrets(text, new Set(['a secret of some length'])),
};
/**
 * The exported functions of one text that are none of a parser's kind: they make a text, and read none from outside.
 */
const NO_PARSERS = new Set(['otherSpeaker', 'ehloName', 'timesOf', 'unexpected', 'composeProbeMessage']);

const BITS = [
  ' ',
  '\t',
  '"',
  "'",
  '[',
  ']',
  '<',
  '>',
  ',',
  '\n',
  '\r\n',
  '=',
  '%',
  '{',
  '(',
  '.',
  ':',
  '/',
  '-',
  'a',
];
const STARTS = ['<title>', '* OK ', '535 5.7.139 ', 'AADSTS', '<html', 'http://', 'user='];
const MIXES = [', ', '= ', '[ ', '" ', '%0', ' \n', 'Trace ID ', 'a, b=', '<title>'];
const TEXTS = [
  ...[...BITS, ...MIXES].map((bit) => ['', bit] as const),
  ...STARTS.flatMap((start) => [' ', 'a', ', '].map((bit) => [start, bit] as const)),
];

describe('every parser of a text from outside', () => {
  it.each(Object.entries(PARSERS))(
    '%s needs no more than some times the reading of 64 KiB',
    (_, parse) => {
      const slow = TEXTS.flatMap(([start, bit]) => {
        const text = (start + bit.repeat(KIB_64)).slice(0, KIB_64);
        const times = fastest(() => parse(text)) / fastest(() => once(text));
        return times > AT_MOST ? [`${JSON.stringify(start + bit)}: ${Math.round(times)} times`] : [];
      });
      expect(slow).toEqual([]);
    },
    120_000,
  );

  it('is in this list, where it is exported and reads one text', () => {
    const exported = [
      ...readdirSync(import.meta.dirname),
      ...readdirSync(path.join(import.meta.dirname, 'io')).map((name) => `io/${name}`),
    ]
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'))
      .flatMap((source) => [
        ...source.matchAll(/^export (?:async )?function (\w+)\(\w+: (?:string|Buffer)(?: \| undefined)?\)/gm),
      ])
      .map(([, name]) => name as string);
    expect(exported.filter((name) => !(name in PARSERS) && !NO_PARSERS.has(name))).toEqual([]);
  });
});

function once(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum += text.charCodeAt(i);
  return sum;
}

/** Of three, since anything may interrupt one of them. A refusal is an answer as good as any. */
function fastest(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const before = performance.now();
    try {
      work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
    return performance.now() - before;
  });
  return Math.max(Math.min(...times), 0.001);
}
