import type { Exclusions, FrameWords } from './frame.ts';
import { list } from './ja/phrases.ts';

export const excludes: Exclusions = {
  'works-elsewhere': ({ servers, places }) =>
    `${list(servers)} からは${places.length > 3 ? 'すべて' : ` ${list(places)} を`}使用できるため、Microsoft やテナントの問題ではありません。`,
  'alike-everywhere': ({ servers }) =>
    `${list(servers)} で同じ症状のため、1 台のサーバーの問題ではありません。`,
  'other-ports': ({ places }) =>
    `ここから ${list(places)} には到達できるため、ホストの名前、アドレス、経路は正常です。`,
  'token-refreshed': ({ servers }) =>
    `${list(servers)} はトークンを更新できるため、シークレット、同意、アカウントは正常です。ここでは最初のトークンの作成だけができません (S47)。`,
  'token-made': ({ servers }) =>
    `${list(servers)} はトークンを作成できるため、シークレット、同意、アカウントは正常です。更新はここで行われるため、サインインの約 1 時間後にメールが停止します (S48)。`,
  'mailbox-opens': ({ mailboxes }) =>
    `同じサインインで ${list(mailboxes)} を開けるため、トークン、ユーザー、メールボックスの権限は正常です。`,
};

export const frame: FrameWords = {
  summary: ({ servers, everywhere }, sentence) =>
    `${everywhere ? `全サーバー (${list(servers)})` : list(servers)}: ${sentence}`,
  unknownAnswer: (cause) =>
    `この応答は Mailpath に登録されていません。以下は応答を受けた段階からの判断です。${cause}`,
  weaker: ({ places }) => ({
    sentence: `${list(places)}: 確認された内容が一致しません。`,
    cause: '失敗した確認と成功した確認があるため、1 つの原因ではすべてを説明できません。',
    nextStep:
      '根拠を確認し、もう一度確認してください。同じ状態が続く場合は、正常なサーバーと比較してください。',
  }),
  severity: { error: 'エラー', warning: '警告', info: '情報' },
  confidence: { certain: '確実', likely: '可能性が高い', possible: '可能性あり' },
  owner: {
    network: 'ネットワーク担当',
    proxy: 'プロキシ担当',
    dns: 'DNS 担当',
    entra: 'Entra ID 管理者',
    exchange: 'Exchange 管理者',
    'ece-administrator': 'ECE 管理者',
    'server-administrator': 'サーバー管理者',
    microsoft: 'Microsoft',
    mailpath: 'Mailpath',
    unknown: '不明',
  },
  demand: { required: '必須', recommended: '推奨', optional: '任意' },
  labels: {
    cause: '原因',
    owner: '担当',
    nextStep: '次の手順',
    excluded: '除外した原因',
    consequences: '影響',
    checklist: 'チェックリスト',
    links: '参照',
    check: 'チェック',
    outcome: '結果',
    phase: '段階',
    seen: '確認された内容',
    target: '対象',
  },
  statements: 'チェックリストの記述については、次のページを参照してください。',
  consequence: (server, check, target) => `${server} の ${check} (${target})`,
  closing: {
    failed: ({ failed, all, server, others }) =>
      `${server}: ${all} 件のチェックのうち ${failed} 件が失敗しました${others}。`,
    passed: ({ all, server, others }) => `${server}: ${all} 件のチェックに失敗はありません${others}。`,
    noFinding: '検出された問題はありません。',
    nothingRan: ({ servers }) =>
      `${list(servers)}: チェックは 1 件も実行されていません。経路の状態は不明です。`,
    count: (outcome, count) =>
      `、${{ warn: '警告付きで合格', throttled: 'スロットリング', skipped: '未実行' }[outcome]} (${outcome}) ${count} 件`,
  },
  difference: {
    answer: (answer) => {
      if (answer.outcome === 'pass') return '成功';
      if (answer.outcome === 'warn') return '警告付きで成功';
      if (answer.outcome === 'throttled') return 'スロットリング';
      const where = [answer.phase, answer.code].filter((part) => part !== null).join(': ');
      return `失敗${where === '' ? '' : ` (${where})`}`;
    },
    sentence: (odd, oddAnswer, { names, more }, othersAnswer) =>
      `${odd} は${oddAnswer}、${list(names)} ${more === 0 ? '' : `ほか ${more} 台`}は${othersAnswer}です。`,
  },
  noData: {
    'not-asked': 'このサーバーでは実行しません。',
    'target-changed': '対象の変更後、まだ結果がありません。',
    'no-agent': 'このサーバーにはエージェントが登録されていません。',
    'not-connected': 'まだ結果がありません。このサーバーのエージェントが接続されていません。',
    'not-approved':
      'まだ実行していません。このサーバーのエージェントは承認待ちで、承認されるまでサインイン情報を貸し出しません。',
    'no-result': 'まだ結果がありません。',
  },
};
