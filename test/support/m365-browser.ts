import { request } from 'node:https';
import type { StandIn } from '../../apps/stand-in/src/stand-in.ts';

/** A page as a browser shows it, or the address that it was sent on to. */
export interface Page {
  status: number;
  text: string;
  location: string | null;
}

export interface Person {
  login: string;
  passwd: string;
}

/**
 * A person's browser that reaches Microsoft's names at one address of the stand-in, as its proxy or DNS would have it.
 */
export class Browser {
  readonly #certificate: string;
  readonly #address: string;
  /** Of Mailpath. */
  readonly #cookies: string[] = [];

  constructor({ authority, addresses }: Pick<StandIn, 'authority' | 'addresses'>, address = addresses[0]) {
    this.#certificate = authority.certificate;
    this.#address = address ?? '127.0.0.1';
  }

  /**
   * Opens the address of a sign-in, and types into the form unless an error page came instead of it. What comes then is
   * a page, or the way back to the application, which `follow` goes.
   */
  async signIn(authorizeUrl: string, person: Person): Promise<Page> {
    const form = await this.visit(authorizeUrl);
    if (form.location !== null || form.status !== 200) return form;
    return this.visit(authorizeUrl, { ...person, action: 'sign-in' });
  }

  /** Types a device code, and signs in. */
  enterCode(verificationUri: string, userCode: string, person: Person): Promise<Page> {
    return this.visit(verificationUri, { otc: userCode, ...person, action: 'sign-in' });
  }

  /** GET, or POST where there is a form; TLS is proven for the name in the address. */
  visit(address: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    const url = new URL(address);
    const body = form === undefined ? null : new URLSearchParams(form).toString();
    return new Promise((resolve, reject) => {
      const asking = request(
        {
          host: this.#address,
          port: url.port,
          path: url.pathname + url.search,
          servername: url.hostname,
          ca: this.#certificate,
          agent: false,
          method: body === null ? 'GET' : 'POST',
          headers: {
            host: url.host,
            ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer
            .once('error', reject)
            .once('end', () =>
              resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location ?? null }),
            );
        },
      );
      asking.once('error', reject).end(body ?? undefined);
    });
  }

  /** Opens the page of Mailpath at which a sign-in starts, and goes on from there; answers the address of Entra. */
  async start(startUrl: string): Promise<string> {
    const address = startUrl.replace('//localhost', '//127.0.0.1');
    const page = await fetch(address);
    const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
    this.#cookies.push(cookie);
    const gone = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    });
    const location = gone.headers.get('location');
    if (location === null)
      throw new Error(`the sign-in does not start: ${await page.text()} ${await gone.text()}`);
    return location;
  }

  /** Goes where it was sent: to the application on this machine, which answers a page. */
  async follow({ location, text }: Page): Promise<Response> {
    if (location === null) throw new Error(`was not sent on, and shown instead: ${text}`);
    return fetch(location.replace('//localhost', '//127.0.0.1'), {
      headers: { cookie: this.#cookies.join('; ') },
    });
  }
}
