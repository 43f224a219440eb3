import './capability-line.css';
import { CircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { SourceView } from '../client/source-view.tsx';
import { EvidenceChip } from '../ui/evidence-chip.tsx';
import { lastSegment } from '../ui/words.ts';
import { type Capability, capabilityWord } from './capabilities.ts';

type CapabilityLinesProps = {
  readonly capabilities: readonly Capability[];
  /** False where not all that it calls could be followed: it may do more than is listed. */
  readonly isKnown: boolean;
  readonly scan: number | null;
};

/** What a tool can do, one class a line with the line of code that shows it. None is unknown, not harmless. */
export function CapabilityLines({ capabilities, isKnown, scan }: CapabilityLinesProps) {
  return (
    <>
      {capabilities.map((capability) => (
        <CapabilityLine
          key={`${capability.class} ${capability.place?.file}:${capability.place?.line} ${capability.because}`}
          capability={capability}
          scan={scan}
        />
      ))}
      {(capabilities.length === 0 || !isKnown) && (
        <div className="capability__doubt">
          <CircleQuestionMark aria-hidden />
          {capabilities.length > 0
            ? 'it may do more: not all that it calls could be followed'
            : isKnown
              ? 'none of the known classes was seen in it'
              : 'what it does could not be told'}
        </div>
      )}
    </>
  );
}

function CapabilityLine({ capability, scan }: { readonly capability: Capability; readonly scan: number | null }) {
  const [open, setOpen] = useState(false);
  const { place, because, guess, confidence } = capability;
  return (
    <div className="capability">
      <div className="capability__line">
        <span className="capability__class">{capabilityWord(capability.class)}</span>
        {place === null ? (
          <span className="muted">no line{guess ? ', a guess' : ''}</span>
        ) : (
          <EvidenceChip
            bare
            title={`${place.file}:${place.line}`}
            file={lastSegment(place.file)}
            line={place.line}
            expanded={open}
            onOpen={() => setOpen(!open)}
          />
        )}
      </div>
      {because !== '' && (
        <div className="capability__because">
          {because}
          {confidence !== '' && confidence !== 'high' && `, confidence ${confidence}`}
        </div>
      )}
      {open && place !== null && (
        <SourceView scan={scan} evidence={{ root: null, file: place.file, line: place.line, endLine: place.line }} />
      )}
    </div>
  );
}
