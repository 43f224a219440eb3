import type { Rule } from './rule.ts';
import { a2aCardWithoutSecurity } from './rules/a2a-card-without-security.ts';
import { additionalDirectoryWide } from './rules/additional-directory-wide.ts';
import { agenticWorkflowDrift } from './rules/agentic-workflow-drift.ts';
import { agenticWorkflowOpenNetwork } from './rules/agentic-workflow-open-network.ts';
import { allToolsEnabled } from './rules/all-tools-enabled.ts';
import { ambientCredentials } from './rules/ambient-credentials.ts';
import { approvalMissingMoney } from './rules/approval-missing-money.ts';
import { approvalThresholdSplit } from './rules/approval-threshold-split.ts';
import { autoApproveProjectServers } from './rules/auto-approve-project-servers.ts';
import { autoApprovedDestructiveTool } from './rules/auto-approved-destructive-tool.ts';
import { broadShellRule } from './rules/broad-shell-rule.ts';
import { broadWebfetch } from './rules/broad-webfetch.ts';
import { bulkExport } from './rules/bulk-export.ts';
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
import { confirmationDisabled } from './rules/confirmation-disabled.ts';
import { consentBypass } from './rules/consent-bypass.ts';
import { delegationWide } from './rules/delegation-wide.ts';
import { descriptionSteersModel } from './rules/description-steers-model.ts';
import { destructiveToolNoPolicy } from './rules/destructive-tool-no-policy.ts';
import { destructiveToolUngated } from './rules/destructive-tool-ungated.ts';
import { envFileReadable } from './rules/env-file-readable.ts';
import { falseGate } from './rules/false-gate.ts';
import { floatingModel } from './rules/floating-model.ts';
import { gatewaySharesAgentRole } from './rules/gateway-shares-agent-role.ts';
import { guardrailPartial } from './rules/guardrail-partial.ts';
import { headlessServerConnect } from './rules/headless-server-connect.ts';
import { hiddenInstruction } from './rules/hidden-instruction.ts';
import { hintContradictsCode } from './rules/hint-contradicts-code.ts';
import { hookCannotBlock } from './rules/hook-cannot-block.ts';
import { hookSendsOut } from './rules/hook-sends-out.ts';
import { hostCodeExecution } from './rules/host-code-execution.ts';
import { hostDoesNotStart } from './rules/host-does-not-start.ts';
import { hostShellTool } from './rules/host-shell-tool.ts';
import { ignoredSettingsFile } from './rules/ignored-settings-file.ts';
import { inactiveWorkflow } from './rules/inactive-workflow.ts';
import { inertKey } from './rules/inert-key.ts';
import { inertRule } from './rules/inert-rule.ts';
import { inheritsAllTools } from './rules/inherits-all-tools.ts';
import { instructionImportOutside } from './rules/instruction-import-outside.ts';
import { invisibleCharacters } from './rules/invisible-characters.ts';
import { legacySse } from './rules/legacy-sse.ts';
import { literalCredential } from './rules/literal-credential.ts';
import { looseSchema } from './rules/loose-schema.ts';
import { managedSettingContradicted } from './rules/managed-setting-contradicted.ts';
import { memoryKeyFromSender } from './rules/memory-key-from-sender.ts';
import { misplacedApproval } from './rules/misplaced-approval.ts';
import { missingOwner } from './rules/missing-owner.ts';
import { modelEndpointRedirected } from './rules/model-endpoint-redirected.ts';
import { mutableImage } from './rules/mutable-image.ts';
import { n8nAnyRecipient } from './rules/n8n-any-recipient.ts';
import { n8nSqlFromModel } from './rules/n8n-sql-from-model.ts';
import { noApprovalFullAccess } from './rules/no-approval-full-access.ts';
import { noRuntimeEvidence } from './rules/no-runtime-evidence.ts';
import { noTenantFilter } from './rules/no-tenant-filter.ts';
import { plainHttpRemote } from './rules/plain-http-remote.ts';
import { privilegeEscalation } from './rules/privilege-escalation.ts';
import { promptClaimNotEnforced } from './rules/prompt-claim-not-enforced.ts';
import { publicNetworkMode } from './rules/public-network-mode.ts';
import { readWriteSameKey } from './rules/read-write-same-key.ts';
import { regulatedDataInKb } from './rules/regulated-data-in-kb.ts';
import { repositoryHelper } from './rules/repository-helper.ts';
import { repositoryHooksHeadless } from './rules/repository-hooks-headless.ts';
import { retrievalInSystemPrompt } from './rules/retrieval-in-system-prompt.ts';
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
import { sharedCredential } from './rules/shared-credential.ts';
import { silentDestructive } from './rules/silent-destructive.ts';
import { silentEgress } from './rules/silent-egress.ts';
import { silentShell } from './rules/silent-shell.ts';
import { skillPreapprovesMoney } from './rules/skill-preapproves-money.ts';
import { skillPreapprovesShell } from './rules/skill-preapproves-shell.ts';
import { skipDangerPrompt } from './rules/skip-danger-prompt.ts';
import { subAgentWider } from './rules/sub-agent-wider.ts';
import { transcriptsReadable } from './rules/transcripts-readable.ts';
import { trustedServer } from './rules/trusted-server.ts';
import { unauthenticatedAgentEndpoint } from './rules/unauthenticated-agent-endpoint.ts';
import { unauthenticatedExposedServer } from './rules/unauthenticated-exposed-server.ts';
import { unauthenticatedRemoteServer } from './rules/unauthenticated-remote-server.ts';
import { unknownMarketplace } from './rules/unknown-marketplace.ts';
import { unpinnedImage } from './rules/unpinned-image.ts';
import { unpinnedMarketplace } from './rules/unpinned-marketplace.ts';
import { unpinnedPlugin } from './rules/unpinned-plugin.ts';
import { unpinnedServerPackage } from './rules/unpinned-server-package.ts';
import { unrestrictedEgress } from './rules/unrestricted-egress.ts';
import { unrestrictedRecipient } from './rules/unrestricted-recipient.ts';
import { wholeServerAllow } from './rules/whole-server-allow.ts';
import { wildcardPermissions } from './rules/wildcard-permissions.ts';

