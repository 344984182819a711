import type { token as en } from '../en/token.ts';
import { BY_PLACE, because, here, ifAll, ifLocal, list, remedy, said } from './phrases.ts';

export const token: typeof en = {
  'token.other-user': {
    sentence: ({ user, expected }) =>
      `トークンのユーザーは ${user} ですが、${expected} である必要があります。`,
    cause: () =>
      'トークンの作成時に、メールボックスを開けるアカウントではなく、端末のユーザーがシングル サインオンで自動的にサインインしました。',
    nextStep: ({ expected }) =>
      `プライベート ウィンドウで ${expected} としてサインインし、トークンを作り直してください。準拠デバイスを要求するポリシーがある場合は、準拠デバイス上の別のブラウザー プロファイルを使用してください。`,
  },
  'token.audience': {
    sentence: ({ audience }) => `トークンの対象は ${audience} で、Exchange Online ではありません。`,
    cause: () =>
      '要求したスコープが別のサービス (多くは Microsoft Graph) のものです。メール サーバーはこのトークンを受け入れません。',
    nextStep: () =>
      'ECE で Outlook のスコープ (https://outlook.office.com/IMAP.AccessAsUser.All、POP.AccessAsUser.All、SMTP.Send) を指定し、トークンを作り直してください。',
  },
  'token.scope': {
    sentence: ({ scopes, granted }) =>
      `トークンに ${list(scopes)} がありません。含まれるスコープ: ${granted || 'なし'}。`,
    cause: () => 'このアクセス許可が要求されていないか、同意されていません。',
    nextStep: ({ scopes }) =>
      `Entra アプリケーションのアクセス許可と ECE のスコープに ${list(scopes)} を追加し、管理者の同意を得て、トークンを作り直してください。`,
  },
  'token.tenant': {
    sentence: ({ tenant, expected }) =>
      `トークンはテナント ${tenant} のものですが、${expected} である必要があります。`,
    cause: () =>
      '別のディレクトリにサインインしています。別テナントのアカウント、または URL のテナント ID の誤りが考えられます。',
    nextStep: ({ expected }) =>
      `ECE の承認 URL とトークン URL にテナント ${expected} を設定し、そのテナントのアカウントでサインインしてください。`,
  },
  'token.other-application': {
    sentence: ({ application, expected }) =>
      `トークンはアプリケーション ${application} のものですが、${expected} である必要があります。`,
    cause: () => '登録したものとは別のクライアント ID が使われています。',
    nextStep: ({ expected }) => `ECE にクライアント ID ${expected} を設定し、トークンを作り直してください。`,
  },
  'token.expired': {
    sentence: ({ mailboxes, until }) =>
      `${list(mailboxes)} のアクセス トークンは ${until} に期限切れになりました。`,
    cause: () =>
      'トークンが期限までに更新されていません。サインイン後約 1 時間はメールが動作し、その後停止します。',
    nextStep: () =>
      'サービス サーバーが更新できない理由を確認してください: サインイン ホストへの経路、リフレッシュ トークン、クライアント シークレット。',
  },
  'token.secret': {
    sentence: (p) => `Entra ID がアプリケーションの資格情報を受け入れません${said(p)}。`,
    cause: (p) =>
      because(
        p,
        'クライアント シークレット (または証明書) が誤っているか、期限切れです。サイトのすべてのメールボックスとサーバーに影響します。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Entra アプリケーションで新しいクライアント シークレットを作成し、その値 (ID ではなく) を ECE に入力してください。',
      ),
  },
  'token.consent': {
    sentence: (p) => `アプリケーションの同意またはアクセス許可が不足しています${said(p)}。`,
    cause: (p) => because(p, 'メールのアクセス許可に同意がないか、アプリケーションが要求していません。'),
    nextStep: (p) =>
      remedy(
        p,
        'Entra アプリケーションに IMAP または POP の .AccessAsUser.All と SMTP.Send を追加し、管理者の同意を得てください。',
      ),
  },
  'token.redirect': {
    sentence: (p) => `Entra ID にリダイレクト URI が登録されていません${said(p)}。`,
    cause: (p) =>
      because(
        p,
        '送信されたリダイレクト URI が登録済みのものと異なります。ホスト、パス、大文字と小文字、末尾のスラッシュを確認してください。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'ECE が送信する URI とまったく同じものを、プラットフォーム「Web」に登録してください。ホストは外部 URL と同じです。',
      ),
  },
  'token.registration': {
    sentence: (p) => `Entra ID でアプリケーションまたはテナントが見つかりません${said(p)}。`,
    cause: (p) =>
      because(p, 'クライアント ID、テナント ID、サインイン ホストの組み合わせが一致していません。'),
    nextStep: (p) =>
      remedy(
        p,
        'クライアント ID とテナント ID を同じ登録から取得し、そのクラウドのサインイン ホストを使用してください。',
      ),
  },
  'token.account': {
    sentence: (p) => `Entra ID がアカウント ${list(p.mailboxes)} を受け入れません${said(p)}。`,
    cause: (p) =>
      because(
        p,
        'アカウントが存在しない、ロックまたは無効化されている、パスワードが異なる、またはアプリケーションに割り当てられていません。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'Entra ID でアカウントを修正してから、トークンを作り直してください。修正前に繰り返すとアカウントがロックされます。',
      ),
  },
  'token.revoked': {
    sentence: (p) => `${list(p.mailboxes)} のリフレッシュ トークンが無効になっています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        'パスワードのリセットやセッションの取り消しで失効したか、置き換えられたか、長期間使用されていません。',
      ),
    nextStep: (p) => remedy(p, 'メールボックスのアカウントでサインインし、トークンを作り直してください。'),
  },
  'token.policy': {
    sentence: (p) =>
      `テナントのポリシーが${p.mailboxes.length > 0 ? ` ${list(p.mailboxes)} の` : ''}サインインを拒否しています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        `条件付きアクセス、多要素認証、またはセキュリティの既定値群によって拒否されています。${ifLocal(p, BY_PLACE)}${ifAll(p, 'すべてのサーバーで同じため、特定のアドレスの問題ではありません。')}`,
      ),
    nextStep: (p) =>
      p.spread === 'one' || p.spread === 'some'
        ? `${here(p)}のパブリック アドレスをテナントの信頼できる場所に追加してください。該当するポリシーはサインイン ログで確認できます。`
        : remedy(
            p,
            'Entra ID のサインイン ログで該当するポリシーを確認し、アカウントを除外するか、条件を満たしてください。',
          ),
  },
  'token.restricted': {
    sentence: (p) => `プロキシがサインインにテナント制限を追加しています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        `サーバーと Entra ID の間のプロキシが、特定のテナントへのサインインだけを許可しています。${ifLocal(p, '他のサーバーは別の経路を使っています。')}`,
      ),
    nextStep: (p) =>
      remedy(
        p,
        `プロキシ担当に、テナントの許可、または${here(p)}からプロキシなしでサインイン ホストに到達できる設定を依頼してください。`,
      ),
  },
  'token.redeem-here': {
    sentence: (p) => `${list(p.mailboxes)} の最初のトークンをここで作成できません${said(p)}。`,
    cause: (p) =>
      because(
        p,
        '別のサーバーでは同じアプリケーションでトークンを更新できているため (S48)、資格情報は正常です。リダイレクト URI、外部 URL、または一度しか使えない認可コード自体 (S47) が原因です。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        'リダイレクト URI と外部 URL を Entra アプリケーションと照合し、サインインをやり直してください。',
      ),
  },
  'token.refresh-here': {
    sentence: (p) =>
      `${list(p.mailboxes)} のトークンは別のサーバーで作成できますが、ここでは更新できません${said(p)}。`,
    cause: (p) =>
      because(
        p,
        'サインイン後約 1 時間はメールが動作し、その後停止します。トークンを更新するサービス サーバー (S48) が拒否されています。使用済みまたは失効したリフレッシュ トークン、あるいはアプリケーション サーバーのアドレスだけを許可する場所のポリシーが考えられます。',
      ),
    nextStep: (p) =>
      remedy(
        p,
        `${here(p)}のパブリック アドレスを信頼できる場所に追加してください。解消しない場合は、トークンを作り直してください。`,
      ),
  },
  'token.silent': {
    sentence: ({ places }) =>
      `サインイン ホスト ${list(places)} には到達できますが、トークン要求に応答がありません。`,
    cause: (p) =>
      `プロキシまたはファイアウォールが、データを含む要求を止めています。${ifLocal(p, '他のサーバーには応答があります。')}`,
    nextStep: (p) => `${here(p)}について、${list(p.places)} をプロキシの対象から除外してください。`,
  },
  'token.unavailable': {
    sentence: (p) => `Entra ID が現在応答できないと返しています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        `${p.spread === 'all' ? 'すべてのサーバーで同じため、サービス側の障害です。' : 'サービス側の障害、またはサービスに代わって応答するプロキシが考えられます。'}${ifLocal(p, '他のサーバーは正常なため、経路または一時的な問題です。')}`,
      ),
    nextStep: () => 'しばらく待って再度確認し、続く場合は Microsoft 365 のサービス正常性を確認してください。',
  },
  'token.denied': {
    sentence: (p) =>
      `Entra ID が${p.mailboxes.length > 0 ? ` ${list(p.mailboxes)} のトークン` : '要求'}を拒否しています${said(p)}。`,
    cause: (p) =>
      because(
        p,
        `応答は、要求、アプリケーション、またはアカウントのどこに問題があるかを示しています。${ifLocal(p, BY_PLACE)}`,
      ),
    nextStep: (p) =>
      remedy(
        p,
        'https://login.microsoftonline.com/error で番号を調べ、関連付け ID を使ってサインイン ログで要求を確認してください。',
      ),
  },
};
