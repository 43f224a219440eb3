import './difference-list.css';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import type { Difference } from './differences.ts';
import { propertyTitle } from './property-words.ts';

/** Characters of one side and members of one list that are shown before somebody asks for all. */
const shortText = 400;
const firstMembers = 6;

/** What differs, before and after below each other, told by sign, word and tone. */
export function DifferenceList({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    <dl className="differences">
      {differences.map((difference) => (
        <div key={difference.name} className="difference">
          <dt>{propertyTitle(difference.name)}</dt>
          <dd>
            {difference.form === 'value' ? (
              <>
                <Side side="before" text={difference.before} />
                <Side side="after" text={difference.after} />
              </>
            ) : (
              <Members removed={difference.removed} added={difference.added} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Members({ removed, added }: { readonly removed: readonly string[]; readonly added: readonly string[] }) {
  const [all, setAll] = useState(false);
  const most = all ? Number.POSITIVE_INFINITY : firstMembers;
  const rest = removed.length + added.length - Math.min(removed.length, most) - Math.min(added.length, most);
  return (
    <>
      {removed.slice(0, most).map((text) => (
        <Side key={`- ${text}`} side="before" text={text} />
      ))}
      {added.slice(0, most).map((text) => (
        <Side key={`+ ${text}`} side="after" text={text} />
      ))}
      {rest > 0 && (
        <Button look="link" onClick={() => setAll(true)}>
          Show {rest} more
        </Button>
      )}
    </>
  );
}

function Side({ side, text }: { readonly side: 'before' | 'after'; readonly text: string | null }) {
  const [all, setAll] = useState(false);
  const shown = text === null || all || text.length <= shortText ? text : `${text.slice(0, shortText)} …`;
  return (
    <>
      <span className={`difference__side difference__side--${side}`}>
        <span aria-hidden>{side === 'before' ? '−' : '+'}</span>
        <span>
          <span className="visually-hidden">{side}: </span>
          {shown === null ? <span className="difference__none">not set</span> : shown}
        </span>
      </span>
      {shown !== text && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all of it
        </Button>
      )}
    </>
  );
}
