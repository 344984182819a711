import { enUpkeep, type UpkeepWords } from './en-upkeep.ts';

const days = (n: number) => `${n.toLocaleString('ja')} 日`;

export const jaUpkeep: UpkeepWords = {
  bytes: enUpkeep.bytes,
  retention: {
    title: '保持期間',
    lead: '観測した内容を保持する期間です。これより古いものは 1 日 1 回削除され、元に戻せません。監査ログ、ベースライン、継続中の検出された問題は残ります。',
    kind: {
      resultsDays: {
        title: '結果と証跡',
        keeps:
          '段階、証明書、通信記録を含む個々の結果です。実行、サインイン、終了した検出された問題も同時に削除されます。',
        costs: 'ディスクの大部分を占めます。サーバー数、チェック数、間隔に応じて増えます。',
      },
      hourRollUpsDays: {
        title: '1 時間ごとの集計',
        keeps: '成功と失敗の件数、所要時間です。過去数週間のグラフに使います。',
        costs: '容量はわずかです。サーバーごと、1 日ごとに小さな記録が 1 件です。',
      },
      dayRollUpsDays: {
        title: '1 日ごとの集計',
        keeps: '1 日単位の集計です。過去数か月から数年のグラフに使います。',
        costs: '容量はごくわずかです。サーバーごと、1 か月ごとに小さな記録が 1 件です。',
      },
    },
    field: '日数',
    size: (bytes) => `現在のディスク使用量：${bytes}`,
    byDefault: (n) => `空欄：Mailpath の起動時の設定（${days(n)}）`,
    wrong: (kind, n) =>
      `${kind}：1 から 3,650 までの整数で日数を入力してください。空欄にすると ${days(n)}になります。`,
    shorter: (kind, n) =>
      `${kind}：${days(n)}より古いものは、次回の削除処理（1 日以内）で削除されます。元に戻せません。`,
    save: '保存',
    saveAndDelete: '保存し、古いものを削除',
    saved: '保存しました。すべてのインスタンスが次回の削除処理から従います。',
  },
};
