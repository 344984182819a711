import type { Bilingual } from '@mailpath/protocol';
/** What to do about an answer of which only the subject is known: where to read more, and no remedy. */

export const traceMessage: Bilingual = {
  en: 'Show the line to the Exchange administrator, and find the attempt in the message trace of the Exchange admin center.',
  ja: 'この行を Exchange の管理者に提示し、Exchange 管理センターのメッセージ追跡でこの送信を確認してください。',
};

export const readMailbox: Bilingual = {
  en: 'Show the line to the Exchange administrator, and look at the mailbox with Get-Mailbox and Get-MailboxStatistics.',
  ja: 'この行を Exchange の管理者に提示し、Get-Mailbox と Get-MailboxStatistics でメールボックスの状態を確認してください。',
};

export const readSignIns: Bilingual = {
  en: 'Show the line to the Exchange administrator; the sign-in log of Entra ID shows whether a policy refused this sign-in.',
  ja: 'この行を Exchange の管理者に提示してください。ポリシーによる拒否かどうかは Entra ID のサインイン ログで確認できます。',
};

export const compareServers: Bilingual = {
  en: 'Compare with another server and look at the service health of Microsoft 365; keep the line and its time for Microsoft.',
  ja: '別のサーバーと比較し、Microsoft 365 のサービス正常性を確認してください。Microsoft への問い合わせ用に、この行と時刻を控えてください。',
};

export const comparePublicAddress: Bilingual = {
  en: 'Compare the public address of this server with that of one that is served, and let the network team see whether it is on a block list.',
  ja: 'このサーバーのパブリック アドレスを、正常なサーバーのものと比較してください。ブロック リストに登録されていないか、ネットワークの担当者に確認してもらってください。',
};

export const endOtherSessions: Bilingual = {
  en: 'See what else opens this mailbox at the same time (another instance of ECE, a second server with the same alias, a person’s mail program), and let one of them read it; then try again.',
  ja: 'このメールボックスを同時に開いているもの (ECE の別のインスタンス、同じエイリアスを持つ別のサーバー、ユーザーのメール クライアント) を確認し、読み取りを 1 つだけにしてから再試行してください。',
};
