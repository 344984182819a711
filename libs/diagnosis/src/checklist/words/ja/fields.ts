import type { Harm } from '../../../settings/authorize-parameters.ts';
import type { Oddity } from '../../../settings/field-text.ts';
import type { fields as en } from '../en/fields.ts';

const ODD: Readonly<Record<Oddity, string>> = {
  'broken-unicode': '不完全な文字',
  control: '制御文字 (タブや改行など)',
  'byte-order-mark': '目に見えないバイト オーダー マーク',
  'zero-width': '目に見えない幅のない文字',
  'odd-blank': 'キーボードの空白とは異なる空白文字',
  'blank-at-end': '先頭または末尾の空白',
  blank: '空白',
  quote: '引用符',
  'html-entity': '文字の代わりの HTML エンティティ',
  'encoded-twice': '二重にパーセント エンコードされた文字列',
};
const HARM: Readonly<Record<Harm, string>> = {
  'picks-user':
    'セッションまたはシングル サインオンにサインインが引き継がれ、端末のユーザーのトークンになる可能性があります',
  'no-code': 'コードがブラウザーに残り、ECE に届きません',
  unsupported: 'Entra ID ではサポートされておらず、要求が拒否されるか、その内容が無視されます',
  'demands-more': '後でトークンを更新するサーバーには示せない証明をサインインに要求します',
  secret: 'ブラウザーやプロキシに記録されるアドレスに、秘密の情報を含めてはいけません',
};

export const fields: typeof en = {
  'field.odd': (field, oddities) =>
    `フィールド ${field} に、含まれるべきでない${oddities.map((one) => ODD[one] ?? one).join('、')}が含まれています。`,
  'field.correct': (field) =>
    `${field} を登録元で空にしてから入力し直してください。コピーし直しても同じ結果になります。`,
  'parameter.repeated': (name) =>
    `パラメーター ${name} が複数あります。OAuth では認められていません (RFC 6749、3.1 節)。`,
  'parameter.once': (name) => `ECE の認可 URL の ${name} を 1 つだけにしてください。`,
  'parameter.harmful': (harm, name) => `パラメーター ${name} は有害です: ${HARM[harm]}。`,
  'parameter.take-out': (name) => `ECE の認可 URL から ${name} を削除してください。`,
  'parameter.unknown': (name) =>
    `パラメーター ${name} は、OAuth、OpenID Connect、Entra ID の既知のパラメーターではないため、影響を判断できません。`,
  'parameter.see': (name) => `${name} がどこで追加されたか確認し、必要がなければ削除してください。`,
  'parameter.known': (needed, harmless) =>
    `必要なパラメーター: ${needed.join(', ')}。害のないパラメーター: ${harmless.length > 0 ? harmless.join(', ') : 'なし'}。`,
};
