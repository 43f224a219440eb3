import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { agentsByGate, evidenceOfClass, hasClass, toolsInUse } from '../code-agents.ts';
import { named, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const shell = /(?:^|[._-])(?:shell|bash|terminal|subprocess|command|cmd|powershell|zsh)(?:$|[._-]|tool)|shell/i;

const isShell = (tool: StoredAsset): boolean =>
  shell.test(tool.name) || shell.test(textOf(tool.properties['library']).split('.').at(-1) ?? '');

export const hostShellTool: Rule = {
  id: 'host-shell-tool',
  title: 'An agent in code has a shell',
  version: 1,
  why: 'Whatever the process may do, a text that the agent reads may do: keys of the role, the network, the disk.',
  fix: 'Give it tools for the few commands that it needs; where a shell has to be, put a person or a sandbox before it.',
  references: references('OWASP-ASI-2026:ASI05', 'OWASP-ASI-2026:ASI02', 'CWE:CWE-78', 'NIST-SP-800-53:AC-6'),
  kinds: ['tool'],
  subjects: (context) => toolsInUse(context).filter((tool) => hasClass(tool, 'executes-code') && isShell(tool)),
  judge(tool, context): readonly Judgement[] {
    const { open, unknown } = agentsByGate(tool, context);
    if (open.length === 0)
      return unknown.length === 0
        ? []
        : [{ outcome: 'could-not-tell', why: 'whether a gate covers the shell is decided at run time' }];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: tool.confidence,
        message: `${named(open.map(({ name }) => name))} can run any command with ${tool.name}; no person is asked.`,
        evidence: evidenceOfClass(tool, 'executes-code'),
        detail: '',
      },
    ];
  },
};
