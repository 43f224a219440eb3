import type { Properties } from '../../../../shared/model/facts.ts';
import { modelFacts } from '../host/models.ts';
import { credentialRef, placedRef } from '../keys.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { imageFacts, roleOfContainer } from './containers.ts';
import type { Estate, Resource } from './estate.ts';
import { at, each, linksIn, pairs, type Value } from './expression.ts';
import { azureIdentity, type IdentityDraft, refOf } from './identities.ts';
import { emitEnvironment } from './aws/lambda.ts';

/** Types of Azure Resource Manager, lower case ("Bicep and ARM template reference", 2026; partly unverified). */
export const azureTypes: ReadonlyMap<string, string> = new Map([
  ['microsoft.cognitiveservices/accounts', 'azure/ai-account'],
  ['microsoft.cognitiveservices/accounts/deployments', 'azure/model-deployment'],
  ['microsoft.cognitiveservices/accounts/projects', 'azure/ai-project'],
  ['microsoft.cognitiveservices/accounts/connections', 'azure/ai-connection'],
  ['microsoft.cognitiveservices/accounts/projects/connections', 'azure/ai-connection'],
  ['microsoft.cognitiveservices/accounts/capabilityhosts', 'azure/capability-host'],
  ['microsoft.cognitiveservices/accounts/projects/capabilityhosts', 'azure/capability-host'],
  ['microsoft.cognitiveservices/accounts/projects/agents', 'azure/agent'],
  ['microsoft.cognitiveservices/accounts/projects/applications', 'azure/agent-application'],
  ['microsoft.cognitiveservices/accounts/raipolicies', 'azure/content-filter'],
  ['microsoft.machinelearningservices/workspaces', 'azure/ai-workspace'],
  ['microsoft.managedidentity/userassignedidentities', 'azure/identity'],
  ['microsoft.authorization/roleassignments', 'azure/role-assignment'],
  ['microsoft.app/containerapps', 'azure/container-app'],
  ['microsoft.app/jobs', 'azure/container-app'],
  ['microsoft.botservice/botservices', 'azure/bot'],
  ['microsoft.search/searchservices', 'azure/search'],
  ['microsoft.storage/storageaccounts', 'azure/storage'],
  ['microsoft.documentdb/databaseaccounts', 'azure/cosmos'],
]);

/** Resources of the azurerm provider of Terraform that say the same (4.x). */
export const azureTerraformTypes: ReadonlyMap<string, string> = new Map([
  ['azurerm_cognitive_account', 'azure/ai-account'],
  ['azurerm_ai_services', 'azure/ai-account'],
  ['azurerm_cognitive_deployment', 'azure/model-deployment'],
  ['azurerm_cognitive_account_project', 'azure/ai-project'],
  ['azurerm_ai_foundry', 'azure/ai-workspace'],
  ['azurerm_ai_foundry_project', 'azure/ai-project'],
  ['azurerm_user_assigned_identity', 'azure/identity'],
  ['azurerm_role_assignment', 'azure/role-assignment'],
  ['azurerm_container_app', 'azure/container-app'],
  ['azurerm_bot_service_azure_bot', 'azure/bot'],
]);

export const isAgentType = (type: string): boolean => /^azure\/(?:ai-|model-|agent|capability|bot)/.test(type);

const property = (resource: Resource, ...keys: readonly string[]): Value | undefined =>
  at(resource.body, 'properties', ...keys) ?? at(resource.body, ...keys);

const titleOf = (estate: Estate, resource: Resource): string =>
  (estate.text(at(resource.body, 'name')) ?? '').split('/').at(-1) || resource.address;

export function emitAzure(estate: Estate): void {
  for (const account of estate.ofType('azure/ai-account', 'azure/ai-workspace')) emitAccount(estate, account);
  for (const deployment of estate.ofType('azure/model-deployment')) emitDeployment(estate, deployment);
  for (const project of estate.ofType('azure/ai-project')) emitProject(estate, project);
  for (const connection of estate.ofType('azure/ai-connection')) emitConnection(estate, connection);
  for (const agent of estate.ofType('azure/agent', 'azure/agent-application')) emitAgent(estate, agent);
  for (const app of estate.ofType('azure/container-app')) emitContainerApp(estate, app);
  for (const bot of estate.ofType('azure/bot')) emitBot(estate, bot);
}

