import { folderOf } from '../infrastructure/placed-facts.ts';
import { FlowFacts } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent } from '../low-code/flow-source.ts';
import { nodeOf, scalarText } from '../parse/node.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { AssetDraft, CodeSource, FileInput, Linked, ModuleSummary, Reading } from '../source.ts';
import { agentOf, emitComponent } from './components.ts';

/** Folders of the Copilot Studio extension for VS Code: one `*.mcs.yml` a part. */
export const copilotStudioWorkspace: CodeSource = {
  kind: 'code',
  id: 'copilot-studio/workspace',
  version: 1,
  title: 'Copilot Studio agents (*.mcs.yml)',
  product: 'copilot-studio',
  productTitle: 'Copilot Studio',
  extensions: ['.mcs.yml', '.mcs.yaml'],
  keywords: [
    'GptComponentMetadata',
    'AgentDialog',
    'TaskDialog',
    'KnowledgeSourceConfiguration',
    'AdaptiveDialog',
    'authenticationMode',
    'accessControlPolicy',
  ],
  emits: ['agent', 'model', 'prompt', 'tool', 'mcp-server', 'credential', 'data-store', 'external-service'],
  summarise,
  link,
};

type Content = {
  readonly kind: 'copilot-studio';
  readonly reading: Reading;
  readonly agent: string;
  /** Name that the file gives the agent; null in files of its parts. */
  readonly name: string | null;
};
const isContent = (content: unknown): content is Content => isFlowContent(content, 'copilot-studio');

const partFolders =
  /\/(?:actions|knowledge|topics|variables|entities|workflows|trigger|triggers|translations|settings|environmentvariables)(?:\/.*)?$/;

/** The folder of the agent that a part belongs to; a child agent in `agents/<name>` belongs to the folder above. */
export function agentFolderOf(place: string, isChild: boolean): string {
  const folder = folderOf(place).replace(partFolders, '');
  return isChild ? folder.replace(/\/agents\/[^/]+$/, '') : folder;
}

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { root, problems } = parseYaml(file.text);
  if (root === null)
    return flowSummary(
      file,
      null,
      problems,
      problems.some((one) => one.kind !== 'empty'),
    );
  const kind = scalarText(nodeOf(root, 'kind'));
  const folder = agentFolderOf(file.place, kind === 'AgentDialog');
  const own = kind === 'GptComponentMetadata' || nodeOf(root, 'schemaName') !== undefined;
  const name =
    scalarText(nodeOf(root, 'displayName')) ?? scalarText(nodeOf(root, 'mcs.metadata', 'componentName')) ?? null;
  const builder = flowBuilder(file);
  for (const problem of problems) builder.issue(problem.line, problem.message);
  const facts = new FlowFacts(builder, 'copilot-studio', 'low');
  const owner = { ref: agentOf(folder), name: folder.split('/').at(-1) ?? folder };
  const fileName = file.place
    .slice(file.place.lastIndexOf('/') + 1)
    .replace(/(?:\.(?:topic|knowledge|action|variable))?\.mcs\.ya?ml$/, '');
  const partName = kind === 'AgentDialog' ? (folderOf(file.place).split('/').at(-1) ?? fileName) : fileName;
  if (!emitComponent(facts, root, owner, partName)) return flowSummary(file, null, problems, false);
  const reading = builder.done();
  const content: Content = {
    kind: 'copilot-studio',
    reading: { ...reading, issues: [] },
    agent: owner.ref.key,
    name: own ? name : null,
  };
  return flowSummary(file, content, reading.issues, false);
}

/** The agent gets the name of its own file in all of them; without that file it is named by its folder. */
function link(modules: readonly ModuleSummary[]): Linked {
  const placed = modules
    .flatMap(({ place, content }) => (isContent(content) ? [{ place, content }] : []))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const names = new Map<string, string>();
  const described = new Set<string>();
  for (const { content } of placed) {
    if (content.name !== null && !names.has(content.agent)) names.set(content.agent, content.name);
    if (content.reading.assets.some((asset) => asset.kind === 'agent' && asset.key === content.agent))
      described.add(content.agent);
  }
  const readings = placed.map(({ place, content }) => {
    const known = names.get(content.agent);
    const renamed = content.reading.assets.map(
      (asset): AssetDraft =>
        asset.kind === 'agent' && asset.key === content.agent && known !== undefined
          ? { ...asset, name: known.slice(0, 200) }
          : asset,
    );
    if (described.has(content.agent)) return { place, reading: { ...content.reading, assets: renamed } };
    described.add(content.agent);
    return { place, reading: { ...content.reading, assets: [...renamed, lostAgent(content.agent)] } };
  });
  return { readings, wanted: [] };
}

/** Parts whose agent's own file is not there still are of an agent. */
const lostAgent = (key: string): AssetDraft => ({
  kind: 'agent',
  key,
  name:
    key
      .replace(/#copilot-studio$/, '')
      .split('/')
      .at(-1) ?? key,
  properties: {
    framework: 'copilot-studio',
    language: 'copilot-studio',
    unknown: [{ reason: 'its own file is not in the scanned folders' }],
  },
  lines: { line: 1, endLine: 1 },
  confidence: 'low',
  dynamic: true,
});
