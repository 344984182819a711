import type { Language } from '@mailpath/protocol';

export interface ReportWords {
  title: string;
  made: string;
  verdict: Record<'safe' | 'watch' | 'unsafe' | 'unknown', string>;
  since: string;
  findings: string;
  noFindings: string;
  comparison: string;
  checklist: string;
  evidence: string;
  item: string;
  subject: string;
  state: Record<'holds' | 'broken' | 'cannot-tell', string>;
  why: string;
  nothing: string;
  noData: string;
  masked: string;
  /** Of results whose steps are left out. */
  more: (count: number) => string;
}

const en: ReportWords = {
  title: 'Mailpath report',
  made: 'made',
  verdict: {
    safe: 'Mail is safe.',
    watch: 'Mail works, and something needs a look.',
    unsafe: 'Mail is not safe.',
    unknown: 'It is not known whether mail is safe: no server tells anything of now.',
  },
  since: 'since',
  findings: 'Findings',
  noFindings: 'Nothing was found.',
  comparison: 'Server by server',
  checklist: 'Checklist',
  evidence: 'Evidence',
  item: 'Item',
  subject: 'Subject',
  state: { holds: 'holds', broken: 'broken', 'cannot-tell': 'cannot tell' },
  why: 'Why, and what to do',
  nothing: 'Nothing was observed.',
  noData: 'no data',
  masked: 'Secrets are replaced by [secret].',
  more: (count) => `${count} more results, most of which passed, are in the JSON report.`,
};

const ja: ReportWords = {
  title: 'Mailpath レポート',
  made: '作成',
  verdict: {
    safe: 'メールは正常に利用できます。',
    watch: 'メールは利用できますが、確認が必要な点があります。',
    unsafe: 'メールを正常に利用できません。',
    unknown: 'メールを利用できるかどうか不明です。現在の状態を伝えるサーバーがありません。',
  },
  since: '開始',
  findings: '検出事項',
  noFindings: '検出事項はありません。',
  comparison: 'サーバー別の比較',
  checklist: 'チェックリスト',
  evidence: '証拠',
  item: '項目',
  subject: '対象',
  state: { holds: '満たす', broken: '満たさない', 'cannot-tell': '判定不能' },
  why: '理由と対応',
  nothing: '観測結果はありません。',
  noData: 'データなし',
  masked: 'シークレットは [secret] に置き換えています。',
  more: (count) => `残り ${count} 件の結果 (多くは成功) は JSON レポートにあります。`,
};

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { en, ja };
