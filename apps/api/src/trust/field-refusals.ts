import { refusal } from '../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const auditAction = refusal('trust.audit-action', {
  en: () => 'an action is the id of an operation, such as createServer',
  ja: () => '操作の ID を指定してください（例：createServer）',
});

export const passwordText = refusal('trust.password-text', {
  en: () => 'write the password as text',
  ja: () => 'パスワードは文字列で指定してください',
});

export const passwordShort = refusal('trust.password-short', {
  en: () => 'a password has at least 12 characters',
  ja: () => 'パスワードは 12 文字以上にしてください',
});

export const passwordLong = refusal('trust.password-long', {
  en: () => 'a password has at most 200 characters',
  ja: () => 'パスワードは 200 文字以内にしてください',
});

export const oneSignIn = refusal('trust.one-sign-in', {
  en: () =>
    'send exactly one of these: name and password, the key of a program, or the code of a sign-in link',
  ja: () =>
    '名前とパスワード、プログラムのキー、サインイン用リンクのコードのうち、1 つだけを送信してください',
});

export const siteNamedTwice = refusal('trust.site-named-twice', {
  en: () => 'name each site once',
  ja: () => '同じサイトを 2 回指定しないでください',
});

export const secretShort = refusal('trust.secret-short', {
  en: () => 'write the value of the client secret; it has some 40 characters',
  ja: () => 'クライアント シークレットの値を入力してください（約 40 文字）',
});

export const secretLong = refusal('trust.secret-long', {
  en: () => 'write only the value of the client secret; it has some 40 characters',
  ja: () => 'クライアント シークレットの値だけを入力してください（約 40 文字）',
});

export const secretBlanks = refusal('trust.secret-blanks', {
  en: () => 'write only the value of the client secret, without blanks or line ends',
  ja: () => '空白や改行を除き、クライアント シークレットの値だけを入力してください',
});

export const secretId = refusal('trust.secret-id', {
  en: () =>
    'this is the id of a secret, which Entra refuses with AADSTS7000215; write the value, which Entra shows only once, when you create the secret',
  ja: () =>
    'これはシークレットの ID です。使うと Entra は AADSTS7000215 を返します。シークレットの作成時に一度だけ表示される値を入力してください',
});

export const secretDay = refusal('trust.secret-day', {
  en: () => 'write the day as 2027-05-31; Entra shows it beside the secret',
  ja: () => 'Entra でシークレットの横に表示される期限を、2027-05-31 の形式で入力してください',
});

/** What is written as PEM. */
export type PemOf = 'certificate' | 'privateKey';
const PEM = {
  certificate: { en: 'the certificate', ja: '証明書' },
  privateKey: { en: 'the private key', ja: '秘密キー' },
} as const;

export const pemOnly = refusal<{ of: PemOf }>('trust.pem-only', {
  en: ({ of }) => `write only ${PEM[of].en}, as PEM`,
  ja: ({ of }) => `${PEM[of].ja}だけを PEM で指定してください`,
});

export const pemForm = refusal<{ of: PemOf }>('trust.pem-form', {
  en: ({ of }) => `write ${PEM[of].en} as PEM: it has a line that begins with -----BEGIN`,
  ja: ({ of }) => `${PEM[of].ja}を PEM で指定してください。-----BEGIN で始まる行が必要です`,
});

export const certificateUnreadable = refusal('trust.certificate-unreadable', {
  en: () => 'Mailpath cannot read this certificate: write it as PEM, as openssl x509 prints it',
  ja: () => 'この証明書を読み取れません。openssl x509 の出力のように PEM で指定してください',
});

export const keyUnreadable = refusal('trust.key-unreadable', {
  en: () =>
    'Mailpath cannot read this key: write it as PEM without a passphrase, as openssl pkcs12 -nocerts -nodes -in file.pfx prints it',
  ja: () =>
    'この鍵を読み取れません。openssl pkcs12 -nocerts -nodes -in file.pfx の出力のように、パスフレーズのない PEM で指定してください',
});

export const keyNotRsa = refusal<{ bits: number }>('trust.key-not-rsa', {
  en: ({ bits }) => `Entra accepts only RSA keys of ${bits} bits or more`,
  ja: ({ bits }) => `Entra が受け付けるのは ${bits} ビット以上の RSA 鍵だけです`,
});

export const keyOfAnother = refusal('trust.key-of-another', {
  en: () => 'this key does not belong to the certificate',
  ja: () => 'この鍵は証明書と対になっていません',
});

export const certificateExpired = refusal('trust.certificate-expired', {
  en: () => 'this certificate has expired: create a new one, and register it in Entra',
  ja: () => 'この証明書は有効期限が切れています。新しく作成し、Entra に登録してください',
});

export const returnPath = refusal('trust.return-path', {
  en: () => 'write the path of a page of Mailpath, such as /sites, without the host',
  ja: () => 'Mailpath のページのパスを、ホストなしで指定してください（例：/sites）',
});

export const idempotencyKeyForm = refusal('trust.idempotency-key-form', {
  en: () => 'write 1 to 200 visible ASCII characters, such as a UUID',
  ja: () => '表示可能な ASCII 文字を 1 から 200 文字指定してください（例：UUID）',
});

export const notYourPassword = refusal('trust.not-your-password', {
  en: () => 'this is not your present password',
  ja: () => '現在のパスワードが違います',
});

export const siteNotThere = refusal('trust.site-not-there', {
  en: () => 'there is no such site; GET /v1/sites lists them',
  ja: () => 'そのサイトはありません。一覧は GET /v1/sites にあります',
});

export const endHasPassed = refusal('trust.end-has-passed', {
  en: () => 'this moment has passed: write a later one, or null for a key that does not expire',
  ja: () => '過去の日時です。これからの日時を指定するか、期限のないキーでは null にしてください',
});