/** What holds a resource: `parent`, the id of it, or the first part of a name in parts. */
function parentOf(estate: Estate, resource: Resource, ...types: readonly string[]): Resource | undefined {
  const named = ['parent', 'cognitive_account_id', 'ai_services_hub_id', 'scope'].flatMap(
    (key) => estate.target(at(resource.body, key), ...types) ?? [],
  )[0];
  return (
    named ??
    estate.target(at(resource.body, 'name'), ...types) ??
    estate.target(at(resource.body, 'dependsOn'), ...types)
  );
}

function emitAccount(estate: Estate, account: Resource): AssetRef {
  const known = estate.refOf(account);
  if (known !== undefined) return known;
  const text = (...keys: readonly string[]): string | undefined => estate.text(property(account, ...keys));
  const network = text('public_network_access') ?? text('public_network_access_enabled');
  const ref = estate.reserve(
    account,
    estate.facts.asset(account, {
      kind: 'workload',
      key: `azure-ai:${account.id}`,
      name: titleOf(estate, account),
      properties: {
        kind: 'ai-account',
        product: account.type === 'azure/ai-workspace' ? 'Azure AI workspace' : 'Azure AI services',
        declaredAs: account.address,
        ...(estate.text(at(account.body, 'kind')) === undefined
          ? {}
          : { accountKind: estate.text(at(account.body, 'kind')) ?? '' }),
        publicNetwork: network ?? 'Enabled (default)',
        networkDefault: text('network_acls', 'default_action') ?? 'Allow (default)',
        localKeys: localKeys(text('disable_local_auth'), text('local_auth_enabled')),
      },
      confidence: 'high',
    }),
  );
  emitIdentity(estate, account, ref);
  return ref;
}

const localKeys = (disabled: string | undefined, enabled: string | undefined): string => {
  if (disabled !== undefined) return disabled === 'true' ? 'disabled' : 'enabled';
  return enabled === undefined ? 'enabled (default)' : enabled === 'true' ? 'enabled' : 'disabled';
};

function emitDeployment(estate: Estate, deployment: Resource): void {
  const account = parentOf(estate, deployment, 'azure/ai-account');
  const model = property(deployment, 'model');
  const name = at(model, 'name');
  const id = estate.text(name);
  const version = estate.text(at(model, 'version'));
  const from = account === undefined ? emitLooseAccount(estate, deployment) : emitAccount(estate, account);
  if (name === undefined || id === undefined) return;
  const guard = estate.shown(property(deployment, 'rai_policy_name'));
  // The version is part of which model it is: without one the service moves on.
  const pinned = version === undefined || version === '' ? id : `${id}-${version}`;
  modelFacts(estate.facts.builder(name.place), from, pinned, name, {
    host: 'azure',
    provider: 'azure',
    role: titleOf(estate, deployment),
  });
  if (guard === undefined) return;
  const to = estate.facts.asset(deployment, {
    kind: 'guardrail',
    key: `azure-content-filter:${deployment.id}#${maskText(guard)}`,
    name: maskText(guard),
    properties: { kind: 'azure-content-filter', deployment: titleOf(estate, deployment) },
    confidence: 'medium',
  });
  estate.facts.relation(deployment, { kind: 'guarded-by', from, to, confidence: 'medium' });
}

const emitLooseAccount = (estate: Estate, deployment: Resource): AssetRef =>
  estate.facts.asset(deployment, {
    kind: 'workload',
    key: `azure-ai:${deployment.id}`,
    name: titleOf(estate, deployment),
    properties: { kind: 'model-deployment', product: 'Azure AI services', declaredAs: deployment.address },
    confidence: 'medium',
  });

