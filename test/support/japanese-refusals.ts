/** An id of nothing. */
export const NOWHERE = '01a20bac-7abe-74ff-a112-9ae128132374';

/** Where the site and its server are that have no agent, no secret and no results. */
interface Paths {
  site: string;
  server: string;
}
/** Method, path and body; an array is sent as the text that it holds. */
type Asked = [method: string, path: string, sent?: object];

/** Of each group of the API one refusal of a whole request, and one of a field: how it is asked for, and its words. */
export const JAPANESE_REFUSALS: [group: string, kind: string, ask: (at: Paths) => Asked, detail: string][] = [
  [
    'platform',
    'whole',
    () => ['get', '/v1/nothing'],
    'このパスには何もありません。一覧は /docs にあります。',
  ],
  ['platform', 'field', () => ['get', '/v1/sites?limit=0'], 'limit：limit は 1 から 500 までの整数です'],
  [
    'platform',
    'code of zod',
    () => ['post', '/v1/sites', { name: 7 }],
    'name：型 string の値を指定してください',
  ],
  [
    'platform',
    'JSON',
    () => ['post', '/v1/sites', ['{"name": ']],
    'body：1 行 10 文字目の JSON が正しくありません。値が必要です',
  ],
  [
    'protocol',
    'field',
    (at) => ['post', `${at.site}/mailboxes`, { address: 'sales' }],
    'address：メール アドレスを入力してください（例：sales@example.com）',
  ],
  [
    'estate',
    'whole',
    () => ['post', '/v1/sites', { name: 'Refused' }],
    '「Refused」という名前のサイトはすでにあります。別の名前を選んでください。',
  ],
  [
    'estate',
    'field',
    () => ['post', '/v1/sites', { name: 'x', everySeconds: 1 }],
    'everySeconds：10 から 86400 までの整数（秒）を入力してください',
  ],
  [
    'trust',
    'whole',
    (at) => ['get', `${at.site}/client-secret`],
    'このサイトにはクライアント シークレットがありません。設定ページか PUT /v1/sites/{siteId}/client-secret で設定してください。',
  ],
  [
    'trust',
    'field',
    () => ['post', '/v1/users', { name: 'x', password: 'short' }],
    'password：パスワードは 12 文字以上にしてください',
  ],
  [
    'fleet',
    'whole',
    (at) => ['post', `${at.server}/key-rotation`],
    'svc01 にはエージェントが登録されていません。',
  ],
  [
    'fleet',
    'field',
    (at) => ['post', `${at.site}/upgrades`, { bundle: '../x' }],
    'bundle：/downloads にあるファイルの名前を指定してください',
  ],
  [
    'history',
    'field',
    () => ['patch', '/v1/retention', { resultsDays: 0 }],
    'resultsDays：日数を 1 から 3650 で入力してください。起動時の設定に戻す場合は空（null）にしてください',
  ],
  [
    'work',
    'whole',
    (at) => ['post', `${at.site}/runs`, {}],
    'これらのサーバーのエージェントは 1 つも接続されていないため、依頼できません。',
  ],
  [
    'work',
    'field',
    (at) => ['post', `${at.site}/runs`, { serverIds: [NOWHERE] }],
    `serverIds：このサイトにサーバー ${NOWHERE} はありません`,
  ],
  [
    'conclusions',
    'field',
    (at) => ['post', `${at.site}/baselines`, { name: 'x', at: '2999-01-01T00:00:00Z' }],
    'at：過去の日時を指定してください。現在の場合は指定不要です',
  ],
  [
    'app',
    'field',
    (at) => ['delete', `${at.site}?name=other`],
    'name：このサイトの名前は「Refused」です。削除を確認するため、その名前を入力してください',
  ],
];
