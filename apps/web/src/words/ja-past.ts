import type { PastWords } from './en-past.ts';

const hours = (n: number): string =>
  n === 24 ? '1 日' : n === 168 ? '1 週間' : n === 720 ? '30 日' : `${n} 時間`;

export const jaPast: PastWords = {
  past: {
    title: '過去との比較',
    before: '以前',
    after: '現在',
    from: '開始',
    until: '終了（空欄：現在）',
    ago: (n) => `${hours(n)}前`,
    moment: '日時を指定…',
    server: 'サーバー',
    sentence: (worse, better, different) =>
      worse + better + different === 0
        ? '悪化も回復もありません'
        : [
            worse > 0 && `${worse} 件が悪化`,
            better > 0 && `${better} 件が回復`,
            different > 0 && `${different} 件は失敗の内容が変化`,
          ]
            .filter((part) => part !== false)
            .join('、'),
    same: '違いはありません',
    sameLead: 'すべてのサーバーのすべてのチェックが、両方の時点で同じ結果でした。',
    kind: {
      worse: '悪化',
      better: '回復',
      different: '失敗の内容が変化',
      appeared: '現在だけ結果あり',
      gone: '以前だけ結果あり',
    },
    fold: '折りたたむ',
    unfold: '表示',
    whole: '以前の比較全体',
    baselines: 'ベースライン',
    baselinesLead: 'アップグレード前などの時点に名前を付けて保存し、現在と比べます。',
    compare: '現在と比べる',
    remove: '削除',
    removeSure: '削除後は、結果が保存されている間だけこの時点を確認できます。',
    name: '新しいベースラインの名前',
    example: 'ES6 適用前',
    at: '日時（空欄：現在）',
    make: 'ベースラインとして保存',
  },
  overTime: {
    lead: '各サーバーの所要時間と失敗です。目盛りは全サーバーで共通です。',
    link: '推移',
    table: '数値で表示',
    last: (n) => `過去 ${hours(n)}`,
    median: '中央値',
    band: '最短～95 パーセンタイル',
    least: '最短',
    failed: '失敗',
    marks: '問題の検出またはベースライン',
    mark: {
      'finding-opened': '問題を検出',
      'finding-closed': '問題が解決',
      baseline: 'ベースライン',
    },
    slot: (seconds) =>
      seconds < 120
        ? `1 点 = ${seconds} 秒`
        : seconds < 7_200
          ? `1 点 = ${Math.round(seconds / 60)} 分`
          : `1 点 = ${Math.round(seconds / 3_600)} 時間`,
    at: '開始',
    results: '結果',
  },
};
