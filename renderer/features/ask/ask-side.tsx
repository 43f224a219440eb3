import './ask-side.css';
import { Copy, X } from 'lucide-react';
import { announce } from '../../actions/announce.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import type { AskAddress } from './ask-address.ts';
import { askKey, dropQuestion, keptAsLines, useAskSession } from './ask-session.ts';
import { contextWords } from './ask-words.ts';

/** What was asked in this window, and the questions that somebody wants to ask again. */
export function AskSide({ ask, onAsk }: { readonly ask: AskAddress; readonly onAsk: (ask: AskAddress) => void }) {
  return (
    <aside className="ask__side" aria-label="Asked and kept">
      <Kept />
      <History ask={ask} onAsk={onAsk} />
    </aside>
  );
}

function Kept() {
  const kept = useAskSession((state) => state.kept);
  const answer = useCall(
    'permissions.ask',
    kept.length === 0 ? null : { scan: null, questions: kept.map(({ question }) => question) },
  );
  const answers = valueOf(answer);
  return (
    <section className="ask-section" aria-labelledby="ask-kept">
      <div className="answer__head">
        <h2 id="ask-kept">Kept as tests</h2>
        <span className="muted">{kept.length}</span>
      </div>
      {kept.length === 0 ? (
        <p className="muted">
          Keep an answer as a test, and copy all of them as a file that <code>countersign can --questions</code> checks.
        </p>
      ) : (
        <>
          <ul className="kept">
            {kept.map(({ question, agentName }, index) => {
              const now = answers?.[index];
              const verdict = now?.status === 'answered' ? now.answer.verdict : undefined;
              const differs = verdict !== undefined && verdict !== question.expect;
              return (
                <li key={JSON.stringify(question)} className="kept__row">
                  <div className="kept__words">
                    <code>{question.call}</code>
                    <span className="muted">
                      {agentName}, {contextWords[question.context]}
                    </span>
                    <span className={differs ? 'kept__differs' : 'muted'}>
                      expected {question.expect}
                      {now?.status === 'failed'
                        ? `, could not be answered: ${now.message}`
                        : verdict === undefined
                          ? ''
                          : differs
                            ? `, is ${verdict}`
                            : ', is so'}
                    </span>
                  </div>
                  <IconButton small icon={X} label={`Drop ${question.call}`} onClick={() => dropQuestion(question)} />
                </li>
              );
            })}
          </ul>
          <Button
            icon={Copy}
            onClick={() => {
              void navigator.clipboard.writeText(keptAsLines(kept));
              announce('Questions copied.');
            }}
          >
            Copy as JSONL
          </Button>
          <p className="muted kept__note">Kept until this window closes.</p>
        </>
      )}
    </section>
  );
}

function History({ ask, onAsk }: { readonly ask: AskAddress; readonly onAsk: (ask: AskAddress) => void }) {
  const asked = useAskSession((state) => state.asked);
  const current = askKey(ask);
  return (
    <section className="ask-section" aria-labelledby="ask-history">
      <div className="answer__head">
        <h2 id="ask-history">Asked in this window</h2>
        <span className="muted">{asked.length}</span>
      </div>
      {asked.length === 0 && <p className="muted">Nothing yet.</p>}
      <ul className="asked">
        {asked.map((one) => {
          const key = askKey(one.ask);
          return (
            <li key={key}>
              <button
                type="button"
                className="asked__row"
                aria-current={key === current ? 'true' : undefined}
                onClick={() => onAsk(one.ask)}
              >
                <code>{one.ask.call}</code>
                <span className="asked__line">
                  {one.verdict !== null && <VerdictBadge verdict={one.verdict} alarm={one.alarm} />}
                  <span className="muted asked__who">
                    {[one.agentName, settingWords(one.ask), one.summary].filter(Boolean).join(', ')}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What is not as usual in the setting of a question. */
const settingWords = ({ context, mode, trust, version }: AskAddress): string =>
  [
    context === 'interactive' || context === 'all' ? '' : contextWords[context],
    mode,
    trust === '' ? '' : trust === 'yes' ? 'trusted' : 'not trusted',
    version,
  ]
    .filter(Boolean)
    .join(', ');
