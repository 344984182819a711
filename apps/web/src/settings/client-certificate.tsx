import { answer, api, done } from '../api/client.ts';
import { Field } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import { CredentialForm } from './credential-form.tsx';

/** Certificate and key of the application, in place of a secret. */
export function ClientCertificate({ siteId }: { siteId: string }) {
  const { settings: words } = useWords();
  const params = { path: { siteId } };
  return (
    <CredentialForm
      form="setClientCertificate"
      queryKey={['client-certificate', siteId]}
      of={words.certificate}
      lead={words.certificateLead}
      action={words.certificateSet}
      read={() => answer(api.GET('/v1/sites/{siteId}/client-certificate', { params }))}
      forget={() => done(api.DELETE('/v1/sites/{siteId}/client-certificate', { params }))}
      tell={({ thumbprint, expiresAt }) => words.certificateNow(thumbprint, expiresAt.slice(0, 10))}
      set={(text) => {
        const body = { certificate: text('certificate'), privateKey: text('privateKey') };
        return answer(api.PUT('/v1/sites/{siteId}/client-certificate', { params, body }));
      }}
    >
      <Pem name="certificate" />
      <Pem name="privateKey" />
    </CredentialForm>
  );
}

const Pem = ({ name }: { name: string }) => (
  <Field name={name}>
    {(given) => <textarea {...given} rows={3} autoComplete="off" spellCheck={false} required />}
  </Field>
);
