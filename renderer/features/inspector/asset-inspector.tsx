import './asset-inspector.css';
import { CircleQuestionMark, Copy, TableProperties, Waypoints } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { Evidence } from '../../../shared/model/facts.ts';
import { runActionById } from '../../actions/action-store.ts';
import {
  changeSearch,
  selectAsset,
  useAddress,
  useSearchParameter,
  useSelectedAsset,
} from '../../actions/navigation.ts';
import { evidenceParameter } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { confidenceSentence, kindWord, originSentence, sentenceCase } from '../../ui/kind-words.ts';
import { EmptyState, LoadingLine } from '../../ui/notes.tsx';
import { clock, counted } from '../../ui/words.ts';
import { FactList } from './fact-list.tsx';
import { factsOf, propertyTitle, type RelationGroup, relationGroups, sentenceOf } from './inspector-model.ts';
import { SourceView } from './source-view.tsx';

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
  if (answer.value === undefined) {
    return (
      <div className="asset-inspector">
        <div className="inspector-section">
          {answer.state === 'failed' && answer.error.code !== 'not-found' ? (
            <FailedCall title="The asset could not be read." name="assets.detail" error={answer.error} />
          ) : (
            <EmptyState
              title="This asset is not in the latest scan."
              steps={<Button onClick={() => selectAsset(null)}>Clear the selection</Button>}
            >
              It may have been removed since the link was made.
            </EmptyState>
          )}
        </div>
      </div>
    );
  }
  return <Inspector key={id} detail={answer.value} />;
}

function Inspector({ detail }: { readonly detail: AssetDetail }) {
  const { asset } = detail;
  const facts = factsOf(asset.properties);
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
      {facts.length > 0 && (
        <Section title="Facts" count={facts.length}>
          <FactList facts={facts} evidence={asset.evidence} scan={null} />
        </Section>
      )}
      <EvidenceSection evidence={asset.evidence} roots={detail.roots} origin={asset.origin} />
      <RelationsSection detail={detail} />
      <HistorySection id={asset.id} />
    </div>
  );
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

function Section({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
}) {
  return (
    <section className="inspector-section">
      <div className="inspector-section__head">
        <h2>{title}</h2>
        {count !== undefined && <span>{count}</span>}
      </div>
      {children}
    </section>
  );
}

/** Evidence shown before somebody asks for all. */
const firstEvidence = 8;

type EvidenceSectionProps = {
  readonly evidence: readonly Evidence[];
  readonly roots: readonly string[];
  readonly origin: string;
};

function EvidenceSection({ evidence, roots, origin }: EvidenceSectionProps) {
  const parameter = useSearchParameter(evidenceParameter);
  const open = parameter === '' ? null : Number(parameter);
  const [all, setAll] = useState(false);
  const shown = all || (open ?? 0) >= firstEvidence ? evidence : evidence.slice(0, firstEvidence);
  const usedRoots = [...new Set(shown.map((item) => item.root))];
  return (
    <Section title="Evidence" count={evidence.length}>
      {evidence.length === 0 && <p className="muted">No file names it: it follows from other facts.</p>}
      {usedRoots.length === 1 && evidence.length > 0 && <p className="evidence-root">in {roots[usedRoots[0] ?? 0]}</p>}
      <ul className="evidence-list">
        {shown.map((item, index) => (
          <li
            key={`${item.root} ${item.file}:${item.line}-${item.endLine} ${item.source}`}
            data-open={open === index || undefined}
          >
            <EvidenceChip
              file={item.file}
              line={item.line}
              endLine={item.endLine}
              origin={origin}
              expanded={open === index}
              onOpen={() =>
                changeSearch({ [evidenceParameter]: open === index ? null : String(index) }, { replace: true })
              }
            />
            {open === index && <SourceView scan={null} evidence={item} />}
          </li>
        ))}
      </ul>
      {evidence.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {evidence.length}
        </Button>
      )}
    </Section>
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

function HistorySection({ id }: { readonly id: string }) {
  const answer = useCall('assets.history', { id });
  if (answer.state === 'loading') return null;
  if (answer.value === undefined) {
    return (
      <Section title="History">
        {answer.state === 'failed' && (
          <FailedCall title="The history could not be read." name="assets.history" error={answer.error} />
        )}
      </Section>
    );
  }
  const now = Date.now();
  const versions = answer.value.toSorted((first, second) => second.sinceScan - first.sinceScan);
  return (
    <Section title="History" count={versions.length}>
      <ul>
        {versions.map((version, index) => (
          <li key={version.sinceScan} className="history-row">
            <span>Scan {version.sinceScan}</span>
            <span>
              {index === versions.length - 1 && version.changed.length === 0
                ? 'First seen'
                : version.changed.length === 0
                  ? 'Seen again'
                  : `Changed: ${version.changed.map((name) => propertyTitle(name).toLowerCase()).join(', ')}`}
              , {clock(version.sinceTime, now)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
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
