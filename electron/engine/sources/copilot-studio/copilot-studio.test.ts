import { expect, test } from 'vitest';
import { assetOf, classesOf, edges, fileOf, linkFiles, named } from '../low-code/flow-source.test-support.ts';
import { m365DeclarativeAgents } from './m365-agents.ts';
import { copilotStudioSolution } from './solution.ts';
import { copilotStudioWorkspace } from './workspace.ts';

test('the parts of a workspace are one agent', async () => {
  const found = await linkFiles(copilotStudioWorkspace, {
    'repo/bot/agent.mcs.yml':
      'kind: GptComponentMetadata\ndisplayName: Help desk\ninstructions: Help {Global.Name}.\naISettings:\n  model: {modelNameHint: GPT5Chat}\ngptCapabilities: {webBrowsing: true}\n',
    'repo/bot/settings.mcs.yml':
      'displayName: Help desk\nschemaName: x_bot\nauthenticationMode: None\naccessControlPolicy: Any\n',
    'repo/bot/actions/Mail.mcs.yml':
      'kind: TaskDialog\ninputs:\n  - {kind: AutomaticTaskInput, propertyName: to}\n  - {kind: ManualTaskInput, propertyName: from, value: us}\nmodelDisplayName: Send a mail\naction:\n  kind: InvokeConnectorTaskAction\n  connectionReference: x.shared_office365.abc\n  connectionProperties: {mode: Maker}\n  operationId: SendEmailV2\n',
    'repo/bot/actions/Docs.mcs.yml':
      'kind: TaskDialog\nmodelDisplayName: Docs\naction:\n  kind: InvokeExternalAgentTaskAction\n  operationDetails: {kind: ModelContextProtocolMetadata, operationId: search}\n',
    'repo/bot/agents/Payroll/agent.mcs.yml':
      'kind: AgentDialog\nbeginDialog: {kind: OnToolSelected, description: Pay}\nsettings: {instructions: Pay only.}\n',
    'repo/bot/knowledge/site.knowledge.mcs.yml':
      'kind: KnowledgeSourceConfiguration\nsource: {kind: PublicSiteSearchSource, site: "https://docs.example/x"}\n',
    'repo/bot/topics/Greeting.topic.mcs.yml':
      'kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRecognizedIntent\n  actions:\n    - {kind: SendActivity}\n    - {kind: HttpRequestAction, method: Post, url: "https://api.example/x"}\n',
  });
  expect(named(found, 'agent')).toEqual(expect.arrayContaining(['Help desk', 'Payroll']));
  expect(
    new Set(
      found.assets
        .filter((asset) => asset.kind === 'agent' && asset.key === 'repo/bot#copilot-studio')
        .map((asset) => asset.name),
    ),
  ).toEqual(new Set(['Help desk']));
  expect(edges(found, 'delegates-to')).toEqual(['Help desk -> Payroll']);
  expect(assetOf(found, 'tool', 'Send a mail').properties).toMatchObject({
    connectionOf: 'maker',
    modelChosen: [{ parameter: 'to' }],
  });
  expect(classesOf(assetOf(found, 'tool', 'Send a mail'))).toEqual(['sends-outside']);
  expect(edges(found, 'ingests')).toEqual([
    'Help desk -> anybody who reaches bot',
    'Help desk -> api.example',
    'Help desk -> docs.example',
  ]);
  expect(edges(found, 'egresses-to')).toEqual(['Help desk -> api.example']);
  expect(edges(found, 'uses')).toEqual([
    'Help desk -> Docs',
    'Help desk -> GPT5Chat',
    'Help desk -> Send a mail',
    'Help desk -> webBrowsing',
  ]);
});

test('a part whose agent is not there has one that says so', async () => {
  const found = await linkFiles(copilotStudioWorkspace, {
    'repo/lost/actions/a.mcs.yml': 'kind: TaskDialog\nmodelDisplayName: A\naction: {kind: InvokeFlowTaskAction}\n',
  });
  expect(assetOf(found, 'agent', 'lost')).toMatchObject({ dynamic: true, confidence: 'low' });
  expect(assetOf(found, 'tool', 'A').properties).toMatchObject({ capabilitiesKnown: false });
});

test('a part in a solution export belongs to the bot of its name', () => {
  const file = {
    ...fileOf(
      'repo/botcomponents/cr1_desk.gpt.default/data',
      'kind: GptComponentMetadata\ndisplayName: Desk\ninstructions: Help.\n',
    ),
    anchor: 'repo',
  };
  const reading = copilotStudioSolution.read(file);
  expect(reading.assets.map((asset) => [asset.kind, asset.key, asset.name])).toEqual([
    ['agent', 'repo/bots/cr1_desk#copilot-studio', 'cr1_desk'],
    ['prompt', 'repo/botcomponents/cr1_desk.gpt.default/data#instructions', 'cr1_desk instructions'],
  ]);
});

test('a declarative agent with capabilities and a plug-in', async () => {
  const found = await linkFiles(m365DeclarativeAgents, {
    'repo/appPackage/declarativeAgent.json': {
      $schema: 'https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.5/schema.json',
      name: 'Repairs',
      description: 'd',
      instructions: "$[file('instruction.txt')]",
      capabilities: [
        { name: 'WebSearch', sites: [{ url: 'https://docs.example' }] },
        { name: 'OneDriveAndSharePoint' },
        { name: 'CodeInterpreter' },
        { name: 'Brandnew' },
      ],
      actions: [
        { id: 'a', file: 'ai-plugin.json' },
        { id: 'b', file: '../../outside.json' },
      ],
    },
    'repo/appPackage/ai-plugin.json': {
      schema_version: 'v2.2',
      functions: [
        { name: 'listRepairs' },
        { name: 'deleteRepair', capabilities: { confirmation: { type: 'AdaptiveCard' } } },
        { name: 'createRepair', capabilities: { confirmation: { type: 'None' } } },
      ],
      runtimes: [
        {
          type: 'OpenApi',
          auth: { type: 'OAuthPluginVault', reference_id: 'REPAIRS' },
          spec: { url: 'openapi.yaml' },
          run_for_functions: ['*'],
        },
      ],
    },
  });
  expect(assetOf(found, 'agent', 'Repairs').properties).toMatchObject({ instructionsFrom: 'instruction.txt' });
  expect(edges(found, 'uses')).toEqual(
    [
      'Brandnew',
      'CodeInterpreter',
      'OneDriveAndSharePoint',
      'WebSearch',
      'createRepair',
      'deleteRepair',
      'listRepairs',
    ].map((name) => `Repairs -> ${name}`),
  );
  expect(edges(found, 'gated-by')).toEqual(['deleteRepair -> confirmation of deleteRepair']);
  expect(assetOf(found, 'tool', 'Brandnew').properties).toMatchObject({ capabilitiesKnown: false });
  expect(edges(found, 'reads')).toEqual(['OneDriveAndSharePoint -> OneDriveAndSharePoint (all that the user may see)']);
  expect(found.relations.filter((one) => one.kind === 'authenticates-with')).toHaveLength(3);
  expect(found.wanted).toEqual([]);
});
