import type { Properties } from '../../../../../shared/model/facts.ts';
import { credentialRef, placedRef } from '../../keys.ts';
import type { RawServer } from '../../mcp/raw-server.ts';
import { serverFacts } from '../../mcp/server-facts.ts';
import { imageSpec } from '../../mcp/package-spec.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import { maskText, maskUrl } from '../../parse/secrets.ts';
import type { AssetRef } from '../../source.ts';
import { readApiSchema } from '../api-schema.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, linksIn, pairs, type Spot, spotOf, type Value } from '../expression.ts';
import { folderOf, placeBelow } from '../placed-facts.ts';
import { emitOperation } from './bedrock.ts';
import { runsAs } from './iam.ts';
import { emitEnvironment, lambdaOf } from './lambda.ts';
import { emitBucket, emitKnowledgeBase, emitMemory, emitModel, emitTable, modelIdIn } from './stores.ts';

/** Runtimes, gateways, memories and tools of Bedrock AgentCore (Terraform provider 6.x, CloudFormation reference; excerpts). */
export function emitAgentCore(estate: Estate): void {
  for (const gateway of estate.ofType('aws/agentcore-gateway')) emitGateway(estate, gateway);
  for (const runtime of estate.ofType('aws/agentcore-runtime', 'aws/agentcore-harness')) emitRuntime(estate, runtime);
  for (const memory of estate.ofType('aws/agentcore-memory')) emitMemory(estate, memory);
  for (const tool of estate.ofType('aws/agentcore-browser', 'aws/agentcore-code-interpreter'))
    emitBuiltIn(estate, tool);
  for (const provider of estate.ofType('aws/agentcore-api-key', 'aws/agentcore-oauth')) emitProvider(estate, provider);
}

/** Who may call: a token of an issuer, or signed requests of the account. */
function authorizerOf(estate: Estate, body: Value): Properties {
  const jwt = at(body, 'authorizer_configuration', 'custom_jwt_authorizer');
  if (jwt === undefined) {
    const type = estate.text(at(body, 'authorizer_type'));
    return { authorizer: { type: type ?? 'AWS_IAM (default)' } };
  }
  const text = (key: string): Properties => {
    const found = each(at(jwt, key)).flatMap((item) => estate.shown(item) ?? []);
    return found.length === 0 ? {} : { [key]: found.map((item) => maskUrl(item)) };
  };
  const url = estate.shown(at(jwt, 'discovery_url'));
  return {
    authorizer: {
      type: 'CUSTOM_JWT',
      ...(url === undefined ? {} : { discoveryUrl: maskUrl(url) }),
      ...text('allowed_audience'),
      ...text('allowed_clients'),
      ...text('allowed_scopes'),
      line: jwt.line,
    },
  };
}

function networkOf(estate: Estate, body: Value): Properties {
  const network = at(body, 'network_configuration');
  const mode = at(network, 'network_mode');
  const text = estate.shown(mode);
  return {
    network: {
      mode: text ?? 'PUBLIC (default)',
      ...(mode === undefined ? {} : { place: mode.place, line: mode.line }),
    },
  };
}

/** `acme/ops-agent:latest`, also where the address of the registry is that of a repository of the same files. */
export function imageOf(estate: Estate, value: Value | undefined): Properties {
  if (value === undefined) return {};
  const repository = estate.target(value, 'aws/ecr');
  const shown = estate.text(value) ?? (value.kind === 'text' ? value.text : estate.shown(value)) ?? '';
  const name = repository === undefined ? undefined : estate.nameOf(repository, 'name', 'repository_name');
  const text = name === undefined ? shown : `${name}${/\}(:[^/]*|@sha256:[0-9a-f]+)$/.exec(shown)?.[1] ?? ''}`;
  const mutable =
    repository === undefined ? undefined : (estate.text(at(repository.body, 'image_tag_mutability')) ?? 'MUTABLE');
  const spec = imageSpec(text);
  return {
    image: maskUrl(text.slice(0, 300)),
    imagePinned: spec?.pin === 'digest',
    ...(spec?.version == null ? {} : { imageTag: spec.version }),
    ...(mutable === undefined ? {} : { imageTagMutability: mutable }),
    imageLine: value.line,
  };
}

