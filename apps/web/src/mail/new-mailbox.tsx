import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef } from 'react';
import { answer, api } from '../api/client.ts';
import { Refusal } from '../ui/refusal.tsx';
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
    <form ref={form} className={style.form} onSubmit={submit} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{words.add}</h2>
      <div className="field">
        <label htmlFor={`${field}-address`}>{words.address}</label>
        <input
          id={`${field}-address`}
          name="address"
          type="email"
          required
          autoComplete="off"
          placeholder={words.addressHint}
        />
      </div>
      <div className="field">
        <label htmlFor={`${field}-user`}>{words.user}</label>
        <input id={`${field}-user`} name="userName" type="email" autoComplete="off" />
      </div>
      <label className={style.choice}>
        <input type="checkbox" name="roundTrip" /> {words.roundTrip}
      </label>
      <Refusal error={add.error} />
      <button className="button primary" type="submit" disabled={add.isPending}>
        {words.add}
      </button>
    </form>
  );
}
