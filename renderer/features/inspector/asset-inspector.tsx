import './asset-inspector.css';
import { CircleQuestionMark, Copy, TableProperties, Waypoints } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { Properties } from '../../../shared/model/facts.ts';
import type { Action } from '../../actions/action.ts';
import { runActionById, useActions } from '../../actions/action-store.ts';
import { showDialog } from '../../actions/dialogs.ts';
import { selectAsset, useAddress, useSelectedAsset } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { confidenceSentence, kindWord, originSentence, sentenceCase } from '../../ui/kind-words.ts';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { clock, counted } from '../../ui/words.ts';
import { AgentSection } from './agent-section.tsx';
import { FactList } from './fact-list.tsx';
import { GovernanceSection } from './governance-section.tsx';
import { HistorySection } from './history-section.tsx';
import { factsOf, type RelationGroup, relationGroups, sentenceOf } from './inspector-model.ts';
import { Section } from './section.tsx';
import { ServerSections } from './server-section.tsx';
import { ToolSections } from './tool-section.tsx';
import { WhySection } from './why-section.tsx';

/** The selected asset: one sentence, facts, evidence, relations, history. */
export function AssetInspector() {
  const id = useSelectedAsset();
  const answer = useCall('assets.detail', id === '' ? null : { scan: null, id });
  if (id === '') {
    return (
      <div className="asset-inspector">
        <div className="inspector-section">
          <EmptyState title="Nothing is selected.">
            Select a row or a card to see what it is, where it stands and what it touches.
          </EmptyState>
        </div>
      </div>
    );
  }
  if (answer.state === 'loading') {
    return (
      <div className="asset-inspector">
        <div className="inspector-section">
          <LoadingLine>Reading the asset.</LoadingLine>
        </div>
      </div>
    );
  }
  if (answer.value !== undefined) return <Inspector key={id} detail={answer.value} scan={null} gone={null} />;
  return answer.state === 'failed' && answer.error.code !== 'not-found' ? (
    <div className="asset-inspector">
      <div className="inspector-section">
        <FailedCall title="The asset could not be read." name="assets.detail" error={answer.error} />
      </div>
    </div>
  ) : (
    <GoneInspector key={id} id={id} />
  );
}

/** Something that the latest scan did not find: its last form, marked as gone. */
function GoneInspector({ id }: { readonly id: string }) {
  const lifecycle = useCall('inventory.lifecycle', { asset: id });
  const seen = lifecycle.state === 'ready' ? lifecycle.value.lastSeen : null;
  const gone = lifecycle.state === 'ready' ? lifecycle.value.gone : null;
  const detail = useCall('assets.detail', seen === null ? null : { scan: seen.scan, id });
  if (seen !== null && detail.state === 'ready')
    return <Inspector detail={detail.value} scan={seen.scan} gone={gone ?? seen} />;
  const isReading = lifecycle.state === 'loading' || (seen !== null && detail.state === 'loading');
  return (
    <div className="asset-inspector">
      <div className="inspector-section">
        {isReading ? (
          <LoadingLine>Looking for it in former scans.</LoadingLine>
        ) : (
          <EmptyState
            title="This asset is not in the latest scan."
            steps={<Button onClick={() => selectAsset(null)}>Clear the selection</Button>}
          >
            No complete scan of this workspace saw it. It may have been removed since the link was made.
          </EmptyState>
        )}
      </div>
    </div>
  );
}

/** Properties that a section of their own shows. */
const shownElsewhere: ReadonlySet<string> = new Set(['governance', 'configurations', 'states', 'importedFrom']);
const shownOfTools: ReadonlySet<string> = new Set([
  ...['title', 'description', 'descriptionHash', 'descriptionSha256', 'descriptionCharacters', 'definitionHash'],
  ...['capabilities', 'capabilitiesKnown', 'inputSchema', 'annotations', 'hiddenCharacters', 'steersModel'],
]);

const ownFacts = (detail: AssetDetail): Properties =>
  Object.fromEntries(
    Object.entries(detail.asset.properties).filter(
      ([name]) => !shownElsewhere.has(name) && !(detail.asset.kind === 'tool' && shownOfTools.has(name)),
    ),
  );

type InspectorProps = {
  readonly detail: AssetDetail;
  /** Scan that the detail is of; null: the latest. */
  readonly scan: number | null;
  /** The first scan that did not find it any more; null while it is there. */
  readonly gone: { readonly scan: number; readonly at: number } | null;
};

