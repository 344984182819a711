import { backOff } from './remedies.ts';
import type { ExchangeRow } from './exchange-row.ts';

/** Limits and faults of the SMTP service, and what shows on the port without a line that says so. */
export const SMTP_SERVICE_ANSWERS: readonly ExchangeRow[] = [
  {
    row: 'D16',
    protocol: 'smtp',
    phases: ['send', 'authenticate'],
    code: 'throttled',
    items: ['X7'],
    owner: 'ece-administrator',
    retry: 'back-off',
    patterns: [/^432[ -]4\.3\.2(?: |$)/i],
    meaning: {
      en: 'More than 3 submissions from this mailbox run at the same time.',
      ja: 'このメールボックスから 4 件以上のメッセージが同時に送信されています。同時送信の上限は 3 件です。',
    },
    remedy: {
      en: 'Let fewer dispatcher instances of ECE share the mailbox; the message may be tried again.',
      ja: 'メールボックスを共有する ECE のディスパッチャー インスタンスを減らしてください。メッセージは再試行できます。',
    },
  },
  {
    row: 'D17',
    protocol: 'smtp',
    phases: ['send'],
    code: 'throttled',
    items: ['X7'],
    owner: 'ece-administrator',
    retry: 'wait',
    patterns: [],
    sign: {
      en: 'Messages are accepted but delayed, and no error comes.',
      ja: 'メッセージは受け付けられますが遅延し、エラーは返されません。',
    },
    meaning: {
      en: 'The mailbox sends more than 30 messages a minute, and Exchange Online holds the rest back.',
      ja: 'メールボックスが 1 分間に 30 件を超えるメッセージを送信しており、Exchange Online が残りを遅延させています。',
    },
    remedy: {
      en: 'Spread the messages over time, or over several mailboxes.',
      ja: '送信を時間的に分散するか、複数のメールボックスに分散してください。',
    },
  },
  {
    row: 'D18',
    protocol: 'smtp',
    phases: ['send'],
    code: 'denied',
    items: ['X7'],
    owner: 'exchange',
    retry: 'wait',
    patterns: [
      /^55\d[ -]5\.2\.\d{1,3} STOREDRV\.Submission\.Exception:SubmissionQuotaExceededException\b/i,
      /^(?:55\d[ -])?5\.1\.90(?: |$)/i,
      /^(?:55\d[ -])?5\.2\.2 Submission quota exceeded\b/i,
    ],
    meaning: {
      en: 'The mailbox reached its limit of 10,000 recipients a day.',
      ja: 'メールボックスが 1 日あたり 10,000 受信者の上限に達しました。',
    },
    remedy: {
      en: 'Send from another mailbox until the limit is free again, and check the account for compromise.',
      ja: '制限が解除されるまで別のメールボックスから送信し、アカウントが侵害されていないか確認してください。',
    },
  },
  {
    row: 'D19',
    protocol: 'smtp',
    phases: ['send'],
    code: 'denied',
    items: ['C7', 'X7'],
    owner: 'exchange',
    retry: 'no',
    patterns: [/^(?:55\d[ -])?5\.2\.2 mailbox full\b/i],
    meaning: {
      en: 'The mailbox is full; copies in Sent Items count.',
      ja: 'メールボックスがいっぱいです。送信済みアイテムのコピーも容量に含まれます。',
    },
    remedy: {
      en: 'Empty Sent Items and set a retention policy on it; Get-MailboxStatistics shows the size.',
      ja: '送信済みアイテムを整理し、アイテム保持ポリシーを設定してください。サイズは Get-MailboxStatistics で確認できます。',
    },
  },
  {
    row: 'D23',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    patterns: [/^451[ -]4\.7\.0 Temporary server error\b/i],
    meaning: {
      en: 'The front end could not reach the mailbox server.',
      ja: 'フロントエンドがメールボックス サーバーに接続できませんでした。',
    },
    remedy: backOff,
  },
  {
    row: 'D24',
    protocol: 'smtp',
    phases: ['greet', 'authenticate', 'send'],
    code: 'throttled',
    items: ['X7'],
    owner: 'ece-administrator',
    retry: 'wait',
    patterns: [/^421[ -]4\.7\.0(?: |$)/i],
    meaning: {
      en: 'Exchange Online turns this client away for now: throttled, or its address looks suspicious.',
      ja: 'Exchange Online がこのクライアントを一時的に拒否しています。スロットリングの対象になっているか、IP アドレスが不審と見なされています。',
    },
    remedy: {
      en: 'Wait, then send less; if only one server gets this, check what else uses its egress address.',
      ja: 'しばらく待ち、送信量を減らしてください。1 台のサーバーだけで発生する場合は、その送信元 IP アドレスを他に何が使用しているか確認してください。',
    },
  },
  {
    row: 'D36',
    protocol: 'smtp',
    phases: ['greet', 'authenticate', 'send'],
    code: 'throttled',
    items: ['X7'],
    owner: 'exchange',
    retry: 'wait',
    patterns: [/^(?:4\d\d[ -])?4\.7\.[56]\d\d(?: |$)/i],
    meaning: {
      en: 'Exchange Online throttles the public address that asks: what comes from it looks suspicious.',
      ja: 'Exchange Online が送信元のパブリック アドレスをスロットリングしています。このアドレスからの通信が不審と見なされています。',
    },
    remedy: {
      en: 'See what else sends from that address, and whether the account sent spam; the restriction ends by itself when that has stopped.',
      ja: 'そのアドレスから他に何が送信されているか、アカウントがスパムを送信していないかを確認してください。原因がなくなれば、制限は自動的に解除されます。',
    },
  },
  {
    row: 'D25',
    protocol: 'smtp',
    phases: ['greet', 'authenticate', 'send'],
    code: 'unavailable',
    items: ['X7', 'C10'],
    owner: 'microsoft',
    retry: 'back-off',
    patterns: [/^421[ -]4\.4\.2(?: |$)/i, /^421[ -]4\.3\.2(?: |$)/i],
    meaning: {
      en: 'The connection was dropped by the network, or the service is not active.',
      ja: 'ネットワークにより接続が切断されたか、サービスが稼働していません。',
    },
    remedy: {
      en: 'Try again at growing intervals and compare with another server: if only this one is affected, it is the network.',
      ja: '間隔を空けながら再試行し、別のサーバーと比較してください。このサーバーだけで発生する場合は、ネットワークの問題です。',
    },
  },
  {
    row: 'D30',
    protocol: 'smtp',
    phases: ['greet', 'starttls'],
    code: 'unexpected-reply',
    items: ['X6', 'C10'],
    owner: 'network',
    retry: 'no',
    patterns: [],
    sign: {
      en: 'EHLO does not show STARTTLS, the banner is masked with *, or a capability reads XXXXXXXA.',
      ja: 'EHLO に STARTTLS が表示されないか、バナーが * で隠されているか、機能名が XXXXXXXA と表示されます。',
    },
    meaning: {
      en: 'A firewall that inspects SMTP strips STARTTLS on the path.',
      ja: 'SMTP を検査するファイアウォールが、経路上で STARTTLS を取り除いています。',
    },
    remedy: {
      en: 'Let the firewall team switch SMTP inspection off for smtp.office365.com on port 587.',
      ja: 'ファイアウォールの担当者に、ポート 587 の smtp.office365.com に対する SMTP インスペクションを無効にするよう依頼してください。',
    },
  },
  {
    row: 'D31',
    protocol: 'smtp',
    phases: ['tls'],
    code: 'reset',
    items: ['X6'],
    owner: 'network',
    retry: 'no',
    patterns: [],
    sign: {
      en: 'STARTTLS is accepted, then the TLS handshake dies.',
      ja: 'STARTTLS は受け付けられますが、その後の TLS ハンドシェイクが失敗します。',
    },
    meaning: {
      en: 'The versions of TLS do not meet, or a device on the path inspects TLS.',
      ja: 'TLS のバージョンが一致しないか、経路上の機器が TLS を復号しています。',
    },
    remedy: {
      en: 'Enable TLS 1.2 on this server, and compare the certificate with that on another server.',
      ja: 'このサーバーで TLS 1.2 を有効にし、別のサーバーでの証明書と比較してください。',
    },
  },
];
