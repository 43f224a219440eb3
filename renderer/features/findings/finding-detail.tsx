import { CircleQuestionMark, Copy, Link2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RuleDescription } from '../../../shared/contract/findings.ts';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { Evidence } from '../../../shared/model/facts.ts';
import type { Reference } from '../../../shared/model/findings.ts';
import { announce } from '../../actions/announce.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import { SourceView } from '../../client/source-view.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { confidenceSentence, kindWord } from '../../ui/kind-words.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { counted } from '../../ui/words.ts';
import { detailId } from './finding-list.tsx';
import {
  bareMessage,
  findingAsMarkdown,
  type FindingGroup,
  type HostedFinding,
  referenceParts,
} from './findings-model.ts';

type FindingDetailProps = {
  readonly item: HostedFinding;
  readonly rule: RuleDescription | undefined;
  /** Other findings of the same root cause. */
  readonly siblings: readonly HostedFinding[];
  readonly scan: number;
  readonly onOpen: (id: string) => void;
};

export function FindingDetail({ item, rule, siblings, scan, onOpen }: FindingDetailProps) {
  const { finding, host } = item;
  const kind = (assetKinds as readonly string[]).includes(finding.subjectKind)
    ? (finding.subjectKind as AssetKind)
    : null;
  const copy = (text: string, what: string): void => {
    void navigator.clipboard.writeText(text);
    announce(`${what} copied.`);
  };
  return (
    <article className="finding" id={detailId} tabIndex={-1} aria-label={finding.title}>
      <header className="finding__head">
        <div className="finding__marks">
          <SeverityMark severity={finding.severity} />
          <Chip
            look={finding.confidence === 'low' ? 'untold' : 'plain'}
            icon={finding.confidence === 'low' ? CircleQuestionMark : undefined}
            title={confidenceSentence(finding.confidence)}
          >
            confidence {finding.confidence}
          </Chip>
          <span className="finding__push" />
          <Button look="quiet" icon={Copy} onClick={() => copy(findingAsMarkdown(item, rule?.why ?? ''), 'Finding')}>
            Copy as Markdown
          </Button>
          <Button
            look="quiet"
            icon={Link2}
            onClick={() =>
              copy(`${window.location.origin}${formatAddress('findings', { finding: finding.id })}`, 'Link')
            }
          >
            Copy link
          </Button>
        </div>
        <h2 className="finding__title">{finding.title}</h2>
        <p className="finding__message">{finding.message}</p>
      </header>
      {rule !== undefined && (
        <Part title="Why it matters">
          <p>{rule.why}</p>
        </Part>
      )}
      <Part title="Evidence" note={counted(finding.evidence.length, 'place')}>
        <EvidenceList evidence={finding.evidence} subject={finding.subject} scan={scan} />
      </Part>
      <Part title="Fix">
        <p>{finding.fix}</p>
      </Part>
      <Part title="About">
        <p className="finding__about">
          {kind !== null && <KindIcon kind={kind} />}
          <Link href={formatAddress('inventory', { asset: finding.subject })}>{finding.subjectName}</Link>
          <span className="muted">
            {kind === null ? finding.subjectKind : kindWord(kind)}
            {host === '' ? '' : `, ${host}`}
          </span>
        </p>
        {kind === 'agent' && (
          <p>
            <Link href={formatAddress('ask', { agent: finding.subject })}>Ask what {finding.subjectName} may do</Link>
          </p>
        )}
      </Part>
      <References references={finding.references} />
      {siblings.length > 0 && (
        <Part title="Same root cause" note={counted(siblings.length, 'other finding')}>
          <Members members={siblings} onOpen={onOpen} />
        </Part>
      )}
      <Part title="Rule">
        <p>
          <Link href={formatAddress('findings', { view: 'rules', rule: finding.rule })}>
            <code>{finding.rule}</code>
          </Link>{' '}
          <span className="muted">
            finding <code>{finding.id}</code>
          </span>
        </p>
      </Part>
    </article>
  );
}

