/** What is wrong with a field, and what to write: each English message with the Japanese one, as in REFUSALS. */
export const FIELD_ERRORS: Record<string, string> = {
  'this field is missing': 'この項目は必須です',
  'this field is not known here; check its spelling or leave it out':
    'この項目はここでは使えません。つづりを確認するか、取り除いてください',
  'this name is not known here; check its spelling': 'この名前はここでは使えません。つづりを確認してください',
  'write one of: {}': '次のいずれかを指定してください：{}',
  'this must be a JSON object': 'JSON オブジェクトを指定してください',
  'this must be of type {}': '型 {} の値を指定してください',
  'not valid JSON at {}: write {} there': '{} の JSON が正しくありません。{} を書いてください',
  "not in UTF-8: send UTF-8; PowerShell 5.1 does with -ContentType 'application/json; charset=utf-8'":
    "UTF-8 ではありません。UTF-8 で送信してください。PowerShell 5.1 では -ContentType 'application/json; charset=utf-8' を付けます",
  'leave out the names __proto__ and constructor.prototype, which JSON from outside may not hold':
    '外部からの JSON では使えない名前 __proto__ と constructor.prototype を取り除いてください',
  'this field stands in its object already, and again at {}: leave one out':
    'この項目は同じオブジェクトにすでにあり、{} にもあります。どちらかを取り除いてください',
  'there are no versions of what this changes: leave it out, or write *':
    'この操作の対象にはバージョンがありません。指定しないか、* を指定してください',
  'a baseline id is a UUID': 'ベースラインの ID は UUID です',
  'a run id is a UUID': '実行の ID は UUID です',
  'a server id is a UUID': 'サーバーの ID は UUID です',
  'a site id is a UUID': 'サイトの ID は UUID です',
  'an id is a UUID': 'ID は UUID です',
  'an id is a UUID, such as 0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b':
    'ID は UUID です（例：0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b）',
  'a device code needs none; leave it out, or choose the flow browser':
    'デバイス コードでは不要です。空にするか、フロー browser を選んでください',
  'a password has at least 12 characters': 'パスワードは 12 文字以上にしてください',
  'a password has at most 200 characters': 'パスワードは 200 文字以内にしてください',
  'a server has a name of at most 100 characters': 'サーバーの名前は 100 文字以内にしてください',
  'a sign-in ends with either code or error': 'サインインは code か error のどちらか一方で終わります',
  'a site expects at most 20 further issuers': '追加の発行者は 20 件までです',
  'a site has at most 50 further targets': '追加の対象は 50 件までです',
  'an action is the id of an operation, such as createServer':
    '操作の ID を指定してください（例：createServer）',
  'boot is that of one of the machines in agent.quarantine':
    'agent.quarantine にあるマシンの boot を指定してください',
  'each target name may be used once': '対象の名前は重複できません',
  'write a whole number of seconds from 10 to 86400': 'チェックの間隔は 10 から 86400 までの整数（秒）です',
  'write a whole number of seconds from 60 to 86400, or null for never':
    'メールボックスにサインインする間隔は 60 から 86400 までの整数（秒）です。行わない場合は空（null）にしてください',
  'give back nextCursor of the previous answer as it was': '前の応答の nextCursor をそのまま指定してください',
  'its {} cannot be taken over: {}': '{} を取り込めません：{}',
  'limit is a whole number from 1 to 500': 'limit は 1 から 500 までの整数です',
  'name each server once': '同じサーバーを 2 回指定しないでください',
  'paste the address at which the browser ended, and nothing else':
    'ブラウザーに最後に表示されたアドレスだけを貼り付けてください',
  "paste the address of Microsoft's sign-in page, at most {} characters":
    'Microsoft のサインインページのアドレスを貼り付けてください（{} 文字以内）',
  'paste the whole address at which the browser ended':
    'ブラウザーに最後に表示されたアドレス全体を貼り付けてください',
  'send name and password, or the key of a program, or the code of a sign-in link, and only one of them':
    '名前とパスワード、プログラムのキー、サインイン用リンクのコードのうち、1 つだけを送信してください',
  'the client id is the GUID of the Entra application':
    'クライアント ID には Entra アプリケーションの GUID を入力してください',
  'the parameter state is missing: this is not the address that a sign-in ends at':
    'パラメーター state がありません。サインインが終わるアドレスではありません',
  'the parameter state is not one that Mailpath gave out':
    'パラメーター state は Mailpath が発行したものではありません',
  'there is no manifest {} in /downloads: put it there first':
    '/downloads にマニフェスト {} がありません。先に置いてください',
  'there is no {} in /downloads: put it there first': '/downloads に {} がありません。先に置いてください',
  'there is no server {} at this site': 'このサイトにサーバー {} はありません',
  'this site has no server {}': 'このサイトにサーバー {} はありません',
  'there is no such site; GET /v1/sites lists them':
    'そのサイトはありません。一覧は GET /v1/sites にあります',
  'this address belongs to another sign-in: its state is not the one given out':
    'このアドレスは別のサインインのものです。state が発行したものと異なります',
  'this is in the future: write when the test was run, in UTC':
    '未来の日時です。テストを実行した日時を UTC で入力してください',
  'this is not an address that a sign-in starts at: open the whole startUrl':
    'サインインを始めるアドレスではありません。startUrl 全体を開いてください',
  'this is not the address at which a sign-in ends: that has the parameters state and code, or state and error. Copy the whole address':
    'サインインが終わるアドレスではありません。state と code、または state と error を含みます。アドレス全体をコピーしてください',
  'this is not your present password': '現在のパスワードが違います',
  'this is the id of a secret, with which Entra answers AADSTS7000215; write the value, which Entra shows only once, when the secret is made':
    'これはシークレットの ID です。使うと Entra は AADSTS7000215 を返します。シークレットの作成時に一度だけ表示される値を入力してください',
  'this moment is over: write one to come, or null for a key without an end':
    '過去の日時です。これからの日時を指定するか、期限のないキーでは null にしてください',
  'this name belongs to a standard target; override that one under targets, or choose another name':
    'この名前は標準の対象のものです。targets で上書きするか、別の名前を選んでください',
  'this site is called "{}": write its name, to show that you mean it':
    'このサイトの名前は「{}」です。確認のため、その名前を入力してください',
  'write 1 to 200 visible ASCII characters, such as a UUID':
    '表示可能な ASCII 文字を 1 から 200 文字指定してください（例：UUID）',
  'write a moment after `since`, or leave it out for now':
    'since より後の日時を指定してください。現在の場合は指定不要です',
  'write a moment at most ten years before `to`': 'to から 10 年以内の日時を指定してください',
  'write a moment before `to`, which is now if it is left out':
    'to（省略時は現在）より前の日時を指定してください',
  'write a moment of which results are kept: there is none of it, or of just before':
    '結果が残っている日時を指定してください。その日時にも、その直前にも結果がありません',
  'write a moment or a baseline, not both': '日時とベースラインは、どちらか一方だけを指定してください',
  'write a moment that has passed, or leave it out for now':
    '過去の日時を指定してください。現在の場合は指定不要です',
  'write a moment with its offset, such as 2026-11-24T03:00:00Z or 2026-11-24T12:00:00+09:00':
    '時差を含む日時を指定してください（例：2026-11-24T03:00:00Z、2026-11-24T12:00:00+09:00）',
  'write a name like a host name: letters, digits, dashes and dots, at most 100 characters, such as ece-svc01':
    'ホスト名の形式で入力してください。英数字、ハイフン、ピリオドで 100 文字以内です（例：ece-svc01）',
  'write a number of days from 1 to 3650, or null for what Mailpath was started with':
    '日数を 1 から 3650 で入力してください。起動時の設定に戻す場合は空（null）にしてください',
  'write a time of day, such as 22:00': '時刻を入力してください（例：22:00）',
  'write a time zone by its IANA name, such as Asia/Tokyo':
    'IANA のタイム ゾーン名を入力してください（例：Asia/Tokyo）',
  'write a whole number from 1 to {}': '1 から {} までの整数を入力してください',
  'write an address or a network, such as 10.20.0.0/16 or 2001:db8::/32':
    'アドレスまたはネットワークを入力してください（例：10.20.0.0/16、2001:db8::/32）',
  'write another time than in from': 'from と異なる時刻を入力してください',
  'write at least one character, or leave the field out': '1 文字以上入力するか、項目を省略してください',
  'write what can be seen, without invisible characters or marks of direction; type it where it was pasted':
    '見えない文字や書字方向の制御文字を含まない文字列を入力してください。貼り付けた場合は、手で入力し直してください',
  'write at most {} characters': '{} 文字以内で入力してください',
  'write at most {} values with commas between': 'コンマ区切りで {} 個以内にしてください',
  'write html or json': 'html または json を指定してください',
  'write since when, or beside which baseline: one of them, not both':
    'いつから、またはどのベースラインと比べるか、どちらか一方を指定してください',
  'write text without control characters or broken Unicode':
    '制御文字や壊れた Unicode を含まない文字列を入力してください',
  'write the address that agents and administrators log in at, such as https://ece.example.com':
    'オペレーターと管理者がログインするアドレスを入力してください（例：https://ece.example.com）',
  'write the day as 2027-05-31, as Entra shows it beside the secret':
    'Entra でシークレットの横に表示される期限を、2027-05-31 の形式で入力してください',
  'write the fingerprint of the agent key as GET …/servers/{serverId} and mailpath-agent status show it, such as SHA256: and 43 characters':
    'mailpath-agent status に表示される、エージェントの鍵のフィンガープリントを入力してください（SHA256: と 43 文字）',
  'write the id of a check: {}': 'チェックの ID を指定してください：{}',
  'write the name of a file in /downloads': '/downloads にあるファイルの名前を指定してください',
  'write the name of a server': 'サーバーの名前を入力してください',
  'write the name of the site, to show that you mean it': '確認のため、サイトの名前を入力してください',
  'write the password as text': 'パスワードは文字列で指定してください',
  'write the redirect URI as it is registered in Entra, such as https://ece.example.com/system/callback, at most 256 characters':
    'Entra に登録されているリダイレクト URI を入力してください（256 文字以内、例：https://ece.example.com/system/callback）',
  'write the tenant id (a GUID) or a domain of the tenant, such as contoso.onmicrosoft.com':
    'テナント ID（GUID）またはテナントのドメインを入力してください（例：contoso.onmicrosoft.com）',
  'this certificate cannot be read': 'この証明書を読み取れません',
  'this key cannot be read: write it as PEM without a passphrase, as openssl pkcs12 -nocerts -nodes -in file.pfx prints it':
    'この鍵を読み取れません。openssl pkcs12 -nocerts -nodes -in file.pfx の出力のように、パスフレーズのない PEM で指定してください',
  'Entra accepts RSA keys of {} bits or more alone': 'Entra が受け付けるのは {} ビット以上の RSA 鍵だけです',
  'this key is not that of the certificate': 'この鍵は証明書と対になっていません',
  'this certificate has expired: make a new one, and register it in Entra':
    'この証明書は有効期限が切れています。新しく作成し、Entra に登録してください',
  'write {} as PEM alone': '{} だけを PEM で指定してください',
  'write {} as PEM: it has a line that begins with -----BEGIN':
    '{} を PEM で指定してください。-----BEGIN で始まる行が必要です',
  'write the value of the client secret alone, without blanks or line ends':
    '空白や改行を除き、クライアントシークレットの値だけを入力してください',
  'write the value of the client secret alone; it has some 40 characters':
    'クライアントシークレットの値だけを入力してください（約 40 文字）',
  'write the value of the client secret; it has some 40 characters':
    'クライアントシークレットの値を入力してください（約 40 文字）',
  'write the path of a page of Mailpath, such as /sites, without the host':
    'Mailpath のページのパスを、ホストなしで指定してください（例：/sites）',
  'write true or false': 'true または false を指定してください',
  '{} expired at {}: have it signed anew': '{} は {} に期限が切れました。署名し直してください',
  '{} is no application server, and the first token is created from one (S47); choose a server with the role application':
    '{} はアプリケーション サーバーではありません。最初のトークンはアプリケーション サーバーで作成します（S47）。役割が application のサーバーを選んでください',
  '{} is no manifest of a bundle ({})': '{} はバンドルのマニフェストではありません（{}）',
  '{} is not what {} was signed for: put both there again':
    '{} は {} の署名の対象と異なります。両方を置き直してください',
  '{}, without a user name or password in it': '{}（ユーザー名やパスワードを含めないでください）',
};
