import { describe, expect, test } from 'vitest';
import { bicepSource } from '../bicep/bicep.ts';
import { cloudFormationSource } from '../cloudformation/cloudformation.ts';
import { canary, hostileInputs } from '../conformance.ts';
import { kubernetesSource } from '../kubernetes/kubernetes.ts';
import type { CodeSource } from '../source.ts';
import { terraformSource } from '../terraform/terraform.ts';
import { inputOf, linkFiles } from './link-files.test-support.ts';

const deep = (open: string, close: string, levels: number): string => `${open.repeat(levels)}${close.repeat(levels)}`;

/** Beside the inputs of the conformance kit: what only these languages can do wrong. */
const own: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'terraform/agents': [
    [
      'circle.tf',
      'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_bedrockagent_agent" "x" {\n  agent_name = local.a\n  foundation_model = "${local.b}${local.b}"\n}\n',
    ],
    [
      'doubling.tf',
      `locals {\n  a0 = ["x", "x"]\n${Array.from({ length: 40 }, (_item, index) => `  a${index + 1} = [local.a${index}, local.a${index}]\n`).join('')}}\nresource "aws_bedrockagent_agent" "x" {\n  agent_name = "n"\n  tags = { all = local.a40 }\n}\n`,
    ],
    ['deep.tf', `resource "aws_bedrockagent_agent" "x" {\n  tags = ${deep('[', ']', 1500)}\n}\n`],
    [
      'deep-calls.tf',
      `resource "aws_bedrockagent_agent" "x" {\n  agent_name = ${'tostring('.repeat(2000)}1${')'.repeat(2000)}\n}\n`,
    ],
    ['broken.tf', 'resource "aws_bedrockagent_agent" "x" {\n  agent_name = "a\n  instruction = <<EOT\n never closed\n'],
    [
      'secret.tf',
      `resource "aws_bedrockagentcore_agent_runtime" "x" {\n  agent_runtime_name = "r"\n  environment_variables = {\n    API_KEY = "${canary}"\n    URL = "https://u:${canary}@h.example"\n    OTHER = "Bearer ${canary}"\n  }\n}\nresource "aws_bedrockagent_agent" "y" {\n  agent_name = "${canary}"\n  instruction = "API_KEY=${canary}"\n}\n`.replace(
        `agent_name = "${canary}"`,
        'agent_name = "y"',
      ),
    ],
    [
      'self.tf',
      'module "m" {\n  source = "./"\n  x = var.x\n}\nvariable "x" {}\nresource "aws_bedrockagent_agent" "x" {\n  agent_name = var.x\n}\n',
    ],
    [
      'proto.tf',
      'locals {\n  __proto__ = { polluted = true }\n}\nresource "aws_bedrockagent_agent" "__proto__" {\n  agent_name = local.__proto__.polluted\n}\n',
    ],
  ],
  'cloudformation/agents': [
    [
      'circle.yaml',
      'Resources:\n  A: &a\n    Type: AWS::Bedrock::Agent\n    Properties:\n      AgentName: !Ref A\n      Inner: *a\n',
    ],
    [
      'deep.yaml',
      `Resources:\n  A:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      X: ${deep('[', ']', 1000)}\n`,
    ],
    [
      'secret.json',
      JSON.stringify(
        {
          Resources: {
            A: {
              Type: 'AWS::BedrockAgentCore::Runtime',
              Properties: {
                AgentRuntimeName: 'r',
                EnvironmentVariables: { API_KEY: canary, DB: `postgres://u:${canary}@h/d` },
              },
            },
          },
        },
        null,
        1,
      ),
    ],
    [
      'odd.json',
      JSON.stringify({
        Resources: {
          A: { Type: 'AWS::Bedrock::Agent', Properties: [1, 2] },
          B: 5,
          C: { Type: 7 },
          D: { Type: 'AWS::IAM::Role', Properties: { Policies: 'x' } },
        },
      }),
    ],
    [
      'parameters.yaml',
      'Parameters:\n  P: {Default: !Ref P}\nResources:\n  A:\n    Type: AWS::Bedrock::Agent\n    Properties: {FoundationModel: !Ref P}\n',
    ],
  ],
  'kubernetes/agents': [
    [
      'templates/agent.yaml',
      'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata:\n  name: {{ include "x" . }}\n{{- range .Values.a }}\n  {{ . }}: {{ .b }}\n{{- end }}\nspec: {{ toYaml .Values.spec | nindent 2 }}\n',
    ],
    [
      'deep.yaml',
      `apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: {name: x}\nspec: ${deep('{a: ', '}', 1000)}\n`,
    ],
    [
      'secret.yaml',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: my-agent}\nspec:\n  template:\n    spec:\n      containers:\n        - name: agent\n          image: ghcr.io/x/claude-agent\n          args: ["--api-key", "${canary}"]\n          env:\n            - {name: OPENAI_API_KEY, value: "${canary}"}\n`,
    ],
    ['many.yaml', '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x}\n'.repeat(3000)],
    [
      'circle.yaml',
      'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: &m\n  name: a\n  labels: *m\nspec:\n  declarative:\n    tools:\n      - {type: Agent, agent: {name: a}}\n',
    ],
  ],
  'bicep/agents': [
    [
      'circle.bicep',
      "var a = b\nvar b = a\nresource x 'Microsoft.CognitiveServices/accounts@2025-06-01' = {\n  name: a\n}\n",
    ],
    [
      'deep.bicep',
      `var a = ${deep('[', ']', 1500)}\nresource x 'Microsoft.CognitiveServices/accounts@2025-06-01' = {\n  name: 'n'\n}\n`,
    ],
    ['broken.bicep', "resource x 'Microsoft.CognitiveServices/accounts@2025-06-01' = {\n  name: 'n\n"],
    [
      'nameless.json',
      JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        resources: [{ type: 'Microsoft.CognitiveServices/accounts', name: '' }, 5, { type: 3 }],
      }),
    ],
  ],
};

describe.each(
  [terraformSource, cloudFormationSource, kubernetesSource, bicepSource].map((source) => [source.id, source] as const),
)('%s', (id, source: CodeSource) => {
  test('survives hostile input, keeps secrets, tells lines', async () => {
    const faults: string[] = [];
    const endings =
      id === 'kubernetes/agents' || id === 'cloudformation/agents' ? ['.yaml'] : source.extensions.slice(0, 1);
    const inputs = [
      ...hostileInputs().flatMap(({ name, text }) => endings.map((end) => ({ name, path: `x${end}`, text }))),
      ...(own[id] ?? []).map(([path, text]) => ({ name: path, path, text })),
    ];
    for (const { name, path, text } of inputs) {
      const started = performance.now();
      const summary = await source.summarise(inputOf(`app/${path}`, text));
      const { readings } = source.link([JSON.parse(JSON.stringify(summary))], { rootLabel: 'app' });
      const took = performance.now() - started;
      if (took > 4000) faults.push(`${name}: ${Math.round(took)} ms`);
      const written = JSON.stringify([readings, summary.issues]);
      if (written.includes(canary)) faults.push(`${name}: a secret stands in the facts`);
      const lines = text.split('\n').length;
      for (const { reading } of readings)
        for (const asset of reading.assets) {
          if (asset.key === '' || asset.name.trim() === '') faults.push(`${name}: ${asset.kind} without key or name`);
          if (!source.emits.includes(asset.kind)) faults.push(`${name}: emits ${asset.kind} without saying so`);
          if (asset.lines === undefined || asset.lines.line < 1 || asset.lines.endLine > lines)
            faults.push(`${name}: ${asset.kind} at ${asset.lines?.line}-${asset.lines?.endLine} of ${lines}`);
        }
      for (const issue of summary.issues)
        if (issue.line !== null && (issue.line < 1 || issue.line > lines))
          faults.push(`${name}: issue at ${issue.line} of ${lines}`);
    }
    expect(faults).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  }, 120_000);

  test('facts survive beside broken files', async () => {
    const files = Object.fromEntries((own[id] ?? []).map(([path, text]) => [path, text]));
    const linked = await linkFiles(source, files);
    const known = new Set(linked.assets.map((asset) => `${asset.kind} ${asset.key}`));
    for (const relation of linked.relations)
      for (const end of [relation.from, relation.to]) expect(known).toContain(`${end.kind} ${end.key}`);
  });
});
