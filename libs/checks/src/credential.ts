import type { DeviceCode, Lease, Tokens } from '@mailpath/protocol';

/** What a token check obtained. */
export type Obtained = Omit<Tokens, 'leaseId'>;

/** Who is told of what a token check comes by. */
export interface Told {
  onObtained?: (obtained: Obtained) => void;
  onDeviceCode?: (code: Omit<DeviceCode, 'leaseId'>) => void;
}

/**
 * What the checks of one leased order share: the lease, and the access token once there is one. Nothing of it outlives
 * the order.
 */
export class Credential {
  readonly lease: Lease;
  readonly #onObtained: (obtained: Obtained) => void;
  readonly #onDeviceCode: (code: Omit<DeviceCode, 'leaseId'>) => void;
  #accessToken: string | null;
  readonly #secrets: Set<string>;

  /** `onObtained` and `onDeviceCode` hand on to the API what is not to be kept here. */
  constructor(lease: Lease, told: Told = {}) {
    const { grant, clientSecret, clientAssertion } = lease;
    this.lease = lease;
    this.#onObtained = told.onObtained ?? (() => undefined);
    this.#onDeviceCode = told.onDeviceCode ?? (() => undefined);
    this.#accessToken = grant.kind === 'access-token' ? grant.accessToken : null;
    const own = {
      'authorization-code': grant.kind === 'authorization-code' ? [grant.code, grant.codeVerifier] : [],
      'refresh-token': grant.kind === 'refresh-token' ? [grant.refreshToken] : [],
      'access-token': grant.kind === 'access-token' ? [grant.accessToken] : [],
      'device-code': [],
      'client-credentials': [],
    }[grant.kind];
    this.#secrets = new Set([...own, clientSecret, clientAssertion].filter((each) => each !== null));
  }

  /** The token to sign in with; null as long as none was obtained. */
  get accessToken(): string | null {
    return this.#accessToken;
  }

  /** Everything that must not be seen in a result. */
  get secrets(): ReadonlySet<string> {
    return this.#secrets;
  }

  /** Notes a further text that must not be seen, such as an id token. */
  keepSecret(text: string): void {
    if (text !== '') this.#secrets.add(text);
  }

  /** A token check came through: the checks after it use the token, and the API is told. */
  obtained(obtained: Obtained): void {
    this.#accessToken = obtained.accessToken;
    this.keepSecret(obtained.accessToken);
    if (obtained.refreshToken !== null) this.keepSecret(obtained.refreshToken);
    this.#onObtained(obtained);
  }

  /** A person has to type this code somewhere before the token comes. */
  showDeviceCode(code: Omit<DeviceCode, 'leaseId'>): void {
    this.#onDeviceCode(code);
  }
}
