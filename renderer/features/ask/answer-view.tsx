import './answer.css';
import { BookmarkPlus, Check, CircleQuestionMark, Copy, Link2, Minus, OctagonAlert, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AskableAgent, Asked } from '../../../shared/contract/permissions.ts';
import type { PermissionAnswer } from '../../../shared/model/permissions.ts';
import { announce } from '../../actions/announce.ts';
import { SourceView } from '../../client/source-view.tsx';
import { Button } from '../../ui/button.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { VerdictBadge, verdictIcon } from '../../ui/verdict-badge.tsx';
import { type Impact, impactFromWord, impactLine, isSilentAlarm } from '../../ui/verdict-words.ts';
import { counted } from '../../ui/words.ts';
import { type AskAddress, type LaunchContext, questionOf } from './ask-address.ts';
import { isKept, keepQuestion, useAskSession } from './ask-session.ts';
import {
  answerAsMarkdown,
  chainNote,
  contextMeaning,
  contextWords,
  impactSentence,
  isOpenAssumption,
  outcomeWord,
  type Step,
  stepTitle,
  verdictSentence,
} from './ask-words.ts';

type AnswerViewProps = {
  readonly ask: AskAddress;
  readonly agent: AskableAgent;
  readonly answer: PermissionAnswer;
  readonly impact: Impact;
  /** The same call in other contexts. */
  readonly others: ReactNode;
};

