import type { Properties } from '../../../../shared/model/facts.ts';
import { at, each } from '../infrastructure/expression.ts';
import { kubernetesServiceAccount, refOf } from '../infrastructure/identities.ts';
import type { PlacedFacts } from '../infrastructure/placed-facts.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { type Cluster, type ClusterObject, names, shown } from './cluster.ts';
import type { Spot } from '../infrastructure/expression.ts';

/** The service account of a workload with the rules that the files bind to it: its real power. */
export function emitAccount(
  cluster: Cluster,
  facts: PlacedFacts,
  from: AssetRef,
  user: ClusterObject,
  name: string,
  spot: Spot,
): void {
  const account = cluster.find(user, ['ServiceAccount'], name);
  const namespace = account?.namespace ?? user.namespace;
  const bindings = cluster.objects.filter(
    (object) =>
      /Binding$/.test(object.kind) &&
      each(at(object.body, 'subjects')).some(
        (subject) => shown(at(subject, 'kind')) === 'ServiceAccount' && shown(at(subject, 'name')) === name,
      ),
  );
  const grants = bindings.flatMap((binding) => grantOf(cluster, binding));
  const annotations = [
    'eks.amazonaws.com/role-arn',
    'iam.gke.io/gcp-service-account',
    'azure.workload.identity/client-id',
  ].flatMap((key) => {
    const value = shown(at(account?.body, 'metadata', 'annotations', key));
    return value === undefined ? [] : [{ provider: key, account: maskText(value) }];
  });
  const draft = kubernetesServiceAccount(account?.folder ?? user.folder, namespace, name, {
    ...(grants.length === 0 ? {} : { grants }),
    ...(annotations.length === 0 ? {} : { cloudAccounts: annotations }),
    declared: account !== undefined,
  });
  facts.asset(account ?? spot, { ...draft, dynamic: name.includes('${') });
  facts.relation(spot, { kind: 'runs-as', from, to: refOf(draft), confidence: 'high', dynamic: name.includes('${') });
}

function grantOf(cluster: Cluster, binding: ClusterObject): readonly Properties[] {
  const name = shown(at(binding.body, 'roleRef', 'name'));
  if (name === undefined) return [];
  const role = cluster.find(binding, [shown(at(binding.body, 'roleRef', 'kind')) ?? 'Role'], name);
  return [
    {
      role: maskText(name),
      scope: binding.kind === 'ClusterRoleBinding' ? 'cluster' : `namespace ${binding.namespace}`.trim(),
      rules: each(at(role?.body, 'rules'))
        .slice(0, 200)
        .map((rule) => ({
          verbs: names(at(rule, 'verbs')),
          resources: names(at(rule, 'resources')),
          groups: names(at(rule, 'apiGroups')),
          resourceNames: names(at(rule, 'resourceNames')),
          line: rule.line,
          place: rule.place,
        })),
      known: role !== undefined,
      place: binding.place,
      line: binding.line,
    },
  ];
}
