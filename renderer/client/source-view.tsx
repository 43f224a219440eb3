import './source-view.css';
import type { SourceLines } from '../../shared/contract/assets.ts';
import { assertNever } from '../../shared/kinds.ts';
import { counted } from '../ui/words.ts';
import { FailedCall } from './failed-call.tsx';
import { useCall } from './use-client.tsx';

/** Lines around the ones that are meant. */
const context = 4;
/** Facts that span a whole file show its beginning. */
const mostLines = 40;

/** Lines of a file. `root` null: `file` is a place as facts name it (`app/.claude/settings.json`, `~/...`, `/etc/...`). */
export type SourcePlace = {
  readonly root: number | null;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
};

/** The lines that an evidence points at, read from disk now, secrets masked. */
export function SourceView({ scan, evidence }: { readonly scan: number | null; readonly evidence: SourcePlace }) {
  const endLine = Math.min(evidence.endLine, evidence.line + mostLines);
  const answer = useCall('assets.sourceLines', {
    scan,
    root: evidence.root,
    file: evidence.file,
    line: evidence.line,
    endLine,
    context,
  });
  if (answer.state === 'loading') return <div className="source-view source-view__note">Reading the file.</div>;
  if (answer.state === 'failed')
    return <FailedCall title="The lines could not be shown." name="assets.sourceLines" error={answer.error} />;
  const source = answer.value;
  const note = sourceNote(source);
  return (
    <div className="source-view">
      {note !== null && (
        <div className="source-view__note source-view__note--untold">
          <span>{note}</span>
        </div>
      )}
      {source.masked > 0 && <div className="source-view__note">{counted(source.masked, 'value')} masked.</div>}
      {source.lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it
        <section className="source-view__lines" tabIndex={0} aria-label={`Lines of ${evidence.file}`}>
          {source.lines.map((text, offset) => {
            const line = source.firstLine + offset;
            const meant = line >= evidence.line && line <= evidence.endLine;
            return (
              <div key={line} className={`source-view__line${meant ? ' source-view__line--meant' : ''}`}>
                <span className="source-view__number">{line}</span>
                <span>{text}</span>
              </div>
            );
          })}
        </section>
      )}
      {evidence.endLine > endLine && (
        <div className="source-view__note">
          The fact spans lines {evidence.line} to {evidence.endLine}.
        </div>
      )}
    </div>
  );
}

/** Why there are no source lines, or what is different about them; null when they are what was scanned. */
function sourceNote(source: SourceLines): string | null {
  switch (source.status) {
    case 'read':
      return null;
    case 'changed':
      return 'The file changed after the scan. These are its lines now.';
    case 'absent':
      return 'The file is not there any more.';
    case 'unreadable':
      return 'The file could not be read.';
    case 'too-large':
      return 'The file is larger than the limit for reading.';
    default:
      return assertNever(source.status);
  }
}
