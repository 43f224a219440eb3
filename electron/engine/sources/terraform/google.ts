import { credentialRef } from '../keys.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { placedRef } from '../keys.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { googleServiceAccount, type IdentityDraft, refOf } from '../infrastructure/identities.ts';
import type { Estate, Resource } from '../infrastructure/estate.ts';
import { at, each, type Value } from '../infrastructure/expression.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { linesAt } from '../infrastructure/placed-facts.ts';

/** Types of the Google providers (7.x; not verified against their documentation). */
export const googleTypes: ReadonlyMap<string, string> = new Map([
  ['google_vertex_ai_reasoning_engine', 'google/reasoning-engine'],
  ['google_dialogflow_cx_agent', 'google/dialogflow-agent'],
  ['google_dialogflow_cx_playbook', 'google/dialogflow-playbook'],
  ['google_dialogflow_cx_tool', 'google/dialogflow-tool'],
  ['google_dialogflow_cx_webhook', 'google/dialogflow-webhook'],
  ['google_dialogflow_agent', 'google/dialogflow-agent'],
  ['google_discovery_engine_chat_engine', 'google/discovery-chat'],
  ['google_discovery_engine_assistant', 'google/discovery-chat'],
  ['google_discovery_engine_data_store', 'google/discovery-store'],
  ['google_service_account', 'google/service-account'],
  ['data.google_service_account', 'google/service-account'],
  ['google_project_iam_member', 'google/iam-member'],
  ['google_project_iam_binding', 'google/iam-binding'],
  ['google_storage_bucket_iam_member', 'google/iam-member'],
  ['google_bigquery_dataset_iam_member', 'google/iam-member'],
  ['google_secret_manager_secret_iam_member', 'google/iam-member'],
]);

export function emitGoogle(estate: Estate): void {
  for (const engine of estate.ofType('google/reasoning-engine')) emitEngine(estate, engine);
  for (const agent of estate.ofType('google/dialogflow-agent', 'google/discovery-chat')) emitDialog(estate, agent);
}

function emitEngine(estate: Estate, engine: Resource): void {
  const spec = at(engine.body, 'spec');
  const framework = estate.text(at(spec, 'agent_framework'));
  const ref = estate.facts.asset(engine, {
    kind: 'workload',
    key: `vertex-reasoning-engine:${engine.id}`,
    name: estate.nameOf(engine, 'display_name') ?? engine.address,
    properties: {
      kind: 'agent-runtime',
      product: 'Vertex AI Agent Engine',
      framework: 'vertex-agent-engine',
      runtimeName: estate.nameOf(engine, 'display_name') ?? engine.address,
      declaredAs: engine.address,
      ...(framework === undefined ? {} : { agentFramework: maskText(framework) }),
      network: {
        mode: at(spec, 'deployment_spec', 'psc_interface_config') === undefined ? 'public' : 'private service connect',
      },
    },
    confidence: 'medium',
  });
  serviceAccount(estate, ref, at(spec, 'service_account'));
  for (const item of each(at(spec, 'deployment_spec', 'secret_env'))) {
    const name = estate.text(at(item, 'secret_ref', 'secret')) ?? estate.text(at(item, 'name'));
    if (name !== undefined) credential(estate, ref, name, item);
  }
  for (const item of each(at(spec, 'deployment_spec', 'env'))) {
    const name = estate.text(at(item, 'name'));
    const value = at(item, 'value');
    if (name === undefined) continue;
    if (isCredentialName(name)) credential(estate, ref, name, item);
    const text = estate.text(value);
    if (/model/i.test(name) && text !== undefined && value !== undefined && /^[a-z][\w./:@-]{3,100}$/i.test(text))
      modelFacts(estate.facts.builder(value.place), ref, text, value, { host: 'vertex-ai' });
  }
}

