import type { Rule } from './rule.ts';
import { additionalDirectoryWide } from './rules/additional-directory-wide.ts';
import { agenticWorkflowDrift } from './rules/agentic-workflow-drift.ts';
import { agenticWorkflowOpenNetwork } from './rules/agentic-workflow-open-network.ts';
import { allToolsEnabled } from './rules/all-tools-enabled.ts';
import { autoApproveProjectServers } from './rules/auto-approve-project-servers.ts';
import { autoApprovedDestructiveTool } from './rules/auto-approved-destructive-tool.ts';
import { broadShellRule } from './rules/broad-shell-rule.ts';
import { broadWebfetch } from './rules/broad-webfetch.ts';
import { bypassMode } from './rules/bypass-mode.ts';
import { certificateChecksOff } from './rules/certificate-checks-off.ts';
import { ciActionUnpinned } from './rules/ci-action-unpinned.ts';
import { ciBotsAllowed } from './rules/ci-bots-allowed.ts';
import { ciCloudRoleForStrangers } from './rules/ci-cloud-role-for-strangers.ts';
import { ciExcessPermissions } from './rules/ci-excess-permissions.ts';
import { ciFullAccess } from './rules/ci-full-access.ts';
import { ciNoTurnLimit } from './rules/ci-no-turn-limit.ts';
import { ciRunsStrangersCode } from './rules/ci-runs-strangers-code.ts';
import { ciShellNetwork } from './rules/ci-shell-network.ts';
import { ciUnneededSecret } from './rules/ci-unneeded-secret.ts';
import { ciUntrustedTextInPrompt } from './rules/ci-untrusted-text-in-prompt.ts';
import { ciUntrustedTrigger } from './rules/ci-untrusted-trigger.ts';
import { codingAgentCloudAdmin } from './rules/coding-agent-cloud-admin.ts';
import { descriptionSteersModel } from './rules/description-steers-model.ts';
import { envFileReadable } from './rules/env-file-readable.ts';
import { headlessServerConnect } from './rules/headless-server-connect.ts';
import { hiddenInstruction } from './rules/hidden-instruction.ts';
import { hintContradictsCode } from './rules/hint-contradicts-code.ts';
import { hookCannotBlock } from './rules/hook-cannot-block.ts';
import { hookSendsOut } from './rules/hook-sends-out.ts';
import { hostDoesNotStart } from './rules/host-does-not-start.ts';
import { ignoredSettingsFile } from './rules/ignored-settings-file.ts';
import { inactiveWorkflow } from './rules/inactive-workflow.ts';
import { inertKey } from './rules/inert-key.ts';
import { inertRule } from './rules/inert-rule.ts';
import { inheritsAllTools } from './rules/inherits-all-tools.ts';
import { instructionImportOutside } from './rules/instruction-import-outside.ts';
import { invisibleCharacters } from './rules/invisible-characters.ts';
import { legacySse } from './rules/legacy-sse.ts';
import { literalCredential } from './rules/literal-credential.ts';
import { managedSettingContradicted } from './rules/managed-setting-contradicted.ts';
import { missingOwner } from './rules/missing-owner.ts';
import { modelEndpointRedirected } from './rules/model-endpoint-redirected.ts';
import { noApprovalFullAccess } from './rules/no-approval-full-access.ts';
import { plainHttpRemote } from './rules/plain-http-remote.ts';
import { promptClaimNotEnforced } from './rules/prompt-claim-not-enforced.ts';
import { repositoryHelper } from './rules/repository-helper.ts';
import { repositoryHooksHeadless } from './rules/repository-hooks-headless.ts';
import { sameNameDifferentServer } from './rules/same-name-different-server.ts';
import { sandboxNetworkOpen } from './rules/sandbox-network-open.ts';
import { sandboxOff } from './rules/sandbox-off.ts';
import { secretSharedByServers } from './rules/secret-shared-by-servers.ts';
import { secretsFolderReadable } from './rules/secrets-folder-readable.ts';
import { selfGrantingAgent } from './rules/self-granting-agent.ts';
import { serverContainerOpensHost } from './rules/server-container-opens-host.ts';
import { serverManySecrets } from './rules/server-many-secrets.ts';
import { serverStartedByShell } from './rules/server-started-by-shell.ts';
import { serverWideFolder } from './rules/server-wide-folder.ts';
import { sessionStartHook } from './rules/session-start-hook.ts';
import { silentDestructive } from './rules/silent-destructive.ts';
import { silentEgress } from './rules/silent-egress.ts';
import { silentShell } from './rules/silent-shell.ts';
import { skillPreapprovesMoney } from './rules/skill-preapproves-money.ts';
import { skillPreapprovesShell } from './rules/skill-preapproves-shell.ts';
import { skipDangerPrompt } from './rules/skip-danger-prompt.ts';
import { subAgentWider } from './rules/sub-agent-wider.ts';
import { transcriptsReadable } from './rules/transcripts-readable.ts';
import { trustedServer } from './rules/trusted-server.ts';
import { unauthenticatedRemoteServer } from './rules/unauthenticated-remote-server.ts';
import { unknownMarketplace } from './rules/unknown-marketplace.ts';
import { unpinnedImage } from './rules/unpinned-image.ts';
import { unpinnedMarketplace } from './rules/unpinned-marketplace.ts';
import { unpinnedPlugin } from './rules/unpinned-plugin.ts';
import { unpinnedServerPackage } from './rules/unpinned-server-package.ts';
import { wholeServerAllow } from './rules/whole-server-allow.ts';

