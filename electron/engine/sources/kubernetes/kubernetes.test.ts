import { expect, test } from 'vitest';
import { linkFiles, listed, related } from '../infrastructure/link-files.test-support.ts';
import { kubernetesSource } from './kubernetes.ts';

const kagent = `apiVersion: kagent.dev/v1alpha2
kind: ModelConfig
metadata:
  name: main
  namespace: kagent
spec:
  provider: OpenAI
  model: gpt-4.1-mini
  apiKeySecret: openai
  apiKeySecretKey: OPENAI_API_KEY
---
apiVersion: kagent.dev/v1alpha2
kind: RemoteMCPServer
metadata:
  name: docs
  namespace: kagent
spec:
  url: https://docs.example.com/mcp
  protocol: STREAMABLE_HTTP
---
apiVersion: kagent.dev/v1alpha2
kind: Agent
metadata:
  name: lead
  namespace: kagent
spec:
  type: Declarative
  declarative:
    modelConfig: main
    systemMessage: You lead.
    tools:
      - type: McpServer
        mcpServer:
          kind: RemoteMCPServer
          name: docs
          toolNames: [search, delete_page]
          requireApproval: [delete_page]
      - type: Agent
        agent:
          name: helper
    deployment:
      serviceAccountName: lead
---
apiVersion: kagent.dev/v1alpha2
kind: Agent
metadata:
  name: helper
  namespace: kagent
spec:
  declarative:
    modelConfig: main
`;
const rights = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: lead
  namespace: kagent
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: lead}
subjects:
  - {kind: ServiceAccount, name: lead, namespace: kagent}
roleRef: {kind: ClusterRole, name: edit-pods}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: edit-pods}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, delete]
`;

test('kagent: agents, tools, approvals, accounts and their rules', async () => {
  const linked = await linkFiles(kubernetesSource, { 'k8s/agents.yaml': kagent, 'k8s/rights.yaml': rights });
  expect(listed(linked, 'agent', 'mcp-server', 'model', 'tool', 'identity', 'credential')).toEqual([
    'mcp-server docs app/k8s/agents.yaml:12',
    'agent lead app/k8s/agents.yaml:21',
    'model gpt-4.1-mini app/k8s/agents.yaml:8',
    'credential OPENAI_API_KEY app/k8s/agents.yaml:9',
    'tool search app/k8s/agents.yaml:36',
    'tool delete_page app/k8s/agents.yaml:36',
    'agent helper app/k8s/agents.yaml:44',
    'identity helper app/k8s/agents.yaml:44',
    'identity lead app/k8s/rights.yaml:1',
  ]);
  expect(related(linked, 'delegates-to', 'gated-by', 'runs-as')).toEqual([
    'delete_page gated-by approval of delete_page agents.yaml:36',
    'lead delegates-to helper agents.yaml:38',
    'lead runs-as lead agents.yaml:42',
    'helper runs-as helper agents.yaml:44',
  ]);
  expect(
    linked.assets.find((asset) => asset.key.endsWith('kagent/lead') && asset.kind === 'identity')?.properties?.[
      'grants'
    ],
  ).toEqual([
    {
      role: 'edit-pods',
      scope: 'cluster',
      known: true,
      rules: [
        {
          verbs: ['get', 'delete'],
          resources: ['pods'],
          groups: [],
          resourceNames: [],
          place: 'app/k8s/rights.yaml',
          line: 18,
        },
      ],
      place: 'app/k8s/rights.yaml',
      line: 7,
    },
  ]);
});

test('a chart is read with its values and says that it is a template', async () => {
  const linked = await linkFiles(kubernetesSource, {
    'chart/values.yaml': 'image:\n  repository: ghcr.io/example/orders-mcp\n  tag: 1.2.3\n',
    'chart/templates/deployment.yaml': `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "chart.fullname" . }}
  labels:
    {{- include "chart.labels" . | nindent 4 }}
spec:
  template:
    spec:
      serviceAccountName: {{ .Values.account }}
      containers:
        - name: server
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          env:
            - name: ORDERS_TOKEN
              valueFrom:
                secretKeyRef: {name: orders, key: token}
{{- end }}
`,
  });
  const [workload] = linked.assets.filter((asset) => asset.kind === 'workload');
  expect([
    workload?.name,
    workload?.lines?.line,
    workload?.properties?.['templated'],
    workload?.properties?.['image'],
    workload?.properties?.['runs'],
  ]).toEqual(['Deployment of chart chart (templated)', 2, true, 'ghcr.io/example/orders-mcp:1.2.3', 'mcp-server']);
  expect([linked.asked, linked.issues]).toEqual([['chart/values.yaml'], []]);
  expect(related(linked, 'authenticates-with')).toEqual([
    'Deployment of chart chart (templated) authenticates-with ORDERS_TOKEN deployment.yaml:16',
  ]);
});

test('a patch of an overlay is no second agent; ordinary deployments are none', async () => {
  const agent =
    'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: {name: a}\nspec: {declarative: {systemMessage: x}}\n';
  const linked = await linkFiles(kubernetesSource, {
    'base/agent.yaml': agent,
    'overlays/prod/agent.yaml': agent,
    'base/web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: nginx:1.27}]}}}\n',
  });
  expect(listed(linked, 'agent', 'workload')).toEqual(['agent a app/base/agent.yaml:1']);
});
