import { say } from '../checklist/words/catalogue.ts';
import type { SeenParameter } from './authorize-parameters.ts';
import { odditiesIn } from './field-text.ts';
import { shown, type Judgement, type SiteSettings, verdictsOn } from './setting.ts';

/** Every parameter of an authorize URL: what is wrong with one by one, and the others in two sentences. */
export function judgeParameters(
  { name: site }: SiteSettings,
  parameters: readonly SeenParameter[],
): Judgement[] {
  const repeated = parameters.filter(({ times }) => times > 1);
  const odd = parameters.filter(({ oddities }) => oddities.length > 0);
  const harmful = parameters.filter(({ verdict }) => verdict === 'harmful');
  const unknown = parameters.filter(({ verdict }) => verdict === 'unknown');
  const named = (verdict: SeenParameter['verdict']): string[] =>
    parameters.filter((one) => one.verdict === verdict).map(({ name }) => shown(name));
  return [
    ...repeated.map(({ name, item }) =>
      verdictsOn(item, site).broken(
        say('parameter.repeated', shown(name)),
        say('parameter.once', shown(name)),
        'S24',
      ),
    ),
    ...odd.map(({ name, item, oddities }) =>
      verdictsOn(item, site).broken(
        say('field.odd', shown(name), oddities),
        say('field.correct', shown(name)),
        'S24',
      ),
    ),
    ...harmful.map(({ name, item, harm }) =>
      verdictsOn(item, site).broken(
        say('parameter.harmful', harm ?? 'unsupported', shown(name)),
        say('parameter.take-out', shown(name)),
        'S24',
      ),
    ),
    ...unknown.map(({ name, item }) =>
      verdictsOn(item, site).cannotTell(
        say('parameter.unknown', shown(name)),
        say('parameter.see', shown(name)),
        'S24',
      ),
    ),
    verdictsOn('X3', site).holds(say('parameter.known', named('needed'), named('harmless')), null, 'S24'),
  ];
}

/** Fields of a site that are sent or compared character by character, with the item that each is of. */
const FIELDS = [
  ['externalUrl', 'C2'],
  ['adminConsoleUrl', 'C2'],
  ['redirectUri', 'C3'],
  ['clientId', 'C3'],
  ['tenant', 'X3'],
] as const;

/** What the fields of a site hold that no field should. */
export function judgeFields(site: SiteSettings): Judgement[] {
  return FIELDS.flatMap(([field, item]) => {
    const oddities = odditiesIn(site[field] ?? '');
    return oddities.length === 0
      ? []
      : [
          verdictsOn(item, site.name).broken(
            say('field.odd', field, oddities),
            say('field.correct', field),
            'S24',
          ),
        ];
  });
}
