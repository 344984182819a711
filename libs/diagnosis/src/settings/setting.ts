import type {
  CheckResult,
  Cloud,
  InboundProtocol,
  Language,
  SettingState,
  SettingVerdict,
} from '@mailpath/protocol';
import { inWords, type Told } from '../checklist/words/catalogue.ts';

/** What is entered of a site; null where nothing is. */
export interface SiteSettings {
  name: string;
  version: string | null;
  esLevel: string | null;
  externalUrl: string | null;
  adminConsoleUrl: string | null;
  redirectUri: string | null;
  cloud: Cloud;
  tenant: string | null;
  clientId: string | null;
  inboundProtocol: InboundProtocol;
}

/** What is entered of a mailbox; null where nobody has looked. `name` is its target name in results. */
export interface MailboxSettings {
  name: string;
  address: string;
  userName: string;
  licence: string | null;
  imapEnabled: boolean | null;
  popEnabled: boolean | null;
  smtpAuthEnabled: boolean | null;
}

/** A result with the name of the server that it comes from. */
export interface Seen {
  server: string;
  result: CheckResult;
}

/** A verdict on a setting, without a language. */
export interface Judgement extends Omit<SettingVerdict, 'sentence' | 'nextStep'> {
  sentence: Told;
  nextStep: Told | null;
}

/** A judgement in words. */
export function verdictIn(language: Language): (judgement: Judgement) => SettingVerdict {
  return ({ sentence, nextStep, ...judgement }) => ({
    ...judgement,
    sentence: inWords(sentence, language),
    nextStep: nextStep && inWords(nextStep, language),
  });
}

type Says = (sentence: Told, nextStep: Told | null, ...statements: string[]) => Judgement;

/** Makes the verdicts on one item of the checklist for one subject. */
export function verdictsOn(item: string, subject: string): { holds: Says; broken: Says; cannotTell: Says } {
  const says =
    (verdict: SettingState): Says =>
    (sentence, nextStep, ...statements) => ({ item, subject, verdict, sentence, nextStep, statements });
  return { holds: says('holds'), broken: says('broken'), cannotTell: says('cannot-tell') };
}

/** A text that a person or a server gave, short enough for a sentence. */
export function shown(text: string): string {
  const plain = text.replace(/\p{Cc}+/gu, ' ');
  return `"${plain.length > 200 ? `${plain.slice(0, 199)}…` : plain}"`;
}

/** The newest of several by the server's own clock; undefined for none. */
export function newest(seen: readonly Seen[]): Seen | undefined {
  return seen.reduce<Seen | undefined>(
    (last, one) => (last && last.result.startedAt >= one.result.startedAt ? last : one),
    undefined,
  );
}