/** Verdict first, then what decided it, then what did not, then what was taken for granted. */
export function AnswerView({ ask, agent, answer, impact, others }: AnswerViewProps) {
  const alarm = isSilentAlarm(answer.verdict, impact.impact);
  return (
    <div className="answer">
      <Banner agent={agent} answer={answer} impact={impact} alarm={alarm} />
      <Chain answer={answer} alarm={alarm} actions={<AnswerActions {...{ ask, agent, answer, impact }} />} />
      <Inert inert={answer.inert} />
      <section aria-labelledby="ask-assumptions">
        <div className="answer__head">
          <h2 id="ask-assumptions">Taken as given</h2>
        </div>
        {answer.assumptions.length === 0 ? (
          <p className="muted">Nothing besides the files.</p>
        ) : (
          <ul className="assumptions">
            {answer.assumptions.map((one) => (
              <li key={one} className={isOpenAssumption(one) ? 'assumptions__open' : undefined}>
                {isOpenAssumption(one) ? <CircleQuestionMark aria-hidden /> : <Check aria-hidden />}
                {one}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="ask-contexts">
        <div className="answer__head">
          <h2 id="ask-contexts">Same call, other contexts</h2>
        </div>
        {others}
      </section>
    </div>
  );
}

type BannerProps = {
  readonly agent: AskableAgent;
  readonly answer: PermissionAnswer;
  readonly impact: Impact;
  readonly alarm: boolean;
};

function Banner({ agent, answer, impact, alarm }: BannerProps) {
  const { decidedBy } = answer;
  const guessed = impact.from === 'name' || impact.from === 'unknown';
  const ImpactIcon = guessed ? CircleQuestionMark : impact.impact === 'destructive' ? OctagonAlert : Check;
  return (
    <section className={`verdict-banner${alarm ? ' verdict-banner--alarm' : ''}`} aria-label="Answer">
      <VerdictBadge verdict={answer.verdict} alarm={alarm} large />
      <div className="verdict-banner__words">
        <p className="verdict-banner__sentence">{verdictSentence(answer.verdict, agent.name)}</p>
        <p>{impactSentence(impact)}</p>
        <p>
          Decided by <code>{decidedBy.rule}</code>
          {decidedBy.scope === null ? '' : ` in the ${decidedBy.scope} file`}
          {decidedBy.file === null ? ', which no file holds' : ''}.
        </p>
      </div>
      <div className="verdict-banner__impact">
        <p
          className={`verdict-banner__class verdict-banner__class--${alarm ? 'alarm' : guessed ? 'guessed' : 'plain'}`}
        >
          <ImpactIcon aria-hidden />
          {impactLine(impact)}
        </p>
        <p>{impactFromWord(impact.from)}</p>
      </div>
    </section>
  );
}

const outcomeIcons = {
  decided: Check,
  lost: Minus,
  narrowed: TriangleAlert,
  'not-applied': Minus,
  noted: CircleQuestionMark,
} as const;

function Chain({
  answer,
  alarm,
  actions,
}: {
  readonly answer: PermissionAnswer;
  readonly alarm: boolean;
  readonly actions: ReactNode;
}) {
  return (
    <section aria-labelledby="ask-chain">
      <div className="answer__head">
        <h2 id="ask-chain">Chain</h2>
        <span className="muted">{chainNote(answer.chain)}</span>
        <span className="answer__push" />
        {actions}
      </div>
      <ol className="chain">
        {answer.chain.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps may be equal and never move
          <ChainRow key={index} step={step} alarm={alarm} />
        ))}
      </ol>
    </section>
  );
}

function ChainRow({ step, alarm }: { readonly step: Step; readonly alarm: boolean }) {
  const [open, setOpen] = useState(false);
  const decides = step.outcome === 'decided';
  const Icon = decides && step.effect !== null ? verdictIcon(step.effect, alarm) : outcomeIcons[step.outcome];
  const look = decides ? ` chain__row--decides${alarm ? ' chain__row--alarm' : ''}` : '';
  return (
    <li className={`chain__row${look}`}>
      <div className="chain__step">
        <span className="chain__title">{stepTitle(step)}</span>
        <span
          className={`chain__node${decides && step.effect !== null ? ` chain__node--${alarm ? 'alarm' : step.effect}` : ''}`}
        >
          <Icon aria-hidden />
        </span>
        <span className="chain__rule">
          <code>{step.rule}</code>
          {step.why !== '' && <span className="chain__why">{step.why}</span>}
        </span>
        <PlaceChip place={step} open={open} onOpen={() => setOpen(!open)} />
        <span className="chain__outcome">
          {outcomeWord(step.outcome)}
          {!decides && step.effect !== null && `: ${step.effect}`}
        </span>
      </div>
      {open && <PlaceLines place={step} />}
    </li>
  );
}

type Placed = Pick<Step, 'file' | 'line'>;

/** File and line of a rule; opens the lines. Words where no file holds it. */
function PlaceChip({
  place,
  open,
  onOpen,
}: {
  readonly place: Placed;
  readonly open: boolean;
  readonly onOpen: () => void;
}) {
  if (place.file === null) return <span className="chain__nowhere">in no file</span>;
  return (
    <span className="chain__place">
      <EvidenceChip file={place.file} line={place.line ?? 1} expanded={open} onOpen={onOpen} />
    </span>
  );
}

function PlaceLines({ place }: { readonly place: Placed }) {
  if (place.file === null) return null;
  const line = place.line ?? 1;
  return (
    <div className="chain__lines">
      <SourceView scan={null} evidence={{ root: null, file: place.file, line, endLine: line }} />
    </div>
  );
}

function Inert({ inert }: { readonly inert: PermissionAnswer['inert'] }) {
  return (
    <section aria-labelledby="ask-inert">
      <div className="answer__head">
        <h2 id="ask-inert">Rules that look as if they mattered</h2>
        <span className="muted">
          {inert.length === 0 ? 'none was found' : `${inert.length}, none changes the answer`}
        </span>
      </div>
      {inert.length > 0 && (
        <ul className="chain">
          {inert.map((rule, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rules may be equal and never move
            <InertRow key={index} rule={rule} />
          ))}
        </ul>
      )}
    </section>
  );
}

function InertRow({ rule }: { readonly rule: PermissionAnswer['inert'][number] }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="chain__row">
      <div className="inert__step">
        <code className="inert__rule">{rule.rule}</code>
        <span className="inert__why">{rule.why}</span>
        <PlaceChip place={rule} open={open} onOpen={() => setOpen(!open)} />
      </div>
      {open && <PlaceLines place={rule} />}
    </li>
  );
}

function AnswerActions({ ask, agent, answer, impact }: Omit<AnswerViewProps, 'others'>) {
  const context: LaunchContext = ask.context === 'all' ? 'interactive' : ask.context;
  const question = { ...questionOf(ask, '', ask.agent, context), expect: answer.verdict };
  const kept = useAskSession((state) => isKept(state.kept, question));
  const copy = (text: string, what: string): void => {
    void navigator.clipboard.writeText(text);
    announce(`${what} copied.`);
  };
  return (
    <>
      <Button
        look="quiet"
        icon={BookmarkPlus}
        disabled={kept}
        onClick={() => {
          keepQuestion({ question, agentName: agent.name });
          announce('Question kept.');
        }}
      >
        {kept ? 'Kept' : 'Keep as a test'}
      </Button>
      <Button
        look="quiet"
        icon={Copy}
        onClick={() =>
          copy(
            answerAsMarkdown({ agent: agent.name, call: ask.call, context: contextWords[context] }, answer, impact),
            'Answer',
          )
        }
      >
        Copy as Markdown
      </Button>
      <Button look="quiet" icon={Link2} onClick={() => copy(window.location.href, 'Link')}>
        Copy link
      </Button>
    </>
  );
}

type ContextRowProps = {
  readonly ask: AskAddress;
  readonly contexts: readonly LaunchContext[];
  readonly asked: readonly Asked[];
  readonly onOpen: (context: LaunchContext) => void;
  readonly large: boolean;
};

/** The verdict of every context; the chosen one marked. */
export function ContextRow({ ask, contexts, asked, onOpen, large }: ContextRowProps) {
  const differing = new Set(asked.map((one) => (one.status === 'answered' ? one.answer.verdict : 'failed'))).size;
  return (
    <>
      {large && (
        <div className="answer__head">
          <h2>The same files in five contexts</h2>
          <span className="muted">
            {differing === 1 ? 'one verdict in all of them' : counted(differing, 'different verdict')}
          </span>
        </div>
      )}
      <ul className={`context-row${large ? ' context-row--large' : ''}`}>
        {contexts.map((context, index) => {
          const one = asked[index];
          const current = context === ask.context;
          return (
            <li key={context}>
              <button
                type="button"
                className="context-card"
                aria-current={current ? 'true' : undefined}
                onClick={() => onOpen(context)}
              >
                <span className="context-card__name">
                  {contextWords[context]} <span className="muted">{contextMeaning[context]}</span>
                </span>
                {one?.status === 'answered' ? (
                  <>
                    <VerdictBadge
                      verdict={one.answer.verdict}
                      alarm={isSilentAlarm(one.answer.verdict, one.impact.impact)}
                    />
                    <span className="context-card__rule">{current ? 'this question' : one.answer.decidedBy.rule}</span>
                  </>
                ) : (
                  <span className="context-card__rule">{one?.message ?? 'not asked'}</span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
