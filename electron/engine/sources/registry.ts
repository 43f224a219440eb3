import { aiderConfig } from './aider/aider.ts';
import { ampCommands, ampInstructions, ampSettings, ampSkills } from './amp/amp.ts';
import {
  augmentAgents,
  augmentCommands,
  augmentEditor,
  augmentRules,
  augmentSettings,
  augmentSkills,
} from './augment/augment.ts';
import { crushInstructions, crushSettings, crushSkills } from './crush/crush.ts';
import {
  dockerCatalogList,
  dockerCatalogs,
  dockerConfig,
  dockerRegistry,
  dockerTools,
} from './docker-mcp/docker-mcp.ts';
import { dockerMcpLinker } from './docker-mcp/link.ts';
import { factoryCommands, factoryDroids, factoryInstructions, factorySkills } from './factory/definitions.ts';
import { factoryHooks, factoryMcp, factorySettings } from './factory/settings.ts';
import { gatewaySources } from './gateways/gateways.ts';
import { gatewaysLinker } from './gateways/link.ts';
import { gooseConfig, goosePermissions, gooseProviders, gooseSecrets, gooseToolPermissions } from './goose/config.ts';
import { gooseAgents, gooseHints, gooseRecipes, gooseSkills } from './goose/recipes.ts';
import { aiAssistantMcp, aiAssistantRules, aiAssistantXml } from './junie/ai-assistant.ts';
import {
  jetbrainsAcp,
  junieAgents,
  junieAllowlist,
  junieCommands,
  junieConfig,
  junieGuidelines,
  junieMcp,
  junieSkills,
} from './junie/junie.ts';
import { codexToolCaches } from './mcp-caches/codex.ts';
import { cursorToolCaches } from './mcp-caches/cursor.ts';
import { toolCachesLinker } from './mcp-caches/link-caches.ts';
import { implementationsLinker } from './mcp-caches/link-implementations.ts';
import { mcpClientSources } from './mcp-clients/sources.ts';
import { openclawConfig } from './openclaw/config.ts';
import { openclawPrompts, openclawSkills } from './openclaw/definitions.ts';
import { openclawApprovals, openclawCron } from './openclaw/state.ts';
import { warpMcp, warpRules, warpSettings, warpSkills } from './warp/warp.ts';
import {
  claudeCodeAgents,
  claudeCodeCommands,
  claudeCodeInstructions,
  claudeCodeSkills,
} from './claude-code/definitions.ts';
import { claudeCodeLinker } from './claude-code/link.ts';
import { claudeCodeMcp } from './claude-code/mcp-json.ts';
import {
  claudeCodeInstalledPlugins,
  claudeCodeMarketplaces,
  claudeCodePluginHooks,
  claudeCodePluginParts,
  claudeCodePlugins,
} from './claude-code/plugins.ts';
import { claudeCodeSettings } from './claude-code/settings.ts';
import { claudeCodeUserState } from './claude-code/user-state.ts';
import { claudeCodeKnownMarketplaces, claudeCodeWorkflows } from './claude-code/workflows.ts';
import { claudeDesktopConfig, claudeDesktopExtensions } from './claude-desktop/config.ts';
import { codexConfig } from './codex/config.ts';
import { codexAgents, codexInstructions, codexSkills } from './codex/definitions.ts';
import { codexLinker } from './codex/link.ts';
import { codexHooks, codexRequirements, codexRules } from './codex/requirements.ts';
import { contextLinker } from './context-files/link.ts';
import { organisationLists } from './context-files/organisation-lists.ts';
import { cursorAgents, cursorCommands, cursorRules, cursorSkills } from './cursor/definitions.ts';
import { cursorLinker } from './cursor/link.ts';
import { cursorMcp } from './cursor/mcp.ts';
import {
  cursorCliConfig,
  cursorCliProject,
  cursorEnvironment,
  cursorHooks,
  cursorPermissions,
  cursorSandbox,
} from './cursor/policy-files.ts';
import { dotenvFiles } from './env-files/dotenv.ts';
import { environmentNames } from './environment/environment.ts';
import {
  geminiAgents,
  geminiCommands,
  geminiExtensionHooks,
  geminiExtensions,
  geminiInstructions,
  geminiSkills,
} from './gemini/definitions.ts';
import { geminiLinker } from './gemini/link.ts';
import { geminiPolicies } from './gemini/policies.ts';
import { geminiSettings, geminiTrust } from './gemini/settings.ts';
import { gitHead } from './git/head.ts';
import { gitRepository } from './git/repository.ts';
import { ecmascriptAgentsSource } from './frameworks/ecmascript-agents.ts';
import { adkAgentConfig } from './frameworks/adk-config.ts';
import { pythonAgentsSource } from './frameworks/python-agents.ts';
import { csharpAgentsSource, goAgentsSource, javaAgentsSource, rustAgentsSource } from './frameworks/typed-agents.ts';
import { langgraphDeploySource } from './frameworks/langgraph/langgraph-deploy.ts';
import {
  amazonQAgents,
  amazonQInstructions,
  amazonQLinker,
  amazonQMcp,
  amazonQPrompts,
  amazonQRules,
  amazonQSettings,
} from './amazon-q/amazon-q.ts';
import {
  kiroAgents,
  kiroHooks,
  kiroLinker,
  kiroMarkdownAgents,
  kiroMcp,
  kiroPermissions,
  kiroPowers,
  kiroPrompts,
  kiroSettings,
  kiroSkills,
  kiroSteering,
} from './amazon-q/kiro.ts';
import {
  antigravityLinker,
  antigravityMcp,
  antigravityPlugins,
  antigravityRules,
  antigravitySettings,
  antigravitySkills,
  antigravityWorkflows,
} from './antigravity/antigravity.ts';
import {
  clineAgents,
  clineHooks,
  clineRules,
  clineSchedules,
  clineSkills,
  clineWorkflows,
} from './cline/definitions.ts';
import { clineLinker, clineMcp, clineProviders, clineSettings } from './cline/settings.ts';
import { continueConfig, continueLegacyConfig, continueLinker, continueMcpJson } from './continue/config.ts';
import {
  continueAgents,
  continueHooks,
  continuePermissions,
  continuePrompts,
  continueRules,
  continueSkills,
} from './continue/permissions.ts';
import { opencodeConfig } from './opencode/config.ts';
import {
  opencodeAgents,
  opencodeCommands,
  opencodeInstructions,
  opencodeModes,
  opencodePlugins,
  opencodeSkills,
} from './opencode/definitions.ts';
import { opencodeLinker } from './opencode/link.ts';
import {
  qwenAgents,
  qwenCommands,
  qwenExtensions,
  qwenInstructions,
  qwenRules,
  qwenSkills,
  qwenTomlCommands,
} from './qwen/definitions.ts';
import { qwenLinker, qwenSettings, qwenTrust } from './qwen/settings.ts';
import {
  kiloAgents,
  kiloCommands,
  kiloConfig,
  kiloLinker,
  kiloMcp,
  kiloModes,
  kiloRules,
  kiloSkills,
} from './roo/kilo.ts';
import { rooCommands, rooLinker, rooMcp, rooModes, rooRules, rooSettings, rooSkills } from './roo/roo.ts';
import {
  windsurfHooks,
  windsurfLinker,
  windsurfMcp,
  windsurfRules,
  windsurfSettings,
  windsurfSkills,
  windsurfWorkflows,
} from './windsurf/cascade.ts';
import {
  devinAgents,
  devinConfig,
  devinHooks,
  devinLinker,
  devinMcp,
  devinRules,
  devinSkills,
} from './windsurf/devin.ts';
import { zedInstructions, zedLinker, zedSettings } from './zed/settings.ts';
import { otherHosts } from './other-hosts/not-supported.ts';
import { catalogOwners } from './owners/catalog.ts';
import { codeOwners } from './owners/code-owners.ts';
import { ownersLinker } from './owners/link.ts';
import { manifestAuthors } from './owners/manifests.ts';
import { agentsMd, looseSkills, sharedSkills } from './shared-instructions/agents-md.ts';
import { sharedInstructionsLinker } from './shared-instructions/link.ts';
import { pluginPartsLinker } from './shared-instructions/plugin-parts.ts';
import { repositoryAgentsLinker } from './shared-instructions/repository-agents.ts';
import { agentCards } from './a2a/agent-card.ts';
import { agentCoreToolkit } from './agentcore/toolkit-file.ts';
import { bicepSource } from './bicep/bicep.ts';
import { cloudFormationSource } from './cloudformation/cloudformation.ts';
import { composeServices } from './containers/compose.ts';
import { devContainers } from './containers/dev-container.ts';
import { dockerfiles } from './containers/dockerfile.ts';
import { agenticWorkflowsLinker } from './github-actions/agentic-link.ts';
import { agenticLocks } from './github-actions/agentic-lock.ts';
import { agenticWorkflows } from './github-actions/agentic-workflow.ts';
import { compositeActions, compositeActionsLinker } from './github-actions/composite.ts';
import { githubWorkflows } from './github-actions/workflow.ts';
import { gitlabPipelines } from './gitlab-ci/pipelines.ts';
import { deploymentsLinker } from './infrastructure-links/deployments.ts';
import { pipelineAgentsLinker } from './infrastructure-links/pipeline-agents.ts';
import { registryEntriesLinker } from './infrastructure-links/registry-entries.ts';
import { servedServersLinker } from './infrastructure-links/served-servers.ts';
import { knowledgeDocuments } from './knowledge/documents.ts';
import { kubernetesSource } from './kubernetes/kubernetes.ts';
import { mcpBundles } from './mcp-registry/bundle.ts';
import { n8nCredentials } from './n8n/credentials.ts';
import { n8nWorkflows } from './n8n/n8n.ts';
import { m365DeclarativeAgents } from './copilot-studio/m365-agents.ts';
import { copilotStudioSolution } from './copilot-studio/solution.ts';
import { copilotStudioWorkspace } from './copilot-studio/workspace.ts';
import { declarativeAgents } from './declarative-agents/declarative-agents.ts';
import { difyApps } from './dify/dify.ts';
import { flowiseFlows } from './flowise/flowise.ts';
import { langflowFlows } from './langflow/langflow.ts';
import { packageServers, registryServers } from './mcp-registry/server-json.ts';
import { terraformSource } from './terraform/terraform.ts';
import type { Linker, Source } from './source.ts';
import {
  copilotCliConfig,
  copilotCliHooks,
  copilotCliInstructions,
  copilotCliMcp,
  copilotCliPermissions,
  copilotCliProviders,
  copilotCliSettings,
} from './vscode/copilot-cli.ts';
import {
  vscodeAgents,
  vscodeHooks,
  vscodeInstructions,
  vscodePlugins,
  vscodeSharedAgents,
  vscodeSkills,
} from './vscode/definitions.ts';
import { vscodeLinker } from './vscode/link.ts';
import { vscodeDevContainer, vscodeMcp } from './vscode/mcp.ts';
import { vscodeSettings } from './vscode/settings.ts';