function emitRuntime(estate: Estate, runtime: Resource): AssetRef {
  const known = estate.refOf(runtime);
  if (known !== undefined) return known;
  const { body } = runtime;
  const name = estate.nameOf(runtime, 'agent_runtime_name', 'harness_name') ?? runtime.address;
  const protocol =
    estate.text(at(body, 'protocol_configuration', 'server_protocol')) ??
    estate.text(at(body, 'protocol_configuration')) ??
    'HTTP';
  const artifact = at(body, 'agent_runtime_artifact');
  const environment = at(body, 'environment_variables');
  const ref = estate.reserve(
    runtime,
    estate.facts.asset(runtime, {
      kind: 'workload',
      key: `agentcore-runtime:${runtime.id}`,
      name,
      properties: {
        kind: 'agent-runtime',
        product: 'Amazon Bedrock AgentCore Runtime',
        framework: 'agentcore',
        runtimeName: name,
        declaredAs: runtime.address,
        language: runtime.language,
        protocol,
        ...imageOf(estate, at(artifact, 'container_configuration', 'container_uri')),
        ...codeOf(estate, at(artifact, 'code_configuration')),
        ...networkOf(estate, body),
        ...authorizerOf(estate, body),
        headerAllowlist: each(at(body, 'request_header_configuration', 'request_header_allowlist')).flatMap(
          (item) => estate.shown(item) ?? [],
        ),
        environment: environmentFacts(estate, environment),
        ...(estate.text(at(body, 'description')) === undefined
          ? {}
          : { description: maskText(estate.text(at(body, 'description')) ?? '') }),
      },
      confidence: 'high',
    }),
  );
  runsAs(estate, ref, at(body, 'role_arn') ?? at(body, 'execution_role_arn'));
  emitModel(estate, ref, at(body, 'model', 'bedrock_model_config', 'model_id'));
  emitEnvironment(estate, ref, environment, 'agentcore');
  emitUses(estate, ref, environment);
  return ref;
}

function codeOf(estate: Estate, code: Value | undefined): Properties {
  const entry = each(at(code, 'entry_point')).flatMap((item) => estate.text(item) ?? []);
  return entry.length === 0 ? {} : { entryPoint: entry.map((item) => maskText(item)) };
}

/** Names of variables with where they stand; values only where they are a switch or a number. */
export function environmentFacts(estate: Estate, value: Value | undefined): readonly Properties[] {
  return pairs(value).map(([name, item]) => {
    const text = estate.text(item);
    const plain = text !== undefined && /^(?:true|false|on|off|yes|no|0|1)$/i.test(text) && !isCredentialName(name);
    return { name, ...(plain ? { value: text } : {}), place: item.place, line: item.line };
  });
}

/** What the variables of a runtime point to: its memory, its model, its tools. */
function emitUses(estate: Estate, from: AssetRef, environment: Value | undefined): void {
  for (const [name, item] of pairs(environment)) {
    const text = estate.text(item);
    if (
      /model/i.test(name) &&
      text !== undefined &&
      /^[a-z0-9.:/_-]{5,200}$/i.test(text) &&
      /[a-z][.-][a-z0-9]/i.test(text) &&
      !/^https?:/.test(text)
    )
      emitModel(estate, from, modelIdIn(text) === '' ? undefined : item);
    for (const link of linksIn(item)) {
      const target = estate.resource(link);
      if (target !== undefined) useOf(estate, from, target, item, name);
    }
  }
}

