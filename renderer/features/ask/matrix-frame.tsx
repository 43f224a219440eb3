import { type ReactNode, useMemo, useRef } from 'react';
import type { PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { launchContextNames } from '../../../shared/model/permissions.ts';
import type { Action } from '../../actions/action.ts';
import { useActions } from '../../actions/action-store.ts';
import { changeSearch, useSearchParameter } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { valueOf } from '../../client/use-client.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { LoadingLine } from '../../ui/notes.tsx';
import { Select } from '../../ui/select.tsx';
import { contextWords } from './ask-words.ts';
import { useMatrix, useMatrixContext } from './use-matrix.ts';

type MatrixFrameProps = {
  /** Further controls of the toolbar. */
  readonly tools?: ReactNode;
  /** Counts at the end of the toolbar. */
  readonly note: (matrix: PermissionMatrix, text: string) => ReactNode;
  readonly children: (matrix: PermissionMatrix, text: string) => ReactNode;
};

/** Filter and context of everything that shows the matrix; loading and failure of asking for it. */
export function MatrixFrame({ tools, note, children }: MatrixFrameProps) {
  const [context, setContext] = useMatrixContext();
  const answer = useMatrix(context);
  const matrix = valueOf(answer);
  const text = useSearchParameter('q');
  const field = useRef<HTMLInputElement>(null);
  useFilterKey(field);
  return (
    <>
      <div className="ask__toolbar">
        <FilterField
          className="ask__filter"
          label="Filter by agent, host or folder"
          field={field}
          text={text}
          onText={(value) => changeSearch({ q: value === '' ? null : value }, { replace: true })}
        />
        <Select
          label="Context"
          showLabel
          value={context}
          options={launchContextNames.map((value) => ({ value, label: contextWords[value] }))}
          onChange={setContext}
        />
        {tools}
        <span className="ask__push" />
        {matrix !== undefined && <span className="ask__count figures">{note(matrix, text)}</span>}
      </div>
      {matrix === undefined ? (
        <div className="ask__state">
          {answer.state === 'failed' ? (
            <FailedCall title="The matrix could not be worked out." name="permissions.matrix" error={answer.error} />
          ) : (
            <div aria-busy="true">
              <LoadingLine>Asking every agent about every resource.</LoadingLine>
            </div>
          )}
        </div>
      ) : (
        children(matrix, text)
      )}
    </>
  );
}

function useFilterKey(field: React.RefObject<HTMLInputElement | null>): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'edit.find',
        title: 'Filter the agents',
        group: 'Table',
        keys: ['/', 'mod+f'],
        run: () => field.current?.select(),
      },
    ],
    [field],
  );
  useActions(actions);
}
