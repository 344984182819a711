import type { ExchangeRow } from './exchange-row.ts';

/** What shows on the IMAP port without a line that says so. */
export const IMAP_SIGNS: readonly ExchangeRow[] = [
  {
    row: 'B12',
    protocol: 'imap',
    phases: ['greet', 'authenticate'],
    code: 'unexpected-reply',
    items: ['C9', 'C10', 'X6'],
    owner: 'network',
    retry: 'no',
    patterns: [],
    sign: {
      en: 'CAPABILITY does not show AUTH=XOAUTH2.',
      ja: 'CAPABILITY に AUTH=XOAUTH2 が表示されません。',
    },
    meaning: {
      en: 'Something else than Exchange Online answers: another server, an interceptor, or the wrong port.',
      ja: 'Exchange Online 以外が応答しています。別のサーバー、通信を傍受する機器、またはポートの誤りです。',
    },
    remedy: {
      en: 'Check the host, the certificate and the greeting, and compare them with a server that works.',
      ja: 'ホスト、証明書、グリーティングを確認し、正常なサーバーと比較してください。',
    },
  },
  {
    row: 'B13',
    protocol: 'imap',
    phases: ['greet'],
    code: 'unexpected-reply',
    items: ['C10', 'X6'],
    owner: 'network',
    retry: 'no',
    patterns: [],
    sign: {
      en: 'In place of a greeting comes HTTP, a TLS alert, or nothing within 15 seconds.',
      ja: 'グリーティングの代わりに、HTTP や TLS アラートが返されるか、15 秒以内に何も返されません。',
    },
    meaning: {
      en: 'A proxy or an inspecting firewall answers, or the port is wrong.',
      ja: 'プロキシまたは検査を行うファイアウォールが応答しているか、ポートが誤っています。',
    },
    remedy: {
      en: 'Compare with another server, then have port 993 exempted from inspection.',
      ja: '別のサーバーと比較し、ポート 993 を検査の対象から除外してください。',
    },
  },
  {
    row: 'B14',
    protocol: 'imap',
    phases: ['greet'],
    code: 'unexpected-reply',
    items: ['C10'],
    owner: 'network',
    retry: 'no',
    patterns: [],
    sign: {
      en: 'A POP3 server greets on port 993, or an IMAP server on port 995.',
      ja: 'ポート 993 で POP3 サーバーが、またはポート 995 で IMAP サーバーが応答します。',
    },
    meaning: {
      en: 'A load balancer or NAT maps the port wrongly.',
      ja: 'ロード バランサーまたは NAT のポートの割り当てが誤っています。',
    },
    remedy: {
      en: 'Let the network team correct the rule for the ports 993 and 995.',
      ja: 'ネットワークの担当者に、ポート 993 と 995 の規則を修正するよう依頼してください。',
    },
  },
  {
    row: 'B15',
    protocol: 'imap',
    phases: ['tls'],
    code: 'reset',
    items: ['X6'],
    owner: 'network',
    retry: 'no',
    patterns: [],
    sign: {
      en: 'The connection opens and is reset during the TLS handshake.',
      ja: '接続は確立されますが、TLS ハンドシェイク中にリセットされます。',
    },
    meaning: {
      en: 'A device on the path filters TLS by name, or the client offers less than TLS 1.2.',
      ja: '経路上の機器がホスト名で TLS をフィルターしているか、クライアントが TLS 1.2 以上を提示していません。',
    },
    remedy: {
      en: 'Let this host pass without inspection, and enable TLS 1.2 on this server.',
      ja: 'このホストへの通信を検査せずに許可し、このサーバーで TLS 1.2 を有効にしてください。',
    },
  },
];
