import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef } from 'react';
import { answer, api } from '../api/client.ts';
import { Field, FieldNote, FormFields, FormRefusal } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import style from './mailboxes-page.module.css';

/** What was typed stays until the API has taken it. */
export function NewMailbox({ siteId }: { siteId: string }) {
  const { mailboxes: words } = useWords();
  const field = useId();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (body: { address: string; userName?: string; roundTrip: boolean }) =>
      answer(api.POST('/v1/sites/{siteId}/mailboxes', { params: { path: { siteId } }, body })),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey: ['mailboxes', siteId] });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [address, userName] = [given.get('address'), given.get('userName')];
    if (typeof address !== 'string') return;
    add.mutate({
      address: address.trim(),
      ...(typeof userName === 'string' && userName.trim() !== '' && { userName: userName.trim() }),
      roundTrip: given.get('roundTrip') !== null,
    });
  }
  return (
    <FormFields form="createMailbox" error={add.error}>
      <form ref={form} className={style.form} onSubmit={submit} aria-labelledby={`${field}-title`}>
        <h2 id={`${field}-title`}>{words.add}</h2>
        <Field name="address">
          {(given) => (
            <input {...given} type="email" required autoComplete="off" placeholder={words.addressHint} />
          )}
        </Field>
        <Field name="userName">{(given) => <input {...given} type="email" autoComplete="off" />}</Field>
        <label className={style.choice}>
          <input type="checkbox" name="roundTrip" /> {words.roundTrip}
        </label>
        <FieldNote name="roundTrip" />
        <FormRefusal />
        <button className="button primary" type="submit" disabled={add.isPending}>
          {words.add}
        </button>
      </form>
    </FormFields>
  );
}
