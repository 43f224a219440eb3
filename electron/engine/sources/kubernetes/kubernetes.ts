import { PlacedFacts } from '../infrastructure/placed-facts.ts';
import type { CodeSource, FileInput, LinkContext, Linked, ModuleSummary } from '../source.ts';
import { emitOwnKinds } from './agents.ts';
import { chartOf, Cluster } from './cluster.ts';
import { isManifestFile, type ManifestFile, readManifests } from './manifest.ts';
import { emitWorkloads } from './workloads.ts';

/** Agents, servers and models in manifests of Kubernetes, charts included as far as they can be read unrendered. */
export const kubernetesSource: CodeSource = {
  kind: 'code',
  id: 'kubernetes/agents',
  version: 1,
  title: 'Agents in Kubernetes manifests',
  product: 'kubernetes',
  productTitle: 'Kubernetes',
  extensions: ['.yaml', '.yml'],
  keywords: [
    'kagent.dev',
    'toolhive.stacklok.dev',
    'kaito.sh',
    'agents.x-k8s.io',
    'serving.kserve.io',
    'agentgateway.dev',
    'kgateway.dev',
    'kind: Deployment',
    'kind: StatefulSet',
    'kind: DaemonSet',
    'kind: CronJob',
    'kind: Job',
    'kind: Pod',
    'kind: ServiceAccount',
    'kind: RoleBinding',
    'kind: ClusterRole',
    'kind: Role',
    'kind: NetworkPolicy',
  ],
  emits: [
    'agent',
    'model',
    'prompt',
    'tool',
    'mcp-server',
    'identity',
    'credential',
    'data-store',
    'workload',
    'approval-gate',
  ],
  summarise,
  link,
};

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { content, issues, broken } = readManifests(file);
  const concerned = content.manifests.length > 0 || content.values !== null;
  // A file that mentions these words without an object in it is somebody else's.
  return {
    place: file.place,
    sha256: file.sha256,
    status: concerned && broken ? 'malformed' : 'read',
    content: concerned ? content : null,
    issues: concerned ? issues : [],
  };
}

function link(modules: readonly ModuleSummary[], _context: LinkContext): Linked {
  const files: { place: string; content: ManifestFile }[] = [];
  const wanted = new Set<string>();
  for (const { place, content } of [...modules].sort((a, b) => (a.place < b.place ? -1 : 1))) {
    if (!isManifestFile(content)) continue;
    files.push({ place, content });
    if (content.templated && place.includes('/templates/')) wanted.add(`${chartOf(place)}/values.yaml`);
  }
  const cluster = new Cluster(files);
  const facts = new PlacedFacts();
  emitOwnKinds(cluster, facts);
  emitWorkloads(cluster, facts);
  for (const { place } of modules) wanted.delete(place);
  return { readings: facts.readings(), wanted: [...wanted].sort() };
}
