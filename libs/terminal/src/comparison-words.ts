import type { Language } from '@mailpath/protocol';

interface ComparisonWords {
  /** A result is missed. */
  noData: string;
  /** The result is older than the schedule explains. */
  old: string;
  /** Says what the signs mean. */
  legend: string;
}

/** The words of the comparison as text. Outcomes, phases and codes are those of the protocol in every language. */
export const COMPARISON_WORDS: Record<Language, ComparisonWords> = {
  en: {
    noData: 'no data',
    old: 'old',
    legend: '≠ unlike the other servers of its role    – not asked of that role',
  },
  ja: {
    noData: 'データなし',
    old: '古い結果',
    legend: '≠ 同じ役割のほかのサーバーと異なる    – この役割では確認しない',
  },
};
