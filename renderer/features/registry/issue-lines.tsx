import { useState } from 'react';
import type { ImportIssue } from '../../../shared/model/imports.ts';
import { Button } from '../../ui/button.tsx';

/** Issues shown before somebody asks for all. */
const firstIssues = 12;

/** What could not be understood of an imported file, each with file and line. */
export function IssueLines({ file, issues }: { readonly file: string; readonly issues: readonly ImportIssue[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? issues : issues.slice(0, firstIssues);
  return (
    <>
      <ul className="issue-lines">
        {shown.map((issue, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two issues may be equal and never move
          <li key={index}>
            <code>
              {file}
              {issue.line !== null && <span className="issue-lines__line">:{issue.line}</span>}
            </code>
            <span>{issue.message}</span>
          </li>
        ))}
      </ul>
      {issues.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {issues.length}
        </Button>
      )}
    </>
  );
}
