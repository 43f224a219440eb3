import { modelFacts } from '../host/models.ts';
import { at, each, pairs } from '../infrastructure/expression.ts';
import type { PlacedFacts } from '../infrastructure/placed-facts.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { type ClusterObject, nameSpot, objectKey, shown } from './cluster.ts';
import { emitCredential } from './workloads.ts';

/** Kinds that serve models: no agents, but what agents talk to. */
export function emitModelServer(facts: PlacedFacts, object: ClusterObject): void {
  const kaito = /^kaito\.sh$/.test(object.group) && ['Workspace', 'RAGEngine', 'InferenceSet'].includes(object.kind);
  const kserve =
    /^serving\.kserve\.io$/.test(object.group) && ['LLMInferenceService', 'InferenceService'].includes(object.kind);
  if (!kaito && !kserve) return;
  const spec = at(object.body, 'spec');
  const model =
    at(object.body, 'inference', 'preset', 'name') ??
    at(spec, 'inference', 'preset', 'name') ??
    at(spec, 'template', 'inference', 'preset', 'name') ??
    at(spec, 'model', 'name') ??
    at(spec, 'model', 'uri') ??
    at(spec, 'predictor', 'model', 'storageUri');
  const ref = facts.asset(nameSpot(object), {
    kind: 'workload',
    key: objectKey(object),
    name: object.name,
    properties: {
      kind: 'model-server',
      runsIn: 'kubernetes',
      runs: 'model',
      certain: true,
      product: kaito ? 'KAITO' : 'KServe',
      object: object.kind,
      namespace: object.namespace,
      runtimeName: object.name,
      ...(object.templated ? { templated: true } : {}),
    },
    confidence: 'medium',
  });
  const id = shown(model);
  if (model !== undefined && id !== undefined && !id.includes('${'))
    modelFacts(facts.builder(model.place), ref, id.replace(/^hf:\/\//, ''), model, {
      host: kaito ? 'kaito' : 'kserve',
      provider: 'self-hosted',
    });
  const secret =
    at(object.body, 'inference', 'preset', 'presetOptions', 'modelAccessSecret') ??
    at(spec, 'inference', 'preset', 'presetOptions', 'modelAccessSecret');
  if (secret !== undefined && shown(secret) !== undefined)
    emitCredential(facts, ref, shown(secret) ?? '', secret, 'secret', {});
}

/** Backends of agentgateway and kgateway that pass MCP or model traffic on. */
export function emitGateway(facts: PlacedFacts, object: ClusterObject): void {
  if (!/agentgateway\.dev$|kgateway\.dev$/.test(object.group) || !/Backend$/.test(object.kind)) return;
  const spec = at(object.body, 'spec');
  for (const target of each(at(spec, 'mcp', 'targets'))) {
    const host = shown(at(target, 'static', 'host'));
    const port = shown(at(target, 'static', 'port')) ?? '80';
    const path = shown(at(target, 'static', 'path')) ?? '/mcp';
    const name = shown(at(target, 'name')) ?? object.name;
    const url =
      host === undefined
        ? null
        : `http${port === '443' ? 's' : ''}://${host}:${port}${path.startsWith('/') ? path : `/${path}`}`;
    serverFacts(
      facts.builder(target.place),
      {
        name,
        line: target.line,
        endLine: target.endLine,
        transport: /sse/i.test(shown(at(target, 'static', 'protocol')) ?? '') ? 'sse' : 'http',
        command: null,
        args: [],
        argLines: [],
        url,
        urlLine: target.line,
        env: [],
        headers: [],
        envReferences: [],
        enabled: true,
        autoApprovedTools: [],
        includeTools: [],
        excludeTools: [],
      },
      {
        host: 'agentgateway',
        user: null,
        scope: 'project',
        where: object.kind,
        anchor: object.folder,
        confidence: 'medium',
        extra: { gateway: object.name, ...(object.templated ? { templated: true } : {}) },
      },
    );
  }
  const ai = at(spec, 'ai');
  if (ai === undefined) return;
  const ref = facts.asset(nameSpot(object), {
    kind: 'workload',
    key: objectKey(object),
    name: object.name,
    properties: {
      kind: 'model-gateway',
      runsIn: 'kubernetes',
      runs: 'model',
      certain: true,
      product: 'agentgateway',
      namespace: object.namespace,
    },
    confidence: 'medium',
  });
  const providers = [
    ...each(at(ai, 'llm')),
    ...each(at(ai, 'provider')),
    ...each(at(ai, 'priorityGroups')).flatMap((group) => each(at(group, 'providers'))),
  ];
  for (const provider of providers)
    for (const [vendor, value] of pairs(provider)) {
      const model = at(value, 'model');
      const id = shown(model);
      if (model !== undefined && id !== undefined && !id.includes('${'))
        modelFacts(facts.builder(model.place), ref, id, model, {
          host: 'agentgateway',
          provider: vendor.toLowerCase(),
        });
      const secret = at(value, 'authToken', 'secretRef', 'name');
      if (secret !== undefined) emitCredential(facts, ref, shown(secret) ?? '', secret, 'secret', {});
    }
}
