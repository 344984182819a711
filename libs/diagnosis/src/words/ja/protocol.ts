import type { protocol as en } from '../en/protocol.ts';
import { here, ifLocal, list } from './phrases.ts';

export const protocol: typeof en = {
  'proxy.denies': {
    sentence: ({ proxy, places, reply }) =>
      `プロキシ ${proxy} が、このサーバーから ${list(places)} への通信を許可しません: ${reply}`,
    cause: ({ signIn }) =>
      signIn
        ? 'プロキシが認証情報を要求していますが、渡されていないか、受け入れられません。'
        : 'プロキシがこの宛先を拒否しているか、プロキシ自身が到達できません。',
    nextStep: (p) =>
      `プロキシ担当に、${here(p)}から ${list(p.places)} への通信を認証なしで許可するよう依頼してください。`,
  },
  'proxy.unreachable': {
    sentence: ({ proxy }) =>
      `このサーバーから${proxy === '' ? '設定されたプロキシ' : `プロキシ ${proxy} `}を使用できません。`,
    cause: () =>
      'プロキシが応答しないか、プロキシとして応答しません。アドレスの誤り、手前のファイアウォール、またはプロキシの停止が考えられます。',
    nextStep: (p) => `プロキシのアドレスと、${here(p)}から到達できることを確認してください。`,
  },
  'starttls.missing': {
    sentence: ({ places }) => `${list(places)} は SMTP で応答しますが、STARTTLS を使用できません。`,
    cause: (p) =>
      `Exchange Online はポート 587 で必ず STARTTLS を提示します。SMTP インスペクションを行うファイアウォールが取り除いたか、自ら応答しています。${ifLocal(p, '他のサーバーには提示されています。')}`,
    nextStep: (p) =>
      `${here(p)}から ${list(p.places)} への SMTP (ESMTP) インスペクションを無効にしてください。`,
  },
  'greet.no-xoauth2': {
    sentence: ({ places, protocols }) =>
      `${list(places)} は ${list(protocols)} で応答しますが、XOAUTH2 を提示しません。`,
    cause: () =>
      'Exchange Online はここで必ず XOAUTH2 を提示します。別のメール サーバー、または通信を書き換える機器が代わりに応答しています。',
    nextStep: ({ places }) =>
      `${list(places)} の証明書と応答の最初の行を、正常なサーバーのものと比較してください。`,
  },
  'greet.silent': {
    sentence: ({ places, protocols, silent }) =>
      silent
        ? `${list(places)} への接続は開きますが、${list(protocols)} の応答がありません。`
        : `${list(places)} への接続は開きますが、${list(protocols)} が始まる前に切断されます。`,
    cause: () => '透過プロキシまたは検査型ファイアウォールが接続を受け入れ、その先へ渡していません。',
    nextStep: (p) =>
      `${here(p)}について、${list(p.places)} をプロキシやプロトコル インスペクションなしで通過させてください。`,
  },
  'greet.unexpected': {
    sentence: ({ places, protocols, line }) =>
      `${list(places)} は Exchange Online の ${list(protocols)} とは異なる応答をします: ${line}`,
    cause: () => '別のサービス、プロキシ、またはこのクライアントを拒むサーバーがこのポートで応答しています。',
    nextStep: ({ places }) => `${list(places)} が送った行を確認し、正常なサーバーのものと比較してください。`,
  },
  'http.silent': {
    sentence: ({ places }) => `${list(places)} との TLS は確立しますが、HTTP の応答がありません。`,
    cause: () => 'プロキシまたはファイアウォールが要求を止めているか、サービスが過負荷です。',
    nextStep: (p) =>
      `他のサーバーと比較し、${here(p)}だけの場合は ${list(p.places)} をプロキシの対象から除外してください。`,
  },
  'http.unexpected': {
    sentence: ({ places, line }) => `${list(places)} の HTTP 応答が Microsoft のものと異なります: ${line}`,
    cause: ({ serverError }) =>
      serverError
        ? 'サービス、またはその代わりのプロキシがサーバー エラーを返しています。'
        : 'Microsoft の応答の代わりに、プロキシのページ (ログイン、ブロック、エラー) が返されている可能性が高いです。',
    nextStep: (p) =>
      `${here(p)}のブラウザーで ${list(p.places)} を開き、表示された内容をプロキシ担当に伝えてください。`,
  },
  'path.latency': {
    sentence: ({ places, medianMs, usualMs }) =>
      `${list(places)} への往復時間は、ここでは ${medianMs} ms、他のサーバーでは ${usualMs} ms です。`,
    cause: () =>
      'このサーバーは、他のサーバーより長い、または混雑した経路を使っています。別のインターネット出口、VPN、またはリゾルバーが選んだ遠いフロント エンドが考えられます。',
    nextStep: (p) =>
      `ネットワーク担当に、${here(p)}と ${list(p.witnesses)} の外向き経路の比較を依頼してください。`,
  },
  'path.other-region': {
    sentence: ({ frontEnds, usual }) =>
      `別の地域のフロント エンドが応答しています: ${list(frontEnds)} (他のサーバーでは ${list(usual)})。`,
    cause: () =>
      'このサーバーのリゾルバーまたはインターネット出口が別の場所にあるため、Microsoft が遠い拠点から応答しています。',
    nextStep: (p) =>
      `意図した構成でなければ、${here(p)}に他のサーバーと同じリゾルバーと出口を使わせてください。`,
  },
  'path.other-egress': {
    sentence: ({ addresses, usual }) =>
      `Microsoft から見たこのサーバーのアドレスは ${list(addresses)}、他のサーバーは ${list(usual)} です。`,
    cause: () =>
      'このサーバーは他のサーバーと異なるパブリック アドレスから出ています。場所に基づくポリシー (条件付きアクセス) が他のアドレスだけを登録している場合に限り、障害になります。',
    nextStep: ({ addresses }) =>
      `${list(addresses)} がテナントの信頼できる場所に含まれていること、または場所を条件とするポリシーがないことを確認してください。`,
  },
  'mailpath.internal': {
    sentence: ({ places }) =>
      `${list(places)} の確認中に Mailpath 自体が失敗しました。経路については何も分かりません。`,
    cause: () => 'ネットワークではなく、Mailpath の不具合です。',
    nextStep: () => '根拠の行を Mailpath の管理者に報告し、経路は他のチェックで判断してください。',
  },
  'mailpath.approval-awaited': {
    sentence: ({ hostName, keyFingerprint }) =>
      `このサーバーは承認待ちです。エージェントの申告ではホスト ${hostName} で動作し、鍵は ${keyFingerprint} です。`,
    cause: () =>
      'このエージェントは、サイトにシークレットが設定された後に登録されたか、以前のエージェントに代わって登録されたか、役割が追加されました。管理者が承認するまでクライアント シークレットもトークンも貸し出さないため、このサーバーからはメールボックスを確認しません。',
    nextStep: ({ servers }) =>
      `${list(servers)} で mailpath-agent status を実行してフィンガープリントを照合し、POST /v1/sites/{siteId}/servers/{serverId}/approval で承認してください。登録した覚えがない場合は、エージェントを失効させ、登録コードが誰に使われたかを調べてください。`,
  },
  'mailpath.unexplained': {
    sentence: ({ line, places }) =>
      line === '' ? `${list(places)} の確認が必要です。` : `説明できない結果です: ${line}`,
    cause: () => 'この結果を説明する Mailpath のルールはまだありません。',
    nextStep: () => '根拠を確認し、正常なサーバーと比較してください。',
  },
};
