import type { CheckResult } from '@mailpath/protocol';
import { distinct, getsThrough, type Look, placeOf, siblings } from '../look.ts';
import { majority } from '../majority.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { type ClueOf, defineRule, placePart } from '../rule.ts';

/** Who issues certificates for Microsoft's hosts (Microsoft 365 certificate chains; their own authorities since 2020). */
const EXPECTED = ['DigiCert Inc', 'Microsoft Corporation', 'Entrust', 'GlobalSign'];
const SOON_MS = 14 * 24 * 3_600_000;

const leaf = ({ evidence }: CheckResult) => evidence.tls?.chain[0];
const issuerOf = (result: CheckResult): string => leaf(result)?.issuer ?? '';
/** The O of a name in one line, or the CN where there is none. */
export function organisation(name: string): string {
  return (
    /(?:^|, |\n)O=([^,\n]+(?:, Inc\.?)?)/.exec(name)?.[1] ?? /(?:^|, |\n)CN=([^,\n]+)/.exec(name)?.[1] ?? name
  );
}
const isOf = (issuer: string, organisations: readonly string[]): boolean =>
  organisations.some((each) => organisation(issuer).toLowerCase().startsWith(each.toLowerCase()));

const trustedAt = ({ results }: { results: readonly CheckResult[] }): CheckResult[] =>
  results.filter((result) => getsThrough(result) && result.evidence.tls?.trusted === true);
const ofMicrosoft = ({ target }: CheckResult): boolean => isMicrosofts(target.host);
const throughProxy = ({ evidence }: CheckResult): boolean => evidence.proxy !== undefined;

/** What siblings were shown at the same place. */
const shownTo = (look: Look, result: CheckResult): CheckResult[] =>
  siblings(look).flatMap((other) => trustedAt(other).filter((each) => placeOf(each) === placeOf(result)));

/**
 * Interception by a CA that this machine trusts: every check is green, and only the issuer tells. By itself a new issuer of
 * Microsoft's looks the same, so alone it is no more than possible.
 */
export const otherIssuer = defineRule({
  id: 'tls.other-issuer',
  items: ['X6'],
  owner: 'proxy',
  observes: true,
  confidence: ({ machine, usual, spread }) => {
    if (spread === 'all') return machine ? 'likely' : 'possible';
    return machine || usual.length > 0 ? 'likely' : 'possible';
  },
  find: (look): readonly ClueOf<'tls.other-issuer'>[] => {
    const odd = trustedAt(look.server).filter(
      (result) =>
        ofMicrosoft(result) &&
        !isOf(issuerOf(result), look.site.facts.expectedIssuers ?? []) &&
        (result.evidence.tls?.anchor === 'machine' || !isOf(issuerOf(result), EXPECTED)),
    );
    return [...Map.groupBy(odd, issuerOf)].map(([issuer, results]) => ({
      about: issuer,
      results,
      counts: 'warn',
      evidence: results.map(
        (result) =>
          `${placeOf(result)}: issuer ${issuer}; root ${result.evidence.tls?.anchor ?? 'unknown'}; ${leaf(result)?.fingerprint256}`,
      ),
      details: {
        issuer,
        usual: distinct(results.flatMap((result) => shownTo(look, result).map(issuerOf)))
          .filter((each) => each !== issuer)
          .toSorted(),
        machine: results.some(({ evidence }) => evidence.tls?.anchor === 'machine'),
      },
    }));
  },
});

/** Siblings that agree on a newer version at the same place. */
export const olderVersion = defineRule({
  id: 'tls.older-version',
  items: ['X6'],
  owner: 'proxy',
  confidence: 'possible',
  observes: true,
  find: (look): readonly ClueOf<'tls.older-version'>[] => {
    const older = trustedAt(look.server).flatMap((result) => {
      const votes = shownTo(look, result).map((each) => ({
        server: '',
        value: each.evidence.tls?.version ?? '',
      }));
      const usual = majority(votes)?.value ?? '';
      const version = result.evidence.tls?.version ?? '';
      return usual > version && !throughProxy(result) ? [{ result, version, usual }] : [];
    });
    return [...Map.groupBy(older, ({ version }) => version)].flatMap(([version, each]) => {
      const [first] = each;
      if (!first) return [];
      const results = each.map(({ result }) => result);
      return [
        {
          about: version,
          results,
          counts: 'warn',
          evidence: results.map((result) => `${placeOf(result)}: ${version} ${result.evidence.tls?.cipher}`),
          details: { version, usual: first.usual },
        },
      ];
    });
  },
});

export const expiresSoon = defineRule({
  id: 'tls.expires-soon',
  items: ['X6'],
  owner: ({ spread }) => (spread === 'all' ? 'microsoft' : 'proxy'),
  confidence: 'possible',
  observes: true,
  find: ({ server }): readonly ClueOf<'tls.expires-soon'>[] => {
    const near = trustedAt(server).filter(
      (result) => Date.parse(leaf(result)?.validTo ?? '') - Date.parse(result.startedAt) < SOON_MS,
    );
    return [...Map.groupBy(near, placeOf)].flatMap(([place, results]) => {
      const [first] = results;
      const certificate = first && leaf(first);
      if (!certificate) return [];
      return [
        {
          about: place,
          part: placePart(first),
          results,
          counts: 'warn',
          evidence: [`${place}: ${certificate.subject}; ${certificate.validFrom} to ${certificate.validTo}`],
          details: { until: certificate.validTo.slice(0, 10), issuer: certificate.issuer },
        },
      ];
    });
  },
});