function useOf(estate: Estate, from: AssetRef, target: Resource, spot: Spot, variable: string): void {
  const relation = (kind: 'uses' | 'reads' | 'writes', to: AssetRef): void =>
    estate.facts.relation(spot, { kind, from, to, properties: { variable }, confidence: 'high' });
  switch (target.type) {
    case 'aws/agentcore-memory': {
      const memory = emitMemory(estate, target);
      relation('reads', memory);
      relation('writes', memory);
      return;
    }
    case 'aws/agentcore-gateway':
      return relation('uses', emitGateway(estate, target));
    case 'aws/agentcore-browser':
    case 'aws/agentcore-code-interpreter':
      return relation('uses', emitBuiltIn(estate, target));
    case 'aws/bedrock-knowledge-base':
      return relation('reads', emitKnowledgeBase(estate, target));
    case 'aws/s3-bucket':
      return relation('reads', emitBucket(estate, target));
    case 'aws/dynamodb-table':
      return relation('reads', emitTable(estate, target));
    default:
  }
}

function emitGateway(estate: Estate, gateway: Resource): AssetRef {
  const known = estate.refOf(gateway);
  if (known !== undefined) return known;
  const name = estate.nameOf(gateway) ?? gateway.address;
  const policy = at(gateway.body, 'policy_engine_configuration');
  const targets = estate.pointingAt(gateway, 'gateway_identifier', 'aws/agentcore-gateway-target');
  const ref = estate.reserve(
    gateway,
    serverFacts(estate.facts.builder(gateway.place), rawServer(name, gateway), {
      host: 'agentcore-gateway',
      user: null,
      scope: 'project',
      where: gateway.address,
      anchor: folderOf(gateway.place),
      extra: {
        ...authorizerOf(estate, gateway.body),
        auth: {
          type: /JWT/i.test(estate.text(at(gateway.body, 'authorizer_type')) ?? '')
            ? 'oauth'
            : (estate.text(at(gateway.body, 'authorizer_type')) ?? 'unknown'),
        },
        policyEngine: policy === undefined ? 'none' : maskText(estate.shown(at(policy, 'arn')) ?? 'attached'),
        targets: targets.map((target) => estate.nameOf(target) ?? target.address),
        declaredAs: gateway.address,
      },
    }),
  );
  runsAs(estate, ref, at(gateway.body, 'role_arn'));
  for (const target of targets) emitTarget(estate, ref, target);
  return ref;
}

export const rawServer = (name: string, span: Spot, url: string | null = null): RawServer => ({
  name,
  line: span.line,
  endLine: span.endLine,
  transport: 'http',
  command: null,
  args: [],
  argLines: [],
  url,
  urlLine: span.line,
  env: [],
  headers: [],
  envReferences: [],
  enabled: true,
  autoApprovedTools: [],
  includeTools: [],
  excludeTools: [],
});

function emitTarget(estate: Estate, gateway: AssetRef, target: Resource): void {
  const mcp = at(target.body, 'target_configuration', 'mcp');
  const name = estate.nameOf(target) ?? target.address;
  const expose = (tool: AssetRef, spot: Spot): void =>
    estate.facts.relation(spot, {
      kind: 'exposes',
      from: gateway,
      to: tool,
      properties: { target: name },
      confidence: 'high',
    });
  const lambda = lambdaOf(estate, at(mcp, 'lambda', 'lambda_arn'));
  const context = {
    framework: 'agentcore-gateway',
    actionGroup: name,
    lambda,
    executor: at(mcp, 'lambda', 'lambda_arn'),
  };
  for (const item of each(at(mcp, 'lambda', 'tool_schema', 'inline_payload'))) {
    const named = at(item, 'name');
    const spot = named ?? item;
    const operation = {
      name: estate.text(named) ?? 'unnamed tool',
      method: '',
      path: '',
      description: estate.text(at(item, 'description')) ?? '',
      line: spot.line,
      endLine: item.endLine,
      confirmation: null,
    };
    expose(emitOperation(estate, operation, spot.place, context), spotOf(spot));
  }
  const schema = at(mcp, 'open_api_schema') ?? at(mcp, 'smithy_model');
  const payload = at(schema, 'inline_payload', 'payload') ?? at(schema, 'inline_payload');
  const file = estate.text(at(payload, '%file'));
  const place = payload === undefined || file === undefined ? null : placeBelow(folderOf(payload.place), file);
  if (place !== null) {
    estate.want(place);
    for (const operation of estate.schemaAt(place)?.operations ?? [])
      expose(emitOperation(estate, operation, place, context), {
        place,
        line: operation.line,
        endLine: operation.endLine,
      });
  } else if (payload?.kind === 'text') {
    for (const operation of readApiSchema(payload.text).operations) {
      const line = Math.min(payload.endLine, payload.line + operation.line - 1);
      expose(emitOperation(estate, { ...operation, line, endLine: line, confirmation: null }, payload.place, context), {
        place: payload.place,
        line,
        endLine: line,
      });
    }
  }
  const endpoint = at(mcp, 'mcp_server', 'endpoint');
  const url = estate.text(endpoint);
  if (endpoint !== undefined && url !== undefined) {
    const server = serverFacts(estate.facts.builder(endpoint.place), rawServer(name, endpoint, url), {
      host: 'agentcore-gateway',
      user: null,
      scope: 'project',
      where: target.address,
      anchor: folderOf(endpoint.place),
    });
    estate.facts.relation(endpoint, {
      kind: 'uses',
      from: gateway,
      to: server,
      properties: { target: name },
      confidence: 'high',
    });
  }
  for (const credential of each(at(target.body, 'credential_provider_configuration')))
    for (const key of ['api_key', 'oauth'])
      emitTargetCredential(
        estate,
        gateway,
        at(credential, key) ?? at(credential, 'credential_provider', `${key}_credential_provider`),
        name,
      );
}