/** Every rule, one line each. */
export const rules: readonly Rule[] = [
  additionalDirectoryWide,
  agenticWorkflowDrift,
  agenticWorkflowOpenNetwork,
  allToolsEnabled,
  autoApproveProjectServers,
  autoApprovedDestructiveTool,
  broadShellRule,
  broadWebfetch,
  bypassMode,
  certificateChecksOff,
  ciActionUnpinned,
  ciBotsAllowed,
  ciCloudRoleForStrangers,
  ciExcessPermissions,
  ciFullAccess,
  ciNoTurnLimit,
  ciRunsStrangersCode,
  ciShellNetwork,
  ciUnneededSecret,
  ciUntrustedTextInPrompt,
  ciUntrustedTrigger,
  codingAgentCloudAdmin,
  descriptionSteersModel,
  envFileReadable,
  headlessServerConnect,
  hiddenInstruction,
  hintContradictsCode,
  hookCannotBlock,
  hookSendsOut,
  hostDoesNotStart,
  ignoredSettingsFile,
  inactiveWorkflow,
  inertKey,
  inertRule,
  inheritsAllTools,
  instructionImportOutside,
  invisibleCharacters,
  legacySse,
  literalCredential,
  managedSettingContradicted,
  missingOwner,
  modelEndpointRedirected,
  noApprovalFullAccess,
  plainHttpRemote,
  promptClaimNotEnforced,
  repositoryHelper,
  repositoryHooksHeadless,
  sameNameDifferentServer,
  sandboxNetworkOpen,
  sandboxOff,
  secretSharedByServers,
  secretsFolderReadable,
  selfGrantingAgent,
  serverContainerOpensHost,
  serverManySecrets,
  serverStartedByShell,
  serverWideFolder,
  sessionStartHook,
  silentDestructive,
  silentEgress,
  silentShell,
  skillPreapprovesMoney,
  skillPreapprovesShell,
  skipDangerPrompt,
  subAgentWider,
  transcriptsReadable,
  trustedServer,
  unauthenticatedRemoteServer,
  unknownMarketplace,
  unpinnedImage,
  unpinnedMarketplace,
  unpinnedPlugin,
  unpinnedServerPackage,
  wholeServerAllow,
];
