import type { Properties } from '../../../../shared/model/facts.ts';
import { at, each, pairs, type Spot, truthOf, type Value } from '../infrastructure/expression.ts';
import { hostMount, imageFacts, roleOfContainer } from '../infrastructure/containers.ts';
import type { PlacedFacts } from '../infrastructure/placed-facts.ts';
import { credentialRef } from '../keys.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { emitAccount } from './accounts.ts';
import { type Cluster, type ClusterObject, names, nameSpot, objectKey, shown } from './cluster.ts';

const podKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'ReplicaSet',
  'Sandbox',
  'SandboxTemplate',
];

/** Workloads whose containers run agents, servers or models. Images, commands and names decide: a heuristic that says so. */
export function emitWorkloads(cluster: Cluster, facts: PlacedFacts): void {
  for (const object of cluster.objects) {
    if (!podKinds.includes(object.kind)) continue;
    const sandbox = /agents\.x-k8s\.io$/.test(object.group);
    if (/^Sandbox/.test(object.kind) && !sandbox) continue;
    const pod = podOf(object);
    for (const container of [...each(at(pod, 'containers')), ...each(at(pod, 'initContainers')).slice(0, 0)])
      emitContainer(cluster, facts, object, pod, container, sandbox);
  }
}

const podOf = (object: ClusterObject): Value | undefined => {
  const spec = at(object.body, 'spec');
  if (object.kind === 'CronJob') return at(spec, 'jobTemplate', 'spec', 'template', 'spec');
  if (object.kind === 'Pod') return spec;
  return at(spec, 'template', 'spec') ?? at(spec, 'podTemplate', 'spec');
};

function emitContainer(
  cluster: Cluster,
  facts: PlacedFacts,
  object: ClusterObject,
  pod: Value | undefined,
  container: Value,
  sandbox: boolean,
): void {
  const name = shown(at(container, 'name')) ?? object.name;
  const image = shown(at(container, 'image')) ?? null;
  const command = [...names(at(container, 'command')), ...names(at(container, 'args'))].join(' ');
  const environment = each(at(container, 'env')).flatMap((item) => {
    const variable = shown(at(item, 'name'));
    return variable === undefined ? [] : [{ name: variable, item }];
  });
  const found = roleOfContainer({
    name: `${object.name}/${name}`.replace('/', '-'),
    image,
    command,
    environment: environment.map((one) => one.name),
  });
  const role =
    found ??
    (sandbox
      ? { runs: 'perhaps-agent' as const, because: 'a sandbox for agents', certain: false, product: null }
      : null);
  if (role === null || (role.runs === 'perhaps-agent' && environment.length === 0 && !sandbox)) return;
  const spot: Spot = nameSpot(object);
  const security = at(container, 'securityContext');
  const ref = facts.asset(spot, {
    kind: 'workload',
    key: `${objectKey(object)}${each(at(pod, 'containers')).length > 1 ? `/${name}` : ''}`,
    name: each(at(pod, 'containers')).length > 1 ? `${object.name}/${name}` : object.name,
    properties: {
      kind: 'container',
      runsIn: 'kubernetes',
      object: object.kind,
      namespace: object.namespace,
      runs: role.runs,
      because: role.because,
      certain: role.certain,
      runtimeName: object.name,
      ...(role.product === null ? {} : { product: role.product }),
      ...(object.templated ? { templated: true } : {}),
      ...imageFacts(image),
      ...(command === '' ? {} : { command: maskText(command.slice(0, 500)) }),
      environment: environment.map(({ name: variable, item }) => ({ name: variable, line: item.line })),
      ports: each(at(container, 'ports')).map((port) => ({
        container: shown(at(port, 'containerPort')) ?? '',
        line: port.line,
      })),
      hostNetwork: truthOf(at(pod, 'hostNetwork')) ?? false,
      privileged: truthOf(at(security, 'privileged')) ?? false,
      readOnlyRoot: truthOf(at(security, 'readOnlyRootFilesystem')) ?? false,
      ...(shown(at(pod, 'runtimeClassName')) === undefined
        ? {}
        : { runtimeClass: maskText(shown(at(pod, 'runtimeClassName')) ?? '') }),
      tokenMounted: truthOf(at(pod, 'automountServiceAccountToken')) ?? 'default (yes)',
      hostPaths: hostPaths(pod).map((mount) => ({ path: maskText(mount.path), line: mount.line })),
      networkPolicies: policiesOf(cluster, object, pod),
    },
    confidence: role.certain ? 'medium' : 'low',
    dynamic: object.templated && (image ?? '').includes('${'),
  });
  emitAccount(
    cluster,
    facts,
    ref,
    object,
    shown(at(pod, 'serviceAccountName')) ?? shown(at(pod, 'serviceAccount')) ?? 'default',
    spotOfAccount(pod, spot),
  );
  emitEnvironment(facts, ref, container);
  for (const mount of hostPaths(pod)) {
    const known = hostMount(mount.path);
    if (known !== null) emitCredential(facts, ref, known.credential, mount.spot, 'mounted', {});
  }
  for (const volume of each(at(pod, 'volumes'))) {
    const secret = shown(at(volume, 'secret', 'secretName'));
    if (secret !== undefined) emitCredential(facts, ref, secret, volume, 'secret volume', {});
  }
}

