import { PHASES } from '@mailpath/diagnosis';
import type { Language, Outcome, Phase } from '@mailpath/protocol';
import { OUTCOMES } from './steps/step-words.ts';

interface ComparisonWords {
  /** A result is missed. */
  noData: string;
  /** The result is older than the schedule explains. */
  old: string;
  outcome: (outcome: Outcome) => string;
  /** The lines of a cell that failed; in Japanese the codes stand below their words. */
  failed: (outcome: string, phase: Phase, code: string, sign: string) => string[];
  /** Says what the signs mean. */
  legend: string;
}

/** The words of the comparison as text. Codes are those of the protocol in every language. */
export const COMPARISON_WORDS: Record<Language, ComparisonWords> = {
  en: {
    noData: 'no data',
    old: 'old',
    // Without colours a failure must be found by the eye as well.
    outcome: (outcome) => (outcome === 'fail' ? 'FAIL' : outcome),
    failed: (outcome, phase, code, sign) => [`${outcome} ${phase}${sign}`, code],
    legend: '≠ unlike the other servers of its role    – not asked of that role',
  },
  ja: {
    noData: 'データなし',
    old: '古い結果',
    outcome: (outcome) => OUTCOMES[outcome].ja,
    failed: (outcome, phase, code, sign) => [`${outcome}${sign}`, PHASES[phase].ja, `(${phase})`, code],
    legend:
      '≠ 同じ役割のほかのサーバーと異なる    – この役割では確認しない    合格 pass、警告付きで合格 warn、失敗 fail、スロットリング throttled、未実行 skipped',
  },
};
