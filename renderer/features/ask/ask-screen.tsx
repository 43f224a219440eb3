import './ask-screen.css';
import { Grid3x3, Layers, MessageCircleQuestionMark, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Action } from '../../actions/action.ts';
import { runActionById, useActions } from '../../actions/action-store.ts';
import { openScreen, useAddress } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, LoadingLine } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type AskAddress, type AskView, formatAsk, parseAsk } from './ask-address.ts';
import { MatrixView } from './matrix-view.tsx';
import { OneCall } from './one-call.tsx';
import { SilentView } from './silent-view.tsx';
import { WiderView } from './wider-view.tsx';

/** "What can this agent do?": one call, or every agent against the same calls. */
export function AskScreen() {
  const scans = useCall('scans.list', {});
  const list = valueOf(scans);
  const scanned = list?.some((scan) => scan.status === 'complete' || scan.status === 'partial') ?? false;
  const answer = useCall('permissions.agents', scanned ? { scan: null } : null);
  const agents = valueOf(answer);
  const search = useAddress()?.search;
  const ask = useMemo(() => parseAsk(search ?? new URLSearchParams()), [search]);
  useAskActions(ask);

  if (list !== undefined && !scanned) return <NotScanned running={list.some((scan) => scan.status === 'running')} />;
  if (agents === undefined) {
    return (
      <div className="screen">
        <h1 className="visually-hidden">Ask</h1>
        <div className="ask__state">
          {scans.state === 'failed' ? (
            <FailedCall title="The scans could not be read." name="scans.list" error={scans.error} />
          ) : answer.state === 'failed' ? (
            <FailedCall title="The agents could not be read." name="permissions.agents" error={answer.error} />
          ) : (
            <LoadingLine>Reading the rules of the agents.</LoadingLine>
          )}
        </div>
      </div>
    );
  }
  return (
    <div className="screen">
      <h1 className="visually-hidden">Ask</h1>
      <div className="ask__views">
        <Segmented
          label="View"
          value={ask.view}
          options={[
            { value: 'one', label: 'One call', icon: MessageCircleQuestionMark },
            { value: 'matrix', label: 'Matrix', icon: Grid3x3 },
            { value: 'silent', label: 'Silent and destructive', icon: TriangleAlert },
            { value: 'wider', label: 'Wider than the parent', icon: Layers },
          ]}
          onChange={(view) => showView(ask, view)}
        />
      </div>
      {ask.view === 'one' ? (
        <OneCall ask={ask} agents={agents} />
      ) : ask.view === 'matrix' ? (
        <MatrixView />
      ) : ask.view === 'silent' ? (
        <SilentView />
      ) : (
        <WiderView />
      )}
    </div>
  );
}

const showView = (ask: AskAddress, view: AskView): void => openScreen('ask', formatAsk({ ...ask, view }));

function useAskActions(ask: AskAddress): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'ask.matrix',
        title: ask.view === 'matrix' ? 'Show one call' : 'Show the matrix of all agents',
        group: 'Go to',
        keys: ['m'],
        words: 'permissions verdicts agents resources',
        run: () => showView(ask, ask.view === 'matrix' ? 'one' : 'matrix'),
      },
      {
        id: 'ask.silent',
        title: 'Show what is destructive and runs silently',
        group: 'Go to',
        words: 'alarm',
        run: () => showView(ask, 'silent'),
      },
      {
        id: 'ask.wider',
        title: 'Show sub-agents that may do more than their parent',
        group: 'Go to',
        run: () => showView(ask, 'wider'),
      },
    ],
    [ask],
  );
  useActions(actions);
}

function NotScanned({ running }: { readonly running: boolean }) {
  return (
    <div className="screen">
      <div className="screen__head">
        <h1>Ask</h1>
      </div>
      <div className="ask__state">
        {running ? (
          <EmptyState
            title="The first scan is running."
            steps={<Button onClick={() => runActionById('go.scan')}>Show the scan</Button>}
          >
            Questions can be asked when it is complete.
          </EmptyState>
        ) : (
          <EmptyState
            outcome="untold"
            title="Nothing was scanned into this workspace yet."
            steps={
              <Button look="primary" onClick={() => runActionById('workspace.addFolder')}>
                Choose a folder
              </Button>
            }
          >
            What an agent may do is in files that have not been read.
          </EmptyState>
        )}
      </div>
    </div>
  );
}
