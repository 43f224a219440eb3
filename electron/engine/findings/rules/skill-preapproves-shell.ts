import { evidenceInOwnFile, isInUse, named, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const shell = /^(?:Bash|PowerShell|Shell|run_shell_command|shell|execute_bash)(?:\((?:\*{1,2}|:\*)?\))?$/;

export const skillPreapprovesShell: Rule = {
  id: 'skill-preapproves-shell',
  title: 'A skill approves the whole shell',
  version: 1,
  why: 'While the skill is in use every command runs unasked, whatever settings say about trust of the folder.',
  fix: 'Name the commands that the skill needs in `allowed-tools`.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-ASI-2026:ASI05', 'OWASP-AST:AST03'),
  kinds: ['skill'],
  subjects: (context) =>
    context.all('skill').filter((skill) => isInUse(skill) && textsOf(skill.properties['preApproves']).length > 0),
  judge(skill): readonly Judgement[] {
    const tools = textsOf(skill.properties['preApproves']).filter((tool) => shell.test(tool));
    if (tools.length === 0) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: skill.confidence,
        message: `${skill.name} approves ${named(tools)} in advance: every command, while it is in use.`,
        evidence: evidenceInOwnFile(skill, null),
        detail: '',
      },
    ];
  },
};
