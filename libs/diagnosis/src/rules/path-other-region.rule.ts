import type { CheckResult } from '@mailpath/protocol';
import { farther, roundTripLines } from '../evidence/round-trips.ts';
import { censusOfServers, leading } from '../census.ts';
import { kept } from '../kept.ts';
import { distinct, getsThrough, endpointOf, type RuleContext, type ServerView } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** A front end of another region matters where it costs time. */
const FARTHER_TIMES = 1.5;

const FARTHER_MS = 20;

const frontEndOf = ({ evidence }: CheckResult): string | null =>
  evidence.imap?.frontEnd ?? evidence.pop3?.frontEnd ?? evidence.smtp?.frontEnd ?? null;

/** The site that Microsoft's names begin with: `AM0PR02CA0134.outlook.office365.com` is in AM. */
const regionOf = (frontEnd: string): string | null =>
  /^([A-Z]{2})\d[A-Z]{1,3}\d/i.exec(frontEnd)?.[1]?.toUpperCase() ?? null;

const regionAt = kept(({ results }: ServerView): string | null => {
  const regions = distinct(results.flatMap((result) => regionOf(frontEndOf(result) ?? '') ?? []));
  return regions.length === 1 ? (regions[0] ?? null) : null;
});

/** Once for each server that is served from one region alone. */
const regions = censusOfServers<string>((server) => {
  const region = regionAt(server);
  return region === null ? [] : [['', region]];
});
const regionsOfSiblings = (context: RuleContext): ReadonlyMap<string, number> => regions(context, '');

export const pathOtherRegion = defineRule({
  id: 'path.other-region',
  items: ['C9'],
  owner: 'network',
  confidence: 'possible',
  comparesOnly: true,
  words: words<{ frontEnds: string[]; usual: string[] }>({
    en: {
      sentence: ({ frontEnds, usual }) =>
        `Front ends of another region answer: ${en.list(frontEnds)}, on siblings ${en.list(usual)}.`,
      cause: () =>
        'The resolver or the internet exit of this server lies elsewhere, so that Microsoft serves it from farther away.',
      nextStep: (p) =>
        `If it is not meant to be so, give ${en.here(p)} the resolver and the exit of its siblings.`,
    },
    ja: {
      sentence: ({ frontEnds, usual }) =>
        `別の地域のフロント エンドが応答しています: ${ja.list(frontEnds)} (ほかのサーバーでは ${ja.list(usual)})。`,
      cause: () =>
        'このサーバーのリゾルバーまたはインターネット出口が別の場所にあるため、Microsoft が遠い拠点から応答しています。',
      nextStep: (p) =>
        `意図した構成でなければ、${ja.here(p)}にほかのサーバーと同じリゾルバーと出口を使わせてください。`,
    },
  }),
  claims: ({ places, frontEnds }) =>
    frontEnds.map((value) => ({ claim: 'shown', what: 'front-end', value, endpoints: places })),
  find: (context) => {
    const own = regionAt(context.server);
    const results = context.server.results.filter(
      (result) => getsThrough(result) && frontEndOf(result) !== null,
    );
    const costs = farther(context, FARTHER_TIMES, FARTHER_MS);
    if (own === null || results.length === 0 || costs.length === 0) return [];
    const usual = leading(regionsOfSiblings(context));
    if (usual === null || usual === own) return [];
    return [
      {
        about: 'region',
        results,
        weighAs: 'info',
        evidence: [
          ...results.map((result) => `${endpointOf(result)}: ${frontEndOf(result)}`),
          ...roundTripLines(costs),
        ],
        details: { frontEnds: [own], usual: [usual] },
      },
    ];
  },
});
