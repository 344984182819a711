import type { CheckResult, Language, SkipCode } from '@mailpath/protocol';

/** English is what the agent says itself. `about` is what `SkipCode` says of each. */
const JA: { readonly [C in SkipCode]: (about: string | null) => string } = {
  'no-token': (check) =>
    `アクセス トークンを取得できなかったため、実行されませんでした${check === null ? '' : ` (${check})`}。`,
  'lease-expired': (until) =>
    `このサーバーの時計では、貸し出しの期限${until === null ? '' : ` (${until})`}が過ぎていたため、実行されませんでした。`,
  'nothing-lent': () => 'サインインに必要な情報が貸し出されていないため、実行されませんでした。',
  'other-grant': (grant) =>
    `貸し出された許可の種類${grant === null ? '' : ` (${grant})`}がこのチェックに合わないため、実行されませんでした。`,
  'no-client-secret': () => 'クライアント シークレットが貸し出されていないため、実行されませんでした。',
  'not-told': () => 'タスクに必要な項目がないため、実行されませんでした。',
  'not-allowed': (place) =>
    `${place ?? '接続先'} はこのサーバーの許可リストにないため、実行されませんでした。agent.json に追加してください。`,
  'unknown-check': () => 'このエージェントはこのチェックに対応していないため、実行されませんでした。',
  'too-many-waiting': (count) =>
    `このサーバーではすでに${count === null ? '多数' : ` ${count} 件`}の実行が待機しているため、実行されませんでした。`,
  'no-time': () => '順番が来る前にラウンドの制限時間が過ぎたため、実行されませんでした。',
  'cut-short': () => '残り時間が短く、結果を判断できませんでした。',
  'called-off': () => 'ラウンドが中止されました。',
};

/** Why a check was not tried, in one sentence; null where nobody said. An agent of before says it in English alone. */
export function skipSentence({ reason, evidence: { skip } }: CheckResult, language: Language): string | null {
  return language === 'ja' && skip ? JA[skip.code](skip.about) : reason;
}
