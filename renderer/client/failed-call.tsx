import type { Failure } from '../../shared/result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorBlock } from '../ui/notes.tsx';
import type { QueryName } from './query-cache.ts';
import { useQueryCache } from './use-client.tsx';

/** A question that got no answer: what is missing, why, and asking again. */
export function FailedCall({
  title,
  name,
  error,
}: {
  readonly title: string;
  readonly name: QueryName;
  readonly error: Failure;
}) {
  const cache = useQueryCache();
  return (
    <ErrorBlock title={title} action={<Button onClick={() => cache.invalidate([name])}>Try again</Button>}>
      {error.message}
    </ErrorBlock>
  );
}