const spotOfAccount = (pod: Value | undefined, fallback: Spot): Spot => at(pod, 'serviceAccountName') ?? fallback;

function hostPaths(
  pod: Value | undefined,
): readonly { readonly path: string; readonly line: number; readonly spot: Spot }[] {
  return each(at(pod, 'volumes')).flatMap((volume) => {
    const path = at(volume, 'hostPath', 'path');
    const text = shown(path);
    return path === undefined || text === undefined ? [] : [{ path: text, line: path.line, spot: path }];
  });
}

/** Policies of the namespace whose selector fits the pods, or all of them. */
function policiesOf(cluster: Cluster, object: ClusterObject, _pod: Value | undefined): readonly Properties[] {
  const labels = new Map(
    [...pairs(at(object.body, 'spec', 'template', 'metadata', 'labels'))].map(
      ([key, value]) => [key, shown(value)] as const,
    ),
  );
  return cluster.objects
    .filter((policy) => policy.kind === 'NetworkPolicy' && policy.namespace === object.namespace)
    .filter((policy) =>
      pairs(at(policy.body, 'spec', 'podSelector', 'matchLabels')).every(
        ([key, value]) => labels.get(key) === shown(value),
      ),
    )
    .map((policy) => ({
      name: policy.name,
      types: names(at(policy.body, 'spec', 'policyTypes')),
      place: policy.place,
      line: policy.line,
    }));
}

/** Secrets that a container gets by name, and values written out. */
export function emitEnvironment(facts: PlacedFacts, from: AssetRef, container: Value | undefined): void {
  for (const item of each(at(container, 'env'))) {
    const variable = shown(at(item, 'name')) ?? '';
    const key = at(item, 'valueFrom', 'secretKeyRef');
    if (key !== undefined) {
      emitCredential(facts, from, variable, item, 'secret key', {
        secret: maskText(shown(at(key, 'name')) ?? ''),
        key: maskText(shown(at(key, 'key')) ?? ''),
      });
      continue;
    }
    const text = shown(at(item, 'value'));
    if (text === undefined) continue;
    const judged = classifyValue(variable, text);
    if (judged.kind === 'literal-secret') emitCredential(facts, from, variable, item, 'literal', { literal: true });
    else if (isCredentialName(variable) && text.includes('${'))
      emitCredential(facts, from, variable, item, 'template', {});
  }
  for (const item of each(at(container, 'envFrom'))) {
    const secret = shown(at(item, 'secretRef', 'name'));
    if (secret !== undefined) emitCredential(facts, from, secret, item, 'all keys of a secret', {});
  }
}

export function emitCredential(
  facts: PlacedFacts,
  from: AssetRef,
  name: string,
  spot: Spot,
  form: string,
  properties: Properties,
): void {
  if (name.trim() === '') return;
  const to = facts.asset(spot, {
    ...credentialRef(name),
    name,
    properties: {
      forms: [{ form, host: 'kubernetes', place: spot.place, line: spot.line }],
      ...(properties['literal'] === true ? { literal: true } : {}),
    },
    confidence: 'high',
  });
  facts.relation(spot, {
    kind: 'authenticates-with',
    from,
    to,
    properties: { form, ...properties },
    confidence: 'high',
  });
}
