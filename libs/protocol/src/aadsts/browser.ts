import { signInAsMailbox } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** What happens in the browser, or with the code of a device sign-in, while somebody signs in (C5). */
export const BROWSER_ROWS = [
  {
    codes: [50058],
    cause: 'token.denied',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The browser holds no session for a silent sign-in; that is normal with prompt=none.',
      ja: 'サイレント サインインに使用できるセッションがブラウザーにありません。prompt=none では通常の動作です。',
    },
    action: {
      en: 'Sign in interactively, as the mailbox user.',
      ja: 'メールボックスのユーザーとして対話形式でサインインしてください。',
    },
  },
  {
    codes: [50197],
    cause: 'token.account',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The user was not found because several identities in the browser conflict.',
      ja: 'ブラウザー内の複数の ID が競合しているため、ユーザーが見つかりませんでした。',
    },
    action: signInAsMailbox,
  },
  {
    codes: [70018],
    cause: 'token.denied',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The user code of the device sign-in was typed wrongly.',
      ja: 'デバイス サインインのユーザー コードの入力に誤りがあります。',
    },
    action: {
      en: 'Type the code again, as Mailpath shows it.',
      ja: 'Mailpath に表示されているコードを入力し直してください。',
    },
  },
  {
    codes: [70019],
    cause: 'token.denied',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The code of the device sign-in expired before anybody signed in.',
      ja: 'サインインが行われる前に、デバイス サインインのコードの有効期限が切れました。',
    },
    action: {
      en: 'Start again and type the new code in time.',
      ja: '最初からやり直し、新しいコードを有効期限内に入力してください。',
    },
  },
  {
    codes: [81004, 81005, 81006, 81009, 81010, 81011],
    cause: 'token.denied',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The browser tried seamless single sign-on with Kerberos, as the user of this computer, and failed.',
      ja: 'ブラウザーがこのコンピューターのユーザーとして Kerberos によるシームレス シングル サインオンを試み、失敗しました。',
    },
    action: {
      en: 'Use a private window and sign in there as the mailbox user.',
      ja: 'プライベート ウィンドウを使用し、メールボックスのユーザーとしてサインインしてください。',
    },
  },
  {
    codes: [81012],
    cause: 'token.account',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The user who signs in is another than the user who is signed in to this computer.',
      ja: 'サインインしようとしているユーザーが、このコンピューターにサインインしているユーザーと異なります。',
    },
    action: {
      en: 'Use a private window and sign in there as the mailbox user, so that the token is not made for the user of the computer.',
      ja: 'コンピューターのユーザーのトークンが作成されないよう、プライベート ウィンドウを使用してメールボックスのユーザーとしてサインインしてください。',
    },
  },
  {
    codes: [50140],
    cause: 'token.denied',
    items: [],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The question "Stay signed in?" interrupted the sign-in; that is a normal step.',
      ja: '「サインインの状態を維持しますか?」の確認でサインインが中断されました。通常の手順です。',
    },
    action: { en: 'Answer it in the browser and go on.', ja: 'ブラウザーで回答し、続行してください。' },
  },
  {
    codes: [50199],
    cause: 'token.denied',
    items: [],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'Entra ID asks the person to confirm the sign-in; that is a normal step.',
      ja: 'Entra ID がサインインの確認を求めています。通常の手順です。',
    },
    action: { en: 'Confirm it in the browser and go on.', ja: 'ブラウザーで確認し、続行してください。' },
  },
] as const satisfies readonly AadstsRow[];
