import { MailpathError } from './errors.ts';
import { refusal } from './refusal.ts';

/** What can be asked for by its id, as the sentence begins in each language. */
const JAPANESE_NOUNS = {
  'API key': 'API キー',
  Agent: 'エージェント',
  Baseline: 'ベースライン',
  Download: 'ダウンロード',
  'Enrolment code': '登録コード',
  Finding: '検出された問題',
  Mailbox: 'メールボックス',
  Result: '結果',
  Run: '実行',
  Server: 'サーバー',
  'Sign-in': 'サインイン',
  Site: 'サイト',
  Upgrade: 'アップグレード',
  User: 'ユーザー',
} as const;
type Noun = keyof typeof JAPANESE_NOUNS;

const doesNotExist = refusal<{ noun: Noun; id: string }>('platform.not-found', {
  en: ({ noun, id }) => `${noun} ${id} does not exist.`,
  ja: ({ noun, id }) => `${JAPANESE_NOUNS[noun]} ${id} は存在しません。`,
});

/** What was asked for is not there. */
export const notFound = (noun: Noun, id: string): MailpathError =>
  new MailpathError('not-found', doesNotExist({ noun, id }));
