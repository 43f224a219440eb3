import './registry-screen.css';
import { FileInput, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { RegistryComparison } from '../../../shared/contract/registry.ts';
import { runActionById } from '../../actions/action-store.ts';
import { Link } from '../../actions/link.tsx';
import { changeSearch, useSearchParameter, useSelectedAsset } from '../../actions/navigation.ts';
import { formatAddress } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { count } from '../../ui/words.ts';
import { AgentDialog } from './agent-dialog.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { ImportList } from './import-list.tsx';
import { Labels } from './labels.tsx';
import { firstView, isView, viewCount, views, viewSentence, viewTitle } from './registry-model.ts';

const tabs = [
  { value: '', label: 'Comparison' },
  { value: 'imports', label: 'Imports' },
  { value: 'labels', label: 'Labels' },
] as const;

/** What an organisation says it has against what a scan found, and the lists that it says so in. */
export function RegistryScreen() {
  const tab = useSearchParameter('tab');
  const asset = useSelectedAsset();
  const [entering, setEntering] = useState(false);
  return (
    <div className="screen">
      <div className="screen__head">
        <h1>Registry</h1>
        <Button className="push" icon={UserPlus} onClick={() => setEntering(true)}>
          Enter an agent
        </Button>
        <Button look="primary" icon={FileInput} onClick={() => runActionById('imports.add')}>
          Import a list
        </Button>
      </div>
      <nav className="registry__tabs" aria-label="Parts of the registry">
        {tabs.map(({ value, label }) => (
          <Link
            key={value}
            className="registry__tab"
            href={formatAddress('registry', { tab: value, asset })}
            aria-current={tab === value ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab === 'imports' ? (
        <div className="registry__scroll">
          <ImportList />
        </div>
      ) : tab === 'labels' ? (
        <div className="registry__scroll">
          <Labels />
        </div>
      ) : (
        <Comparison />
      )}
      {entering && <AgentDialog onClose={() => setEntering(false)} />}
    </div>
  );
}

function Comparison() {
  const scans = useCall('scans.list', {});
  const list = valueOf(scans);
  const scanned = list?.some((scan) => scan.status === 'complete' || scan.status === 'partial') ?? false;
  const answer = useCall('registry.compare', scanned ? { scan: null } : null);
  const comparison = valueOf(answer);
  if (list !== undefined && !scanned) {
    return (
      <div className="registry__scroll">
        <EmptyState
          outcome="untold"
          title="Nothing was scanned into this workspace yet."
          steps={
            <Button look="primary" onClick={() => runActionById('workspace.addFolder')}>
              Choose a folder
            </Button>
          }
        >
          What is registered can be imported now; what is found is known after a scan.
        </EmptyState>
      </div>
    );
  }
  if (comparison === undefined) {
    return (
      <div className="registry__scroll">
        {answer.state === 'failed' ? (
          <FailedCall title="The comparison could not be made." name="registry.compare" error={answer.error} />
        ) : scans.state === 'failed' ? (
          <FailedCall title="The scans could not be read." name="scans.list" error={scans.error} />
        ) : (
          <LoadingLine>Comparing what is registered with what was found.</LoadingLine>
        )}
      </div>
    );
  }
  const scan = list?.find(({ number }) => number === comparison.scan);
  return <Compared comparison={comparison} couldNotTell={scan?.couldNotTell ?? 0} />;
}

type ComparedProps = { readonly comparison: RegistryComparison; readonly couldNotTell: number };

function Compared({ comparison, couldNotTell }: ComparedProps) {
  const parameter = useSearchParameter('view');
  const view = isView(parameter) ? parameter : firstView(comparison);
  const noRegister = comparison.files.length === 0;
  if (noRegister && comparison.imported.length === 0) {
    return (
      <div className="registry__scroll">
        <EmptyState
          outcome="untold"
          title="No register was imported, so what is shadow is unknown."
          steps={
            <Button look="primary" icon={FileInput} onClick={() => runActionById('imports.add')}>
              Import a register
            </Button>
          }
        >
          {count(comparison.found)} agents were found. Which of them somebody registered can be told after a register
          was imported: YAML, JSON or CSV with a name in each row.
        </EmptyState>
      </div>
    );
  }
  const more = couldNotTell > 0 ? ' or more' : '';
  return (
    <div className="registry">
      <div className="registry__bar">
        <Segmented
          label="Part of the comparison"
          value={view}
          onChange={(next) => changeSearch({ view: next }, { replace: true })}
          options={views.map((value) => ({
            value,
            label: `${viewTitle(value)} ${noRegister && value !== 'imported' ? '?' : count(viewCount(comparison, value))}`,
          }))}
        />
      </div>
      {noRegister && (
        <div className="registry__note">
          <HatchNote step={<Button onClick={() => runActionById('imports.add')}>Import a register</Button>}>
            No register was imported: what is shadow, registered or gone is unknown.
          </HatchNote>
        </div>
      )}
      <p className="registry__sentence">
        <span>{viewSentence(view)}</span>
        <span className="registry__totals">
          {count(comparison.found)}
          {more} agents found,{' '}
          {noRegister
            ? 'registered: unknown'
            : `${count(comparison.registered)} entries registered in ${comparison.files.join(', ')}`}
        </span>
      </p>
      {comparison[view].length === 0 ? (
        <div className="registry__scroll">
          <EmptyState
            outcome={noRegister && view !== 'imported' ? 'untold' : 'looked'}
            title={noRegister && view !== 'imported' ? 'Unknown without a register.' : `${viewTitle(view)}: none.`}
          >
            {view === 'shadow' &&
              !noRegister &&
              (couldNotTell > 0
                ? `${count(couldNotTell)} places could not be told, so there may be more than was found.`
                : 'Everything that was found is registered.')}
          </EmptyState>
        </div>
      ) : (
        <ComparisonTable key={view} view={view} comparison={comparison} />
      )}
    </div>
  );
}
