import type { login as en } from '../en/login.ts';
import { because, here, ifLocal, list, remedy, said } from './phrases.ts';

export const login: typeof en = {
  'smtp.auth-off': {
    sentence: (p) => `${p.tenant ? 'テナント' : `${list(p.mailboxes)} `}の SMTP AUTH が無効です${said(p)}。`,
    cause: () =>
      'Exchange Online 自身がそう応答しています。プロトコル自体の設定のため、OAuth も拒否されます。',
    nextStep: ({ mailboxes }) =>
      `Set-CASMailbox ${list(mailboxes)} -SmtpClientAuthenticationDisabled $false を実行してください。メールボックスの設定はテナントの設定より優先されます。`,
  },
  'smtp.refused-alone': {
    sentence: (p) =>
      `SMTP は ${list(p.mailboxes)} のログインを拒否しますが、同じサインインでメールボックスは開けます${said(p)}。`,
    cause: ({ scope }) =>
      scope === 'granted'
        ? 'トークンとアカウントは正常で、トークンには SMTP.Send が含まれています。メールボックスまたはテナントで SMTP AUTH が無効です。'
        : 'トークンとアカウントは正常です。SMTP.Send のアクセス許可がないか、メールボックスまたはテナントで SMTP AUTH が無効です。',
    nextStep: ({ mailboxes, scope }) =>
      `${scope === 'granted' ? '' : 'アプリケーションが SMTP.Send を要求し、同意されていることを確認してください。'}Get-CASMailbox ${list(mailboxes)} | fl SmtpClientAuthenticationDisabled が True でないことを確認してください。`,
  },
  'login.token-refused': {
    sentence: (p) => `${list(p.protocols)} が ${list(p.mailboxes)} のトークンを拒否しています${said(p)}。`,
    cause: (p) =>
      p.spread === 'one' || p.spread === 'some'
        ? `${p.sameToken ? 'まったく同じトークン' : '同じアカウントのトークン'}が ${list(p.witnesses)} からは受け入れられています。このサーバーと Microsoft の間の機器、またはこのサーバーのパブリック アドレスを許可していない場所のポリシー (条件付きアクセス) が原因です。`
        : because(
            p,
            'メールボックスを開く前に、トークン自体が拒否されています。ユーザー、対象、アクセス許可、テナントの誤り、またはアカウントでプロトコルが無効になっていることが考えられます。',
          ),
    nextStep: (p) =>
      p.spread === 'one' || p.spread === 'some'
        ? `${here(p)}のパブリック アドレスと証明書チェーンを ${list(p.witnesses)} と比較し、Entra ID のサインイン ログでこのサーバーのサインインを確認してください。`
        : remedy(
            p,
            `トークンのユーザー、対象、スコープをメールボックスと照合し、${list(p.mailboxes)} の Get-CASMailbox を確認してください。`,
          ),
  },
  'mailbox.refused': {
    sentence: (p) =>
      `${list(p.protocols)} はトークンを受け入れますが、メールボックス ${list(p.mailboxes)} を開けません${said(p)}。`,
    cause: (p) =>
      `認証は成功し、接続されていない状態です。トークンは正常です。トークンのユーザーでプロトコルが無効、メールボックスへのフル アクセスがない、またはメールボックスが存在しないかライセンスがありません。${ifLocal(p, '他のサーバーでは開けるため、まず確認した時刻の違いを調べてください。')}`,
    nextStep: (p) =>
      remedy(
        p,
        `トークンのユーザーの Get-CASMailbox (ImapEnabled、PopEnabled) と Get-MailboxPermission ${list(p.mailboxes)} (FullAccess) を確認し、次にライセンスを確認してください。`,
      ),
  },
  'send.denied': {
    sentence: (p) =>
      `SMTP は ${list(p.mailboxes)} のログインを受け入れますが、送信者を拒否します${said(p)}。`,
    cause: (p) =>
      because(
        p,
        'ログインは成功しているため、トークンの問題ではありません。アカウントにこのアドレスとして送信する権限がありません。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        `Add-RecipientPermission ${list(p.mailboxes)} -Trustee <トークンのユーザー> -AccessRights SendAs を実行するか、アカウント自身のアドレスで送信してください。`,
      ),
  },
  'login.unavailable': {
    sentence: (p) =>
      `${list(p.protocols)} が、現在 ${list(p.mailboxes)} に対応できないと返しています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        `${p.spread === 'all' ? 'すべてのサーバーで同じため、サービス側の障害です。' : 'サービスまたはメールボックス サーバーの一時的な障害です。資格情報の問題ではありません。'}${ifLocal(p, '他のサーバーは正常です。')}`,
      ),
    nextStep: () => 'しばらく待って再度確認し、続く場合は Microsoft 365 のサービス正常性を確認してください。',
  },
  'login.silent': {
    sentence: ({ protocols, mailboxes, places }) =>
      `${list(places)} が、${list(mailboxes)} のサインイン中に通信を打ち切ります (${list(protocols)})。`,
    cause: (p) =>
      `成否の応答なしに通信が終わりました。長い行を通さない途中の機器、または該当するメールボックスがないサーバーが考えられます。${ifLocal(p, '他のサーバーではサインインできます。')}`,
    nextStep: (p) =>
      `${here(p)}について、${list(p.places)} をプロトコル インスペクションなしで通過させ、メールボックスが存在することを確認してください。`,
  },
  'mail.not-returned': {
    sentence: ({ mailboxes, line }) =>
      `${list(mailboxes)} として送信したメッセージは受け付けられましたが、見つかりませんでした: ${line}`,
    cause: () => '配送中か、ルール、ジャーナル、検疫などで別の場所に移されたか、配送が遅れています。',
    nextStep: ({ mailboxes }) =>
      `Exchange Online のメッセージ追跡でメッセージ ID を検索し、${list(mailboxes)} のルールを確認してください。`,
  },
  throttled: {
    sentence: (p) => `${list(p.places)} が要求の頻度を下げるよう求めています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        'スロットリングは停止ではありません。このメールボックスまたはアプリケーションに対する同時の要求や接続が多すぎます。経路、トークン、メールボックスについては何も示していません。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        '待ってください。そのうえで、メールボックスを同時に使用するプロセスを減らしてください (SMTP は最大 3 セッション、毎分 30 通)。',
      ),
  },
};
