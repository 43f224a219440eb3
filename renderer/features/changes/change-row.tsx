import { ChevronRight, ListChecks } from 'lucide-react';
import { useState } from 'react';
import type { Change, RelationChange } from '../../../shared/model/changes.ts';
import type { Evidence } from '../../../shared/model/facts.ts';
import { selectAsset } from '../../actions/navigation.ts';
import { DifferenceList } from '../../facts/difference-list.tsx';
import { EvidenceLine } from '../../facts/evidence-line.tsx';
import { Button } from '../../ui/button.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { relationWord } from '../../ui/kind-words.ts';
import { changeDifferences, changedKindWord, changeSign, changeSummary, isAssetKind } from './changes-model.ts';

type Sides = {
  /** Scan of the side; null where it is no scan. */
  readonly before: number | null;
  readonly after: number | null;
};

/** One difference; opens with both values and the lines of both sides. */
export function ChangeRow({ change, before, after }: Sides & { readonly change: Change }) {
  const [open, setOpen] = useState(false);
  const differences = changeDifferences(change);
  const word = changedKindWord(change.kind);
  return (
    <div className="change">
      <button type="button" className="change__row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight aria-hidden />
        <span className="change__sign" aria-hidden>
          {changeSign(change.change)}
        </span>
        {isAssetKind(change.kind) ? <KindIcon kind={change.kind} /> : <ListChecks aria-hidden />}
        <span className="change__name" title={change.name}>
          {change.name}
        </span>
        <span className="change__what" title={changeSummary(change)}>
          {changeSummary(change)}
        </span>
        <span className="change__kind">{word}</span>
      </button>
      {open && (
        <div className="change__detail">
          {differences.length > 0 && <DifferenceList differences={differences} />}
          <div className="change__sides">
            <Side title="Before" scan={before} evidence={change.before} isThere={change.change !== 'added'} />
            <Side title="After" scan={after} evidence={change.after} isThere={change.change !== 'removed'} />
          </div>
          <div className="change__actions">
            <Button onClick={() => selectAsset(change.id)}>
              {change.kind === 'rule' ? 'Show its agent' : `Show the ${word}`}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Lines of one side shown before somebody asks for all. */
const firstLines = 4;

type SideProps = {
  readonly title: string;
  readonly scan: number | null;
  readonly evidence: readonly Evidence[];
  readonly isThere: boolean;
};

function Side({ title, scan, evidence, isThere }: SideProps) {
  const [all, setAll] = useState(false);
  const shown = all ? evidence : evidence.slice(0, firstLines);
  return (
    <div className="change__side">
      <h3>
        {title}
        {scan !== null && `, scan ${scan}`}
      </h3>
      {!isThere && <span className="muted">not there</span>}
      {isThere && evidence.length === 0 && <span className="muted">no line of its own</span>}
      {shown.map((item) => (
        <div key={`${item.root} ${item.file}:${item.line} ${item.source}`}>
          <EvidenceLine scan={scan} evidence={item} />
        </div>
      ))}
      {evidence.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {evidence.length}
        </Button>
      )}
    </div>
  );
}

export function RelationChangeRow({ change, before, after }: Sides & { readonly change: RelationChange }) {
  const evidence = change.after[0] ?? change.before[0];
  return (
    <div className="relation-change">
      <span className="change__sign" aria-hidden>
        {changeSign(change.change)}
      </span>
      <span className="relation-change__text">
        <span className="visually-hidden">{change.change}: </span>
        <b>{change.from.name}</b> {relationWord(change.kind, 'out')} <b>{change.to.name}</b>
      </span>
      {evidence === undefined ? (
        <span className="muted">no line of its own</span>
      ) : (
        <EvidenceLine bare scan={change.after.length > 0 ? after : before} evidence={evidence} />
      )}
    </div>
  );
}