/** Every rule, one line each. */
export const rules: readonly Rule[] = [
  a2aCardWithoutSecurity,
  additionalDirectoryWide,
  agenticWorkflowDrift,
  agenticWorkflowOpenNetwork,
  allToolsEnabled,
  ambientCredentials,
  approvalMissingMoney,
  approvalThresholdSplit,
  autoApproveProjectServers,
  autoApprovedDestructiveTool,
  broadShellRule,
  broadWebfetch,
  bulkExport,
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
  confirmationDisabled,
  consentBypass,
  delegationWide,
  descriptionSteersModel,
  destructiveToolNoPolicy,
  destructiveToolUngated,
  envFileReadable,
  falseGate,
  floatingModel,
  gatewaySharesAgentRole,
  guardrailPartial,
  headlessServerConnect,
  hiddenInstruction,
  hintContradictsCode,
  hookCannotBlock,
  hookSendsOut,
  hostCodeExecution,
  hostDoesNotStart,
  hostShellTool,
  ignoredSettingsFile,
  inactiveWorkflow,
  inertKey,
  inertRule,
  inheritsAllTools,
  instructionImportOutside,
  invisibleCharacters,
  legacySse,
  literalCredential,
  looseSchema,
  managedSettingContradicted,
  memoryKeyFromSender,
  misplacedApproval,
  missingOwner,
  modelEndpointRedirected,
  mutableImage,
  n8nAnyRecipient,
  n8nSqlFromModel,
  noApprovalFullAccess,
  noRuntimeEvidence,
  noTenantFilter,
  plainHttpRemote,
  privilegeEscalation,
  promptClaimNotEnforced,
  publicNetworkMode,
  readWriteSameKey,
  regulatedDataInKb,
  repositoryHelper,
  repositoryHooksHeadless,
  retrievalInSystemPrompt,
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
  sharedCredential,
  silentDestructive,
  silentEgress,
  silentShell,
  skillPreapprovesMoney,
  skillPreapprovesShell,
  skipDangerPrompt,
  subAgentWider,
  transcriptsReadable,
  trustedServer,
  unauthenticatedAgentEndpoint,
  unauthenticatedExposedServer,
  unauthenticatedRemoteServer,
  unknownMarketplace,
  unpinnedImage,
  unpinnedMarketplace,
  unpinnedPlugin,
  unpinnedServerPackage,
  unrestrictedEgress,
  unrestrictedRecipient,
  wholeServerAllow,
  wildcardPermissions,
];
