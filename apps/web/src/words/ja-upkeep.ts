import { enUpkeep, type UpkeepWords } from './en-upkeep.ts';

const days = (n: number) => `${n.toLocaleString('ja')} 日`;

export const jaUpkeep: UpkeepWords = {
  bytes: enUpkeep.bytes,
  broken: {
    title: 'このページを表示できません',
    lead: 'Mailpath に不具合があるか、ページを開いている間に Mailpath がアップグレードされました。読み込み直してください。',
  },
  upgrades: {
    title: 'エージェントのバージョン',
    lead: 'どのサーバーでどのエージェントが動いているかを示します。アップグレードは、サーバー自身の管理者が許可したサーバーにだけ、まず 1 台、その後グループごとに提供されます。新しいバージョンは、2 分以内に接続し、ラウンドが 1 回受け付けられると採用されます。それ以外の場合は、自動的に元のバージョンに戻ります。',
    version: 'バージョン',
    allowed: 'ここからのアップグレード',
    lastUpgrade: '前回のアップグレード',
    noAgent: 'エージェント未登録',
    older: 'ほかより古い',
    never: 'なし',
    may: {
      allowed: '許可',
      off: '無効：サーバー側で許可してください',
      unknown: '不明：エージェントから通知がありません',
    },
    all: 'アップグレード',
    to: (version) => `${version} へのアップグレード`,
    state: {
      running: '進行中',
      done: '許可されたすべてのサーバーで完了',
      stopped: '手動で中止',
      halted: '停止：採用されなかったサーバーがあります',
    },
    server: {
      waiting: '順番待ち',
      offered: '提供済み',
      staged: '検証済み、次回の起動時に開始',
      kept: '採用：動作を確認済み',
      'rolled-back': '元に戻しました',
      refused: '拒否',
      silent: '30 分間応答なし',
      'not-allowed': 'サーバー側で許可されていません',
    },
    notOffered: '提供されませんでした',
    because: '：',
    reason: '理由：',
    hours: (days, from, to, zone) => `${days}の ${from} から ${to} まで（${zone}）に限ります。`,
    day: {
      mon: '月曜日',
      tue: '火曜日',
      wed: '水曜日',
      thu: '木曜日',
      fri: '金曜日',
      sat: '土曜日',
      sun: '日曜日',
    },
    first: '最初に 1 台だけ',
    group: (n) => `グループ ${n}`,
    last: '最後',
    follow: '後に続くグループ',
    followLead:
      'グループには、前のグループで採用された後に提供されます。グループのないサーバーは最後になります。',
    others: '最後に、残りとまとめて',
    when: '時間帯',
    onlyAt: '決まった時間帯にだけ提供する',
    days: '曜日',
    from: '開始',
    until: '終了',
    timeZone: 'タイム ゾーン',
    pastMidnight: '午前 0 時を過ぎても、翌日のこの時刻まで続きます。',
    offersOnly:
      'この時間帯以外は、どのサーバーにも提供されません。すでに提供されたサーバーは、そのまま続行します。',
    wrongHours: {
      days: '曜日を 1 つ以上選択してください。',
      from: '提供を開始する時刻を入力してください（例：22:00）。',
      to: '提供を終了する時刻を入力してください（例：05:00）。',
      same: '開始と終了が同じ時刻です。別の終了時刻を選択してください。',
    },
    stop: 'このアップグレードを中止',
    stopSure: 'これ以上のサーバーには提供されません。すでに提供されたサーバーは、そのまま続行します。',
    begin: 'アップグレードを開始',
    beginLead:
      '/downloads の署名済みビルドをまず下のサーバーに提供し、採用された後、ほかのサーバーに提供します。',
    goesFirst: '最初のサーバー',
    noBuild: (files) =>
      `アップグレード先の署名済みビルドがありません。${files.join(' と ')} を /downloads のフォルダーに置いてください。`,
    noneAllowed:
      'アップグレードを許可しているサーバーはまだありません。各サーバーの管理者が、ビルドに署名する鍵を mailpath-agent enrol --upgrade-key で固定してください。',
  },
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
