import { answer, api, done } from '../api/client.ts';
import { Field } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import { CredentialForm } from './credential-form.tsx';

/** The secret of the application, and when Entra lets it expire. */
export function ClientSecret({ siteId }: { siteId: string }) {
  const { settings: words } = useWords();
  const params = { path: { siteId } };
  return (
    <CredentialForm
      form="setClientSecret"
      queryKey={['client-secret', siteId]}
      of={words.secret}
      lead={words.secretLead}
      action={words.secretSet}
      read={() => answer(api.GET('/v1/sites/{siteId}/client-secret', { params }))}
      forget={() => done(api.DELETE('/v1/sites/{siteId}/client-secret', { params }))}
      tell={({ setAt, expiresOn }) => words.secretNow(setAt.slice(0, 10), expiresOn)}
      set={(text) => {
        const body = { secret: text('secret'), expiresOn: text('expiresOn') || null };
        return done(api.PUT('/v1/sites/{siteId}/client-secret', { params, body }));
      }}
    >
      <Field name="secret">
        {(given) => <input {...given} type="password" autoComplete="off" minLength={8} required />}
      </Field>
      <Field name="expiresOn">{(given) => <input {...given} type="date" />}</Field>
    </CredentialForm>
  );
}
