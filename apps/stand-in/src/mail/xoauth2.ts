/** What a client says of itself in SASL XOAUTH2: the mailbox it wants and the token it has. */
export interface XOAuth2 {
  user: string;
  accessToken: string;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Reads the base64 of `user=…^Aauth=Bearer …^A^A` as Exchange Online does: strictly; null when it is anything else. */
export function readXOAuth2(base64: string): XOAuth2 | null {
  if (base64 === '' || !BASE64.test(base64)) return null;
  const fields = Buffer.from(base64, 'base64').toString('utf8').split('\x01');
  const [user, accessToken] = [/^user=(.+)$/, /^auth=Bearer (\S+)$/].map(
    (shape, index) => shape.exec(fields[index] ?? '')?.[1],
  );
  const endsWell = fields.length === 4 && fields[2] === '' && fields[3] === '';
  return user !== undefined && accessToken !== undefined && endsWell ? { user, accessToken } : null;
}