function emitProject(estate: Estate, project: Resource): AssetRef {
  const known = estate.refOf(project);
  if (known !== undefined) return known;
  const account = parentOf(estate, project, 'azure/ai-account', 'azure/ai-workspace');
  const ref = estate.reserve(
    project,
    estate.facts.asset(project, {
      kind: 'workload',
      key: `azure-ai-project:${project.id}`,
      name: titleOf(estate, project),
      properties: {
        kind: 'agent-project',
        product: 'Azure AI Foundry project',
        declaredAs: project.address,
        ...(account === undefined ? {} : { account: titleOf(estate, account) }),
        agentService: estate
          .ofType('azure/capability-host')
          .some((host) => linksIn(host.body).some((link) => link.id === project.id)),
      },
      confidence: 'high',
    }),
  );
  if (account !== undefined)
    estate.facts.relation(project, { kind: 'uses', from: ref, to: emitAccount(estate, account), confidence: 'high' });
  emitIdentity(estate, project, ref);
  return ref;
}

/** What a project may reach, and how it proves who it is. */
function emitConnection(estate: Estate, connection: Resource): void {
  const parent = parentOf(estate, connection, 'azure/ai-project', 'azure/ai-account', 'azure/ai-workspace');
  if (parent === undefined) return;
  const from = parent.type === 'azure/ai-project' ? emitProject(estate, parent) : emitAccount(estate, parent);
  const name = titleOf(estate, connection);
  const auth = estate.shown(property(connection, 'auth_type')) ?? 'unknown';
  const category = estate.shown(property(connection, 'category')) ?? 'unknown';
  const target = estate.shown(property(connection, 'target'));
  const store = /search|cosmos|storage|blob|databricks|sql/i.test(category);
  const to = estate.facts.asset(connection, {
    kind: store ? 'data-store' : 'external-service',
    key: `azure-connection:${connection.id}`,
    name,
    properties: {
      kind: store ? category : 'connection',
      category: maskText(category),
      authentication: maskText(auth),
      ...(target === undefined ? {} : { target: maskUrl(target.slice(0, 300)) }),
    },
    confidence: 'medium',
  });
  estate.facts.relation(connection, {
    kind: store ? 'reads' : 'uses',
    from,
    to,
    properties: { authentication: maskText(auth) },
    confidence: 'medium',
  });
  if (!/key|pat|secret|sas|custom/i.test(auth)) return;
  const credential = estate.facts.asset(connection, {
    ...credentialRef(`connection ${name}`),
    name: `connection ${name}`,
    properties: {
      type: maskText(auth),
      forms: [{ form: 'reference', host: 'azure', place: connection.place, line: connection.line }],
    },
    confidence: 'medium',
  });
  estate.facts.relation(connection, { kind: 'authenticates-with', from, to: credential, confidence: 'medium' });
}

function emitAgent(estate: Estate, agent: Resource): void {
  const ref = estate.facts.asset(agent, {
    ...placedRef('agent', agent, agent.address),
    name: titleOf(estate, agent),
    properties: {
      framework: 'foundry-agents',
      host: 'foundry-agents',
      location: 'cloud',
      language: agent.language,
      declaredAs: agent.address,
    },
    confidence: 'low',
  });
  const project = parentOf(estate, agent, 'azure/ai-project');
  if (project !== undefined)
    estate.facts.relation(agent, {
      kind: 'configured-by',
      from: ref,
      to: emitProject(estate, project),
      confidence: 'low',
    });
  emitIdentity(estate, agent, ref);
}

/** Managed identities of a resource with the roles that the same files assign. */
function emitIdentity(estate: Estate, resource: Resource, from: AssetRef): void {
  const identity = at(resource.body, 'identity');
  const type = estate.text(at(identity, 'type')) ?? '';
  const users = [
    ...pairs(at(identity, 'userAssignedIdentities')).map(([, value]) => value),
    ...each(at(identity, 'identity_ids')),
  ];
  const assigned = linksIn(identity).flatMap((link) => {
    const target = estate.resource(link);
    return target?.type === 'azure/identity' ? [target] : [];
  });
  if (/SystemAssigned/i.test(type)) {
    const draft = azureIdentity(
      'azure-managed-identity',
      `${resource.id}/system`,
      `system identity of ${titleOf(estate, resource)}`,
      { assigned: 'system', ...rolesOf(estate, resource) },
    );
    estate.facts.asset(identity ?? resource, draft);
    estate.facts.relation(identity ?? resource, { kind: 'runs-as', from, to: refOf(draft), confidence: 'high' });
  }
  for (const user of assigned) {
    const name = estate.nameOf(user) ?? user.address;
    const draft: IdentityDraft = azureIdentity('azure-managed-identity', name, name, {
      assigned: 'user',
      declaredAs: user.address,
      ...rolesOf(estate, user),
    });
    estate.facts.asset(user, draft);
    estate.facts.relation(identity ?? resource, { kind: 'runs-as', from, to: refOf(draft), confidence: 'high' });
  }
  if (users.length > assigned.length && assigned.length === 0 && identity !== undefined) {
    const draft = azureIdentity(
      'azure-managed-identity',
      `${resource.id}/user`,
      `user-assigned identity of ${titleOf(estate, resource)}`,
      { assigned: 'user' },
    );
    estate.facts.asset(identity, { ...draft, dynamic: true });
    estate.facts.relation(identity, { kind: 'runs-as', from, to: refOf(draft), confidence: 'medium', dynamic: true });
  }
}

