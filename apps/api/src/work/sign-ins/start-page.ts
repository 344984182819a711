import { escaped } from '@mailpath/terminal';

/** What a person agrees to by going on. */
export interface Offer {
  /** Of the sign-in. */
  id: string;
  userName: string;
  siteName: string;
  serverName: string;
  /** Where the browser goes from here. */
  loginOrigin: string;
}

/**
 * The page before Entra's, which says for what a person signs in. It changes nothing until the button is pressed, so
 * that a link preview does not either.
 */
export function startPage({ userName, siteName, serverName }: Offer): string {
  const [user, site, server] = [escaped(userName), escaped(siteName), escaped(serverName)];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in for Mailpath</title>
<h1>Sign in as ${user}</h1>
<p>Mailpath will be able to read mail of <strong>${user}</strong> and to send as it, for the site <strong>${site}</strong>; the first token is obtained by the server ${server}.</p>
<p>Go on only if you, or a colleague whom you can ask, started this sign-in. Nobody else's sign-in is kept.</p>
<form method="post"><button>Go on to Microsoft's sign-in page</button></form>
<p lang="ja">Mailpath はサイト <strong>${site}</strong> のために <strong>${user}</strong> のメールを読み、送信できるようになります。ご自身または確認できる同僚が開始した場合だけ、続行してください。</p>
</html>
`;
}
