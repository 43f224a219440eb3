import { useState } from 'react';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import { changeSearch, useSearchParameter } from '../../actions/navigation.ts';
import { evidenceParameter } from '../../actions/routes.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { EvidenceLine } from '../../facts/evidence-line.tsx';
import { ScanLines } from '../../facts/scan-lines.tsx';
import { Button } from '../../ui/button.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { originSentence } from '../../ui/kind-words.ts';
import { clock, counted } from '../../ui/words.ts';
import { Section } from './section.tsx';
import { bySource, concludedFrom, confidenceReasons, importedPlace, linkSentences } from './why-model.ts';

/** Lines shown before somebody asks for all. */
const firstLines = 8;

type WhyProps = { readonly detail: AssetDetail; readonly scan: number | null };

/** Why is this here: every source and line that led to it, how it was concluded, how sure that is and why. */
export function WhySection({ detail, scan }: WhyProps) {
  const { asset } = detail;
  const links = linkSentences(asset);
  const imported = importedPlace(asset);
  return (
    <Section title="Why is this here" count={asset.evidence.length}>
      <p className="why__sentence">
        {originSentence(asset.origin)}{' '}
        {imported === null
          ? asset.evidence.length === 0 && 'No file names it by itself.'
          : `It stands in ${imported.file}, line ${imported.line}, imported${imported.by === '' ? '' : ` by ${imported.by}`}${imported.at === 0 ? '' : `, ${clock(imported.at, Date.now())}`}. No scan can see it.`}
      </p>
      <EvidenceBySource detail={detail} scan={scan} />
      <Conclusions detail={detail} scan={scan} />
      {links.length > 0 && (
        <>
          <h3 className="why__head">Taken for one thing</h3>
          <ul className="why__links">
            {links.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className="why__head">Confidence {asset.confidence}</h3>
      {confidenceReasons(asset).map((text) => (
        <p key={text} className="why__reason">
          {text}
        </p>
      ))}
    </Section>
  );
}

function EvidenceBySource({ detail, scan }: WhyProps) {
  const { asset, roots } = detail;
  const about = valueOf(useCall('settings.about', {}));
  const parameter = useSearchParameter(evidenceParameter);
  const open = parameter === '' ? null : Number(parameter);
  const [all, setAll] = useState(false);
  const mostLines = all || (open ?? 0) >= firstLines ? asset.evidence.length : firstLines;
  const usedRoots = [...new Set(asset.evidence.map((item) => item.root))];
  const sources = bySource(asset.evidence.slice(0, mostLines));
  return (
    <>
      {usedRoots.length === 1 && <p className="evidence-root">in {roots[usedRoots[0] ?? 0]}</p>}
      {sources.map(({ source, lines }) => {
        const known = about?.sources.find(({ id }) => id === source);
        return (
          <div key={source} className="why__source">
            <h3 className="why__head" title={source}>
              {known === undefined ? source : `${known.product}: ${known.title}`}
            </h3>
            <ul className="evidence-list">
              {lines.map(({ index, evidence }) => (
                <li
                  key={`${evidence.root} ${evidence.file}:${evidence.line}-${evidence.endLine}`}
                  data-open={open === index || undefined}
                >
                  <EvidenceChip
                    file={evidence.file}
                    line={evidence.line}
                    endLine={evidence.endLine}
                    origin={asset.origin}
                    expanded={open === index}
                    onOpen={() =>
                      changeSearch({ [evidenceParameter]: open === index ? null : String(index) }, { replace: true })
                    }
                  />
                  {open === index && <ScanLines scan={scan} evidence={evidence} />}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {asset.evidence.length > mostLines && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {asset.evidence.length} lines
        </Button>
      )}
    </>
  );
}

function Conclusions({ detail, scan }: WhyProps) {
  const reasons = concludedFrom(detail);
  const shown = reasons.slice(0, firstLines);
  if (shown.length === 0) return null;
  return (
    <>
      <h3 className="why__head">Concluded from</h3>
      <ul className="evidence-list">
        {shown.map(({ sentence, evidence }) => (
          <li key={`${sentence} ${evidence.file}:${evidence.line}`}>
            <div className="why__reason">{sentence}</div>
            <EvidenceLine scan={scan} evidence={evidence} />
          </li>
        ))}
      </ul>
      {reasons.length > shown.length && (
        <p className="muted">and {counted(reasons.length - shown.length, 'further fact')}, under Relations.</p>
      )}
    </>
  );
}