function emitTargetCredential(estate: Estate, gateway: AssetRef, value: Value | undefined, target: string): void {
  const arn = at(value, 'provider_arn');
  if (arn === undefined) return;
  const provider = estate.target(arn, 'aws/agentcore-api-key', 'aws/agentcore-oauth');
  if (provider === undefined) return;
  estate.facts.relation(arn, {
    kind: 'authenticates-with',
    from: gateway,
    to: emitProvider(estate, provider),
    properties: { target },
    confidence: 'high',
  });
}

function emitProvider(estate: Estate, provider: Resource): AssetRef {
  return estate.once(provider, () => {
    const name = estate.nameOf(provider) ?? provider.address;
    const vendor = estate.text(at(provider.body, 'credential_provider_vendor'));
    const literal = ['api_key', 'client_secret'].find((key) => estate.text(at(provider.body, key)) !== undefined);
    return estate.facts.asset(provider, {
      ...credentialRef(name),
      name,
      properties: {
        type: provider.type === 'aws/agentcore-oauth' ? 'oauth client' : 'api key',
        product: 'AgentCore Identity',
        declaredAs: provider.address,
        ...(vendor === undefined ? {} : { vendor: maskText(vendor) }),
        ...(literal === undefined ? {} : { literal: true }),
        forms: [
          {
            form: literal === undefined ? 'reference' : 'literal',
            host: 'agentcore',
            place: provider.place,
            line: provider.line,
          },
        ],
      },
      confidence: 'high',
    });
  });
}

function emitBuiltIn(estate: Estate, tool: Resource): AssetRef {
  const known = estate.refOf(tool);
  if (known !== undefined) return known;
  const browser = tool.type === 'aws/agentcore-browser';
  const capability = (name: string, because: string): Properties => ({
    class: name,
    place: tool.place,
    line: tool.line,
    because,
    confidence: 'high',
  });
  const ref = estate.reserve(
    tool,
    estate.facts.asset(tool, {
      ...placedRef('tool', tool, tool.address),
      name: estate.nameOf(tool) ?? tool.address,
      properties: {
        framework: 'agentcore',
        form: browser ? 'browser' : 'code interpreter',
        ...networkOf(estate, tool.body),
        capabilities: browser
          ? [
              capability('reads-untrusted', 'opens web pages'),
              capability('sends-outside', 'fills in and sends web pages'),
            ]
          : [capability('executes-code', 'runs code in a sandbox')],
        capabilitiesKnown: true,
      },
      confidence: 'high',
    }),
  );
  runsAs(estate, ref, at(tool.body, 'execution_role_arn'));
  return ref;
}
