import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Refused } from '../api/client.ts';
import { Refusal } from '../ui/refusal.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { useWords } from '../words/words.tsx';
import style from './settings-page.module.css';

export interface Kept<T> {
  /** By which it is read again once another is set. */
  queryKey: readonly string[];
  /** Rejects with 404 where none is kept. */
  read: () => Promise<T>;
  forget: () => Promise<void>;
  tell: (kept: T) => string;
  /** What it is, such as `Client secret`. */
  of: string;
}

/** What may be said of a credential that is kept, and how it is forgotten; nothing where none is kept. */
export function KeptCredential<T>({ queryKey, read, forget, tell, of }: Kept<T>) {
  const { settings: words } = useWords();
  const queries = useQueryClient();
  const kept = useQuery({
    queryKey,
    queryFn: () =>
      read().catch((error: unknown) => {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }),
  });
  const forgotten = useMutation({
    mutationFn: forget,
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <>
      <Refusal error={kept.error ?? forgotten.error} />
      {kept.data && (
        <div className={style.kept}>
          <span>{tell(kept.data)}</span>
          <SureButton
            label={words.forget}
            of={of}
            ask={words.forgetSure}
            busy={forgotten.isPending}
            onSure={() => forgotten.mutate()}
          />
        </div>
      )}
    </>
  );
}
