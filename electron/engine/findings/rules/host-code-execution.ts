import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import { codeAgents } from '../code-agents.ts';
import { evidenceOf } from '../context.ts';
import { placedOf, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

type Where = 'host' | 'contained' | 'unknown';

/** Where the code runs, by the setting of each framework; its default where nothing is set. */
function placeOfCode(agent: StoredAsset): Where {
  const settings = recordOf(agent.properties['settings']);
  const known = (value: unknown, fallback: string): string => (value === undefined ? fallback : textOf(value));
  switch (textOf(agent.properties['framework'])) {
    case 'crewai': {
      const mode = known(settings['code_execution_mode'], 'safe');
      return mode === 'unsafe' ? 'host' : mode === 'safe' ? 'contained' : 'unknown';
    }
    case 'smolagents': {
      const executor = known(settings['executor_type'], 'local');
      if (executor === 'local') return 'host';
      return /^(?:e2b|docker|modal|blaxel|wasm)$/.test(executor) ? 'contained' : 'unknown';
    }
    default: {
      const executor = Object.values(settings).map(textOf).join(' ');
      if (/Local(?:CommandLine|Python)|UnsafeLocal/.test(executor)) return 'host';
      return /Docker|AzureContainer|BuiltInCode|VertexAi|E2B|Modal/.test(executor) ? 'contained' : 'unknown';
    }
  }
}

const runsCode = (agent: StoredAsset): boolean =>
  placedOf(agent, 'capabilities').some((one) => one['class'] === 'executes-code') ||
  recordOf(agent.properties['settings'])['allow_code_execution'] === true;

export const hostCodeExecution: Rule = {
  id: 'host-code-execution',
  title: 'Code that a model writes runs on the host',
  version: 1,
  why: 'A text that the agent reads becomes a program with the rights and the network of the process.',
  fix: 'Run the code in a container or a remote sandbox without credentials and without a network that is not needed.',
  references: references('OWASP-ASI-2026:ASI05', 'OWASP-LLM-2025:LLM06:2025', 'CWE:CWE-94', 'NIST-SP-800-53:SC-39'),
  kinds: ['agent'],
  subjects: (context) => codeAgents(context).filter(runsCode),
  judge(agent): readonly Judgement[] {
    const where = placeOfCode(agent);
    if (where === 'contained') return [];
    if (where === 'unknown')
      return [{ outcome: 'could-not-tell', why: 'where the code of the model runs is not in the files' }];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
        confidence: agent.confidence,
        message: `${agent.name} runs code that the model writes in its own process.`,
        evidence: evidenceOf(agent),
        detail: '',
      },
    ];
  },
};