/** Every source of Countersign, one line each. Order does not matter: facts are merged by place. */
export const sources: readonly Source[] = [
  claudeCodeSettings,
  claudeCodeMcp,
  claudeCodeUserState,
  claudeCodeAgents,
  claudeCodeSkills,
  claudeCodeCommands,
  claudeCodeInstructions,
  claudeCodePlugins,
  claudeCodeMarketplaces,
  claudeCodePluginHooks,
  claudeCodePluginParts,
  claudeCodeInstalledPlugins,
  claudeCodeWorkflows,
  claudeCodeKnownMarketplaces,
  claudeDesktopConfig,
  claudeDesktopExtensions,
  codexConfig,
  codexRequirements,
  codexRules,
  codexHooks,
  codexAgents,
  codexSkills,
  codexInstructions,
  copilotCliConfig,
  copilotCliMcp,
  copilotCliSettings,
  copilotCliPermissions,
  copilotCliHooks,
  copilotCliProviders,
  copilotCliInstructions,
  cursorMcp,
  cursorCliConfig,
  cursorCliProject,
  cursorPermissions,
  cursorSandbox,
  cursorHooks,
  cursorEnvironment,
  cursorRules,
  cursorCommands,
  cursorAgents,
  cursorSkills,
  dotenvFiles,
  environmentNames,
  geminiSettings,
  geminiTrust,
  geminiPolicies,
  geminiExtensions,
  geminiExtensionHooks,
  geminiAgents,
  geminiSkills,
  geminiCommands,
  geminiInstructions,
  gitHead,
  gitRepository,
  catalogOwners,
  codeOwners,
  manifestAuthors,
  organisationLists,
  agentsMd,
  sharedSkills,
  looseSkills,
  vscodeMcp,
  vscodeSettings,
  vscodeDevContainer,
  vscodeAgents,
  vscodeSharedAgents,
  vscodeInstructions,
  vscodeSkills,
  vscodeHooks,
  vscodePlugins,
  csharpAgentsSource,
  ecmascriptAgentsSource,
  goAgentsSource,
  javaAgentsSource,
  adkAgentConfig,
  pythonAgentsSource,
  rustAgentsSource,
  langgraphDeploySource,
  amazonQAgents,
  amazonQMcp,
  amazonQSettings,
  amazonQRules,
  amazonQInstructions,
  amazonQPrompts,
  kiroMcp,
  kiroPowers,
  kiroAgents,
  kiroMarkdownAgents,
  kiroPermissions,
  kiroHooks,
  kiroSettings,
  kiroSteering,
  kiroSkills,
  kiroPrompts,
  antigravityMcp,
  antigravitySettings,
  antigravitySkills,
  antigravityRules,
  antigravityWorkflows,
  antigravityPlugins,
  clineRules,
  clineWorkflows,
  clineSkills,
  clineAgents,
  clineSchedules,
  clineHooks,
  clineMcp,
  clineSettings,
  clineProviders,
  continueConfig,
  continueLegacyConfig,
  continueMcpJson,
  continuePermissions,
  continueHooks,
  continueRules,
  continuePrompts,
  continueSkills,
  continueAgents,
  opencodeConfig,
  opencodeAgents,
  opencodeModes,
  opencodeCommands,
  opencodeSkills,
  opencodeInstructions,
  opencodePlugins,
  qwenAgents,
  qwenSkills,
  qwenCommands,
  qwenTomlCommands,
  qwenRules,
  qwenInstructions,
  qwenExtensions,
  qwenSettings,
  qwenTrust,
  kiloConfig,
  kiloMcp,
  kiloModes,
  kiloAgents,
  kiloRules,
  kiloCommands,
  kiloSkills,
  rooMcp,
  rooModes,
  rooSettings,
  rooRules,
  rooSkills,
  rooCommands,
  windsurfMcp,
  windsurfHooks,
  windsurfSettings,
  windsurfRules,
  windsurfWorkflows,
  windsurfSkills,
  devinConfig,
  devinMcp,
  devinHooks,
  devinRules,
  devinSkills,
  devinAgents,
  zedSettings,
  zedInstructions,
  aiderConfig,
  ampSettings,
  ampSkills,
  ampInstructions,
  ampCommands,
  augmentSettings,
  augmentEditor,
  augmentRules,
  augmentAgents,
  augmentSkills,
  augmentCommands,
  crushSettings,
  crushInstructions,
  crushSkills,
  dockerRegistry,
  dockerConfig,
  dockerTools,
  dockerCatalogList,
  dockerCatalogs,
  factorySettings,
  factoryMcp,
  factoryHooks,
  factoryDroids,
  factorySkills,
  factoryCommands,
  factoryInstructions,
  ...gatewaySources,
  gooseConfig,
  goosePermissions,
  gooseToolPermissions,
  gooseSecrets,
  gooseProviders,
  gooseRecipes,
  gooseAgents,
  gooseSkills,
  gooseHints,
  junieMcp,
  junieAllowlist,
  junieConfig,
  junieGuidelines,
  junieAgents,
  junieSkills,
  junieCommands,
  jetbrainsAcp,
  aiAssistantMcp,
  aiAssistantXml,
  aiAssistantRules,
  ...mcpClientSources,
  cursorToolCaches,
  codexToolCaches,
  openclawConfig,
  openclawApprovals,
  openclawCron,
  openclawPrompts,
  openclawSkills,
  warpMcp,
  warpSettings,
  warpSkills,
  warpRules,
  agentCards,
  agentCoreToolkit,
  bicepSource,
  cloudFormationSource,
  composeServices,
  devContainers,
  dockerfiles,
  agenticLocks,
  agenticWorkflows,
  compositeActions,
  githubWorkflows,
  gitlabPipelines,
  kubernetesSource,
  knowledgeDocuments,
  mcpBundles,
  n8nCredentials,
  n8nWorkflows,
  flowiseFlows,
  difyApps,
  langflowFlows,
  declarativeAgents,
  copilotStudioSolution,
  copilotStudioWorkspace,
  m365DeclarativeAgents,
  packageServers,
  registryServers,
  terraformSource,
  otherHosts,
];

/** What looks at the merged facts of one scan and adds what only several files together say. */
export const linkers: readonly Linker[] = [
  repositoryAgentsLinker,
  claudeCodeLinker,
  codexLinker,
  cursorLinker,
  geminiLinker,
  vscodeLinker,
  amazonQLinker,
  kiroLinker,
  antigravityLinker,
  clineLinker,
  continueLinker,
  opencodeLinker,
  qwenLinker,
  kiloLinker,
  rooLinker,
  windsurfLinker,
  devinLinker,
  zedLinker,
  sharedInstructionsLinker,
  pluginPartsLinker,
  contextLinker,
  ownersLinker,
  dockerMcpLinker,
  gatewaysLinker,
  agenticWorkflowsLinker,
  compositeActionsLinker,
  deploymentsLinker,
  servedServersLinker,
  implementationsLinker,
  toolCachesLinker,
  pipelineAgentsLinker,
  registryEntriesLinker,
];
