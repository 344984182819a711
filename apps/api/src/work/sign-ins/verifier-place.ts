import type { Place } from '../../trust/secrets/secret-box.ts';
import type { SignInEntity } from './sign-in.entity.ts';

/** Where the code verifier of a sign-in is sealed. */
export const verifierPlace = ({ siteId, id }: Pick<SignInEntity, 'siteId' | 'id'>): Place => ({
  purpose: 'code-verifier',
  siteId,
  key: id,
});