function rolesOf(estate: Estate, resource: Resource): Properties {
  const assignments = estate
    .ofType('azure/role-assignment')
    .filter((assignment) => linksIn(property(assignment, 'principal_id')).some((link) => link.id === resource.id));
  const roles = assignments.map((assignment): Properties => {
    const role =
      estate.shown(property(assignment, 'role_definition_id')) ??
      estate.shown(property(assignment, 'role_definition_name')) ??
      'unknown';
    const scope = estate.shown(at(assignment.body, 'scope'));
    return {
      role: (/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.exec(role)?.[0] ?? maskText(role)).slice(
        0,
        200,
      ),
      ...(scope === undefined ? {} : { scope: maskText(scope.slice(0, 300)) }),
      place: assignment.place,
      line: assignment.line,
    };
  });
  return roles.length === 0 ? {} : { roles };
}

function emitContainerApp(estate: Estate, app: Resource): void {
  const template = property(app, 'template');
  for (const container of [...each(at(template, 'containers')), ...each(at(template, 'container'))]) {
    const name = estate.shown(at(container, 'name')) ?? titleOf(estate, app);
    const image = estate.shown(at(container, 'image')) ?? null;
    const environment = each(at(container, 'env')).flatMap((item) => {
      const variable = estate.text(at(item, 'name'));
      return variable === undefined ? [] : [[variable, at(item, 'value') ?? at(item, 'secretRef') ?? item] as const];
    });
    const command = [...each(at(container, 'command')), ...each(at(container, 'args'))]
      .flatMap((item) => estate.shown(item) ?? [])
      .join(' ');
    const role = roleOfContainer({ name, image, command, environment: environment.map(([variable]) => variable) });
    if (role === null || role.runs === 'perhaps-agent') continue;
    const ref = estate.facts.asset(app, {
      kind: 'workload',
      key: `azure-container-app:${app.id}/${name}`,
      name: titleOf(estate, app),
      properties: {
        kind: 'container',
        runsIn: 'Azure Container Apps',
        runs: role.runs,
        because: role.because,
        certain: role.certain,
        runtimeName: name,
        ...imageFacts(image),
        external: estate.text(property(app, 'configuration', 'ingress', 'external')) ?? 'unknown',
        environment: environment.map(([variable, value]) => ({ name: variable, line: value.line })),
      },
      confidence: role.certain ? 'medium' : 'low',
    });
    emitEnvironment(
      estate,
      ref,
      { place: app.place, line: app.line, endLine: app.endLine, kind: 'map', entries: new Map(environment) },
      'azure',
    );
    emitIdentity(estate, app, ref);
  }
}

function emitBot(estate: Estate, bot: Resource): void {
  const endpoint = estate.shown(property(bot, 'endpoint'));
  const ref = estate.facts.asset(bot, {
    kind: 'workload',
    key: `azure-bot:${bot.id}`,
    name: titleOf(estate, bot),
    properties: {
      kind: 'bot-registration',
      product: 'Azure Bot Service',
      declaredAs: bot.address,
      ...(endpoint === undefined ? {} : { endpoint: maskUrl(endpoint.slice(0, 300)) }),
    },
    confidence: 'medium',
  });
  emitIdentity(estate, bot, ref);
}