type GroupDetailProps = {
  readonly group: FindingGroup;
  readonly rule: RuleDescription | undefined;
  readonly onOpen: (id: string) => void;
};

export function GroupDetail({ group, rule, onOpen }: GroupDetailProps) {
  const references = [
    ...new Map(
      group.members
        .flatMap(({ finding }) => finding.references)
        .map((reference) => [`${reference.framework} ${reference.id}`, reference]),
    ).values(),
  ];
  const fixes = [...new Set(group.members.map(({ finding }) => finding.fix))];
  return (
    <article className="finding" id={detailId} tabIndex={-1} aria-label={group.title}>
      <header className="finding__head">
        <div className="finding__marks">
          <SeverityMark severity={group.severity} />
          <Chip>{counted(group.members.length, 'finding')}</Chip>
        </div>
        <h2 className="finding__title">{group.title}</h2>
        {rule !== undefined && <p className="finding__message">{rule.why}</p>}
      </header>
      <Part title="Fix">
        {fixes.map((fix) => (
          <p key={fix}>{fix}</p>
        ))}
      </Part>
      <Part title="Findings" note={String(group.members.length)}>
        <Members members={group.members} onOpen={onOpen} />
      </Part>
      <References references={references} />
    </article>
  );
}

export function Part({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="finding__part">
      <div className="finding__part-head">
        <h3>{title}</h3>
        {note !== undefined && <span className="muted">{note}</span>}
      </div>
      {children}
    </section>
  );
}

/** References with the edition of what they refer to: the same number means another thing in another year. */
export function References({ references }: { readonly references: readonly Reference[] }) {
  if (references.length === 0) return null;
  return (
    <Part title="References">
      <ul className="finding__references">
        {references.map((reference) => {
          const { name, edition, id } = referenceParts(reference);
          return (
            <li key={`${reference.framework} ${id}`}>
              <code>{id}</code> {name}
              <span className="muted">{edition === '' ? 'edition not named' : `edition ${edition}`}</span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

type EvidenceListProps = {
  readonly evidence: readonly Evidence[];
  /** Any thing of the scan tells which folders its places are counted from. */
  readonly subject: string;
  readonly scan: number;
};

function EvidenceList({ evidence, subject, scan }: EvidenceListProps) {
  const [open, setOpen] = useState<number | null>(0);
  const roots = valueOf(useCall('assets.detail', { scan, id: subject }))?.roots;
  if (evidence.length === 0) return <p className="muted">No file names it: it follows from other facts.</p>;
  return (
    <ul className="finding__evidence">
      {evidence.map((one, index) => (
        <li key={`${one.root} ${one.file}:${one.line}-${one.endLine} ${one.source}`}>
          {roots?.[one.root] !== undefined && one.root !== evidence[index - 1]?.root && (
            <p className="finding__root">in {roots[one.root]}</p>
          )}
          <EvidenceChip
            file={one.file}
            line={one.line}
            endLine={one.endLine}
            origin={one.source}
            expanded={open === index}
            onOpen={() => setOpen(open === index ? null : index)}
          />
          {open === index && <SourceView scan={scan} evidence={one} />}
        </li>
      ))}
    </ul>
  );
}

/** Findings shown before somebody asks for all. */
const firstMembers = 20;

function Members({
  members,
  onOpen,
}: {
  readonly members: readonly HostedFinding[];
  readonly onOpen: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  // Several findings of one thing are told apart by what was found.
  const named = new Set(members.map(({ finding }) => finding.title)).size === 1 && members.length > 1;
  const shown = all ? members : members.slice(0, firstMembers);
  return (
    <>
      <ul className="finding__members">
        {shown.map(({ finding }) => (
          <li key={finding.id}>
            <button type="button" className="finding__member" onClick={() => onOpen(finding.id)}>
              <SeverityMark severity={finding.severity} />
              <span className="finding__member-name">{named ? finding.subjectName : finding.title}</span>
              <span className="finding__member-line">{bareMessage(finding)}</span>
            </button>
          </li>
        ))}
      </ul>
      {members.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {members.length}
        </Button>
      )}
    </>
  );
}
