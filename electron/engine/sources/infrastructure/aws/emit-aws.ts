import type { Estate } from '../estate.ts';
import { emitAgentCore } from './agentcore.ts';
import { emitBedrockAgents, emitGuardrailResource } from './bedrock.ts';
import { emitFlows } from './flows.ts';
import { emitKnowledgeBase } from './stores.ts';

/** Everything around agents that the files of a scan root say about AWS. Other resources are left out. */
export function emitAws(estate: Estate): void {
  emitBedrockAgents(estate);
  emitAgentCore(estate);
  emitFlows(estate);
  for (const base of estate.ofType('aws/bedrock-knowledge-base')) emitKnowledgeBase(estate, base);
  for (const guardrail of estate.ofType('aws/bedrock-guardrail')) emitGuardrailResource(estate, guardrail);
}
