import { CircleQuestionMark, Pencil } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { NamedOwner } from '../../../shared/contract/registry.ts';
import type { AssetKind } from '../../../shared/kinds.ts';
import type { Asset } from '../../../shared/model/facts.ts';
import { showDialog } from '../../actions/dialogs.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall } from '../../client/use-client.tsx';
import { ownerWay } from '../../facts/owner-words.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { sentenceCase } from '../../ui/kind-words.ts';
import { LoadingLine } from '../../ui/notes.tsx';
import { clock } from '../../ui/words.ts';
import { type Governance, governanceOf, governanceRows, isDue } from './governance-model.ts';
import { Section } from './section.tsx';

/** Who answers for it, what state people gave it, and what the last review decided; each with who and when. */
export function GovernanceSection({ asset }: { readonly asset: Asset }) {
  const record = useCall('records.get', { asset: asset.id });
  const lifecycle = useCall('inventory.lifecycle', { asset: asset.id });
  const edit = (
    <Button
      look="quiet"
      icon={Pencil}
      keys="e"
      onClick={() => showDialog({ kind: 'record', assets: [asset.id], name: asset.name })}
    >
      Edit
    </Button>
  );
  const failed = record.state === 'failed' ? record.error : lifecycle.state === 'failed' ? lifecycle.error : null;
  return (
    <Section title="Owner and state" action={edit}>
      {failed !== null ? (
        <FailedCall
          title="What people said of it could not be read."
          name={record.state === 'failed' ? 'records.get' : 'inventory.lifecycle'}
          error={failed}
        />
      ) : record.state === 'loading' || lifecycle.state === 'loading' ? (
        <LoadingLine>Reading the record.</LoadingLine>
      ) : (
        <Rows
          governance={governanceOf(asset, record.value?.record ?? null, record.value?.history ?? [])}
          owners={lifecycle.value?.owners ?? []}
          kind={asset.kind}
        />
      )}
    </Section>
  );
}

type RowsProps = {
  readonly governance: Governance;
  readonly owners: readonly NamedOwner[];
  readonly kind: AssetKind;
};

function Rows({ governance, owners, kind }: RowsProps) {
  const now = Date.now();
  return (
    <dl className="facts">
      <dt>Owner</dt>
      <dd>
        <Owners owners={owners} governance={governance} now={now} />
      </dd>
      {governanceRows(governance, kind).map((row) => (
        <Fragment key={row.title}>
          <dt>{row.title}</dt>
          <dd>
            {row.isUntold ? <Untold>{row.text}</Untold> : row.text}
            {row.by !== '' && (
              <div className="governance__by">
                {row.by}
                {row.at !== null && `, ${clock(row.at, now)}`}
              </div>
            )}
          </dd>
        </Fragment>
      ))}
      <ReviewRow governance={governance} now={now} />
    </dl>
  );
}

function Untold({ children }: { readonly children: ReactNode }) {
  return (
    <span className="governance__untold">
      <CircleQuestionMark aria-hidden />
      {children}
    </span>
  );
}

type OwnersProps = { readonly owners: readonly NamedOwner[]; readonly governance: Governance; readonly now: number };

function Owners({ owners, governance, now }: OwnersProps) {
  if (governance.ownerSaid === '') {
    return (
      <>
        nobody, as declared
        <By said={governance.ownerBy} now={now} />
      </>
    );
  }
  if (owners.length === 0) return <Untold>unknown: nobody is named and no file says it</Untold>;
  return (
    <ul className="governance__owners">
      {owners.map((owner) => (
        <li key={`${owner.id} ${owner.by}`}>
          <span className="governance__owner">{owner.name}</span>
          {owner.guess && (
            <Chip look="untold" icon={CircleQuestionMark} title="Nobody said so of this asset itself.">
              a guess
            </Chip>
          )}
          <div className="governance__by">
            {ownerWay(owner.by)}, confidence {owner.confidence}
            {owner.by === 'manual' && governance.ownerBy !== null && (
              <>
                {' '}
                by {governance.ownerBy.by}, {clock(governance.ownerBy.at, now)}
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function By({ said, now }: { readonly said: Governance['ownerBy']; readonly now: number }) {
  if (said === null) return null;
  return (
    <div className="governance__by">
      by {said.by}, {clock(said.at, now)}
    </div>
  );
}

function ReviewRow({ governance, now }: { readonly governance: Governance; readonly now: number }) {
  const { review } = governance;
  return (
    <>
      <dt>Review</dt>
      <dd>
        {review === null ? (
          <Untold>no review is on record</Untold>
        ) : (
          <>
            {sentenceCase(review.decision.replaceAll('-', ' '))}
            <div className="governance__by">
              {review.reviewer}, {review.date}
            </div>
            {review.conditions !== '' && <div>{review.conditions}</div>}
            {review.nextReview !== '' &&
              (isDue(review.nextReview, new Date(now)) ? (
                <Untold>next review was due on {review.nextReview}</Untold>
              ) : (
                <div className="governance__by">next review {review.nextReview}</div>
              ))}
          </>
        )}
      </dd>
    </>
  );
}
