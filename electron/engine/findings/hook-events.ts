import type { StoredAsset } from '../store/repos/merged-facts.ts';
import { textOf } from './fact-access.ts';

/** Events at which a hook can still stop something, over all hosts. */
const before =
  /^(?:PreToolUse|PermissionRequest|UserPromptSubmit|beforeShellExecution|beforeMCPExecution|beforeReadFile|beforeSubmitPrompt|preToolUse|BeforeTool|BeforeModel|BeforeAgent|userPromptSubmit|pre_[a-z_]+)$/;
/** Events that come without anybody asking for anything: the folder is opened, a session begins. */
const atStart = /^(?:SessionStart|Setup|agentSpawn|sessionStart|CwdChanged|InstructionsLoaded|session_start)$/;

export const isBefore = (hook: StoredAsset): boolean => before.test(textOf(hook.properties['event']));
export const isAtStart = (hook: StoredAsset): boolean => atStart.test(textOf(hook.properties['event']));

export const commandOf = (hook: StoredAsset): string => textOf(hook.properties['command']);

const network =
  /(?:^|[\s;&|(`])(?:curl|wget|nc|ncat|socat|ssh|scp|rsync|ftp|telnet|Invoke-WebRequest|iwr|irm)(?=\s)|https?:\/\/(?!(?:localhost|127\.0\.0\.1|\[::1\])[:/])/i;
const fetchesProgram =
  /(?:curl|wget)\b[^|;&]{0,500}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|(?:^|[\s;&|])(?:npx|bunx|uvx|pipx run|pnpm dlx)\s|base64\s+(?:-d|--decode)|\beval\b/i;

/** Address of a hook that is a request, or a command that talks to the network; null where neither shows. */
export function networkUse(hook: StoredAsset): string | null {
  const url = textOf(hook.properties['url']);
  if (url !== '')
    return /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/i.test(url) ? null : `sends to ${url}`;
  const command = commandOf(hook);
  if (fetchesProgram.test(command)) return 'fetches and runs a program';
  return network.test(command) ? 'talks to the network' : null;
}