const credential = (estate: Estate, from: AssetRef, name: string, spot: Value): void => {
  const to = estate.facts.asset(spot, {
    ...credentialRef(name),
    name,
    properties: { forms: [{ form: 'reference', host: 'vertex-ai', place: spot.place, line: spot.line }] },
    confidence: 'high',
  });
  estate.facts.relation(spot, { kind: 'authenticates-with', from, to, confidence: 'high' });
};

function emitDialog(estate: Estate, agent: Resource): void {
  const name = estate.nameOf(agent, 'display_name') ?? agent.address;
  const ref = estate.facts.asset(agent, {
    ...placedRef('agent', agent, agent.address),
    name,
    properties: {
      framework: agent.type === 'google/discovery-chat' ? 'vertex-ai-search' : 'dialogflow-cx',
      host: agent.type === 'google/discovery-chat' ? 'vertex-ai-search' : 'dialogflow-cx',
      language: 'terraform',
      location: 'cloud',
      declaredAs: agent.address,
    },
    confidence: 'medium',
  });
  for (const playbook of estate.pointingAt(agent, 'parent', 'google/dialogflow-playbook')) {
    const goal = at(playbook.body, 'goal');
    const text = estate.text(goal);
    if (goal !== undefined && text !== undefined)
      promptFacts(estate.facts.builder(goal.place), {
        name: `${estate.nameOf(playbook, 'display_name') ?? playbook.address} of ${name}`,
        role: 'agent',
        host: 'dialogflow-cx',
        key: `${playbook.address}/goal`,
        body: text,
        lines: linesAt(goal),
        user: ref,
      });
  }
  for (const tool of [
    ...estate.pointingAt(agent, 'parent', 'google/dialogflow-tool'),
    ...estate.pointingAt(agent, 'parent', 'google/dialogflow-webhook'),
  ]) {
    const to = estate.facts.asset(tool, {
      ...placedRef('tool', tool, tool.address),
      name: estate.nameOf(tool, 'display_name') ?? tool.address,
      properties: {
        framework: 'dialogflow-cx',
        form: tool.type.replace('google/dialogflow-', ''),
        capabilities: [],
        capabilitiesKnown: false,
      },
      confidence: 'medium',
    });
    estate.facts.relation(tool, { kind: 'uses', from: ref, to, confidence: 'medium' });
  }
}

/** The service account that something runs as, with the roles that the same files give it. */
function serviceAccount(estate: Estate, from: AssetRef, value: Value | undefined): void {
  if (value === undefined) return;
  const account = estate.target(value, 'google/service-account');
  const text = estate.text(value);
  const known = text === undefined ? null : googleServiceAccount(text);
  const id = account === undefined ? undefined : estate.nameOf(account, 'account_id');
  const draft: IdentityDraft = known ?? {
    kind: 'identity',
    key: `gcp-service-account:${account?.id ?? `${value.place}#${maskText((estate.shown(value) ?? '').slice(0, 100))}`}`,
    name: id ?? maskText((estate.shown(value) ?? 'service account').slice(0, 100)),
    properties: { type: 'gcp-service-account' },
    confidence: 'medium',
  };
  const roles = account === undefined ? [] : grants(estate, account);
  estate.facts.asset(account ?? value, {
    ...draft,
    properties: {
      ...draft.properties,
      ...(account === undefined ? {} : { declaredAs: account.address }),
      ...(roles.length === 0 ? {} : { roles }),
    },
    dynamic: known === null && account === undefined,
  });
  estate.facts.relation(value, {
    kind: 'runs-as',
    from,
    to: refOf(draft),
    confidence: 'high',
    dynamic: known === null && account === undefined,
  });
}

const grants = (
  estate: Estate,
  account: Resource,
): readonly { readonly role: string; readonly place: string; readonly line: number }[] =>
  [
    ...estate.pointingAt(account, 'member', 'google/iam-member'),
    ...estate.pointingAt(account, 'members', 'google/iam-binding'),
  ].flatMap((grant) => {
    const role = estate.shown(at(grant.body, 'role'));
    return role === undefined
      ? []
      : [{ role: maskText(role), on: grant.address.split('.')[0] ?? '', place: grant.place, line: grant.line }];
  });
