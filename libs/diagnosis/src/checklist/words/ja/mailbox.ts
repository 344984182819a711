import type { mailbox as en } from '../en/mailbox.ts';

const SOURCE =
  'E3 以上は Cisco のチェックリストの要件です。Microsoft が求めるのは、ライセンスがあり、プロトコルが有効なメールボックスです。';

export const mailbox: typeof en = {
  'switch.signed-in': (protocol, server) =>
    `${protocol} は有効です。${server} が ${protocol} でサインインしました。`,
  'switch.correct-entry': () => '入力値は無効になっています。入力値を修正してください。',
  'switch.said-off': (protocol, server) =>
    `${protocol} は無効です。Exchange が ${server} にそう応答しました。`,
  'switch.entered-off': (protocol) => `${protocol} は無効と入力されています。`,
  'switch.turn-on': (user, option) => `次を実行してください: Set-CASMailbox ${user} ${option}`,
  'switch.refused': (protocol, server) =>
    `Exchange は ${server} の ${protocol} を拒否しました。応答からは、プロトコルが無効なのか別の原因なのか判断できません。`,
  'switch.see-first': (user) =>
    `まず Get-CASMailbox ${user} を確認し、次にトークンとメールボックスのアクセス許可を確認してください。`,
  'switch.entered-on': (protocol) => `${protocol} は有効と入力されています。`,
  'switch.unknown': (protocol, address) =>
    `${address} の ${protocol} が有効かどうかは入力されておらず、${protocol} でサインインしたサーバーもありません。`,
  'switch.look': (user) => `Get-CASMailbox ${user} で確認し、入力してください。`,
  'licence.missing': () => 'メールボックスのライセンスが入力されていません。',
  'licence.missing-opened': (server) =>
    `ライセンスが入力されていません。${server} がメールボックスを開けたため、何らかのライセンスはあります。`,
  'licence.enter': () => `入力してください。${SOURCE}`,
  'licence.enough': (licence) => `ライセンス ${licence} は E3 以上です。`,
  'licence.unknown': (licence) => `ライセンス ${licence} が E3 に相当するかどうかは判断できません。`,
  'licence.ask': () => `Cisco に確認してください。${SOURCE}`,
  'licence.less-opened': (licence, server) =>
    `ライセンス ${licence} は E3 未満ですが、${server} はメールボックスを開けました。`,
  'licence.ask-support': () => `サポートの対象かどうかを Cisco に確認してください。${SOURCE}`,
  'licence.less': (licence) => `ライセンス ${licence} は E3 未満です。`,
  'licence.assign': () => `E3 以上を割り当ててください。${SOURCE}`,
};
