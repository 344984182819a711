import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useRef } from 'react';
import { FormFields, FormRefusal } from '../ui/field.tsx';
import type { FormName } from '../ui/form-fields.ts';
import { useWords } from '../words/words.tsx';
import { KeptCredential, type Kept } from './kept-credential.tsx';
import style from './settings-page.module.css';

interface Props<T> extends Kept<T> {
  form: FormName;
  lead: string;
  /** Of the button that sends what was typed. */
  action: string;
  set: (text: (name: string) => string) => Promise<unknown>;
  /** The fields. */
  children: ReactNode;
}

/** Sends a credential, which never comes out again, and empties the fields once it is kept. */
export function CredentialForm<T>({ form: sends, lead, action, set, children, ...kept }: Props<T>) {
  const { settings: words } = useWords();
  const title = useId();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const sent = useMutation({
    mutationFn: (given: FormData) => set((name) => textIn(given, name)),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey: kept.queryKey });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    sent.mutate(new FormData(event.currentTarget));
  }
  return (
    <FormFields form={sends} error={sent.error}>
      <form ref={form} className={style.card} onSubmit={submit} aria-labelledby={title}>
        <h2 id={title}>{kept.of}</h2>
        <p className="lead">{lead}</p>
        <KeptCredential {...kept} />
        {children}
        <FormRefusal />
        <p className={style.save}>
          <button className="button" type="submit" disabled={sent.isPending}>
            {action}
          </button>
          <output>{sent.isSuccess ? words.saved : ''}</output>
        </p>
      </form>
    </FormFields>
  );
}

function textIn(given: FormData, name: string): string {
  const value = given.get(name);
  return typeof value === 'string' ? value : '';
}
