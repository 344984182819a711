import { Language } from '@mailpath/protocol';

/** One language range with its weight (RFC 9110, section 12.4.2): `ja-JP;q=0.8`. */
const RANGE = /^\s*(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

/**
 * The language that the caller likes best of those there are (RFC 9110, section 12.5.4; `ja-JP` is served with `ja`,
 * RFC 4647 section 3.4). English where nothing else is said, or nothing that is understood: it is never a reason to
 * refuse.
 */
export function acceptedLanguage(header: string | undefined): Language {
  const ranges = (header ?? '').split(',').flatMap((part) => {
    const [, tag, weight = '1'] = RANGE.exec(part) ?? [];
    return tag === undefined ? [] : [{ language: tag.toLowerCase().split('-')[0], weight: Number(weight) }];
  });
  const liked = Language.options.map((language) => {
    const named = ranges.filter((range) => range.language === language);
    const matching = named.length > 0 ? named : ranges.filter((range) => range.language === '*');
    const weight = Math.max(0, ...matching.map((range) => range.weight));
    return { language, weight, at: ranges.findIndex((range) => matching.includes(range)) };
  });
  const [best] = liked
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at);
  return best?.language ?? 'en';
}