function Inspector({ detail, scan, gone }: InspectorProps) {
  const { asset } = detail;
  const facts = factsOf(ownFacts(detail));
  useInspectorActions(asset.id, asset.name);
  return (
    <div className="asset-inspector">
      <header className="asset-inspector__head">
        <div className="asset-inspector__kind">
          <KindIcon kind={asset.kind} />
          {sentenceCase(kindWord(asset.kind))}
          <SwapButton />
          <IconButton
            small
            icon={Copy}
            label="Copy as Markdown"
            onClick={() => void navigator.clipboard.writeText(asMarkdown(detail))}
          />
        </div>
        <h1 className="asset-inspector__name">{asset.name}</h1>
        <p className="asset-inspector__sentence">{sentenceOf(detail)}</p>
        <div className="asset-inspector__chips">
          <Chip title={originSentence(asset.origin)}>{asset.origin}</Chip>
          <Chip
            look={asset.confidence === 'low' ? 'untold' : 'plain'}
            icon={asset.confidence === 'low' ? CircleQuestionMark : undefined}
            title={confidenceSentence(asset.confidence)}
          >
            confidence {asset.confidence}
          </Chip>
          {asset.dynamic === true && (
            <Chip look="untold" icon={CircleQuestionMark} title="What is here is the part that files tell.">
              decided at run time
            </Chip>
          )}
        </div>
      </header>
      {gone !== null && (
        <div className="inspector-section">
          <HatchNote>
            Scan {gone.scan} of {clock(gone.at, Date.now())} did not find it. Below is how scan {scan ?? gone.scan} saw
            it.
          </HatchNote>
        </div>
      )}
      <WhySection detail={detail} scan={scan} />
      <GovernanceSection asset={asset} />
      {asset.kind === 'agent' && <AgentSection detail={detail} scan={scan} />}
      {asset.kind === 'mcp-server' && <ServerSections detail={detail} scan={scan} />}
      {asset.kind === 'tool' && <ToolSections asset={asset} scan={scan} />}
      {facts.length > 0 && (
        <Section title="Facts" count={facts.length}>
          <FactList facts={facts} evidence={asset.evidence} scan={scan} />
        </Section>
      )}
      <RelationsSection detail={detail} />
      <HistorySection id={asset.id} />
    </div>
  );
}

function useInspectorActions(id: string, name: string): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'record.edit',
        title: 'Edit owner, state and review of the selection',
        group: 'Selection',
        keys: ['e'],
        run: () => showDialog({ kind: 'record', assets: [id], name }),
      },
    ],
    [id, name],
  );
  useActions(actions);
}

/** The same selection on the other screen. */
function SwapButton() {
  const onTable = useAddress()?.screen === 'inventory';
  return (
    <IconButton
      small
      icon={onTable ? Waypoints : TableProperties}
      label={onTable ? 'Show in graph' : 'Show in table'}
      keys="t"
      onClick={() => runActionById('view.swap')}
    />
  );
}

/** Relations of one group shown before somebody asks for all. */
const firstMembers = 8;

function RelationsSection({ detail }: { readonly detail: AssetDetail }) {
  const groups = relationGroups(detail.relations);
  return (
    <Section title="Relations" count={detail.relations.length + detail.relationsLeftOut}>
      {groups.length === 0 && <p className="muted">It touches nothing else that was found.</p>}
      {groups.map((group) => (
        <RelationGroupView key={group.key} group={group} />
      ))}
      {detail.relationsLeftOut > 0 && (
        <p className="muted">{counted(detail.relationsLeftOut, 'further relation')} not listed here.</p>
      )}
    </Section>
  );
}

function RelationGroupView({ group }: { readonly group: RelationGroup }) {
  const [all, setAll] = useState(false);
  const shown = all ? group.members : group.members.slice(0, firstMembers);
  return (
    <div className="relation-group">
      <h3>
        {group.title} <span>{group.members.length}</span>
      </h3>
      <ul>
        {shown.map(({ relation, other }) => (
          <li key={relation.id}>
            <button type="button" className="relation-row" onClick={() => selectAsset(other.id)}>
              <KindIcon kind={other.kind} />
              <span className="relation-row__name" title={other.name}>
                {other.name}
              </span>
              <span className="relation-row__kind">
                {kindWord(other.kind)}
                {relation.origin !== 'declared' && `, ${relation.origin}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {group.members.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {group.members.length}
        </Button>
      )}
    </div>
  );
}

function asMarkdown(detail: AssetDetail): string {
  const { asset, roots } = detail;
  const places = asset.evidence.map((item) => `- \`${roots[item.root] ?? ''}/${item.file}:${item.line}\``);
  return [
    `**${asset.name}** (${kindWord(asset.kind)}, ${asset.origin}, confidence ${asset.confidence})`,
    '',
    sentenceOf(detail),
    '',
    ...places,
  ].join('\n');
}
