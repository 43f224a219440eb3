import type { Call } from '../../call.ts';
import type { Evaluator, Policy } from '../../evaluator.ts';
import { isInside } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { readProgram } from '../../shell/read-program.ts';
import { type ServerInFolder, serversOf, textsOf } from '../../server-facts.ts';
import { assume, decision, newTrace, note, type Trace } from '../../verdict.ts';
import { type CodexSettings, codexSettings, host } from './settings.ts';
import { type CodexScript, codexScript, isDangerous, isKnownSafe, matchingRule, strictness } from './shell.ts';
import { toolCall } from './tool-call.ts';

/** Codex CLI: approval policy x sandbox x rules x requirements x trust. */
export const codexEvaluator: Evaluator = {
  host,
  title: 'Codex',
  aliases: ['codex-cli'],
  versions: [
    { version: '0.169.0', from: 'observed' },
    { version: '0.134.0', from: 'documented' },
  ],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const version = versionOf(setting.version);
    const settings = codexSettings(facts, setting, version);
    const servers = serversOf(facts, host, setting);
    const scripts = new Map<string, CodexScript>();
    const scriptOf = (text: string): CodexScript => {
      let script = scripts.get(text);
      if (script === undefined) {
        if (scripts.size > 5000) scripts.clear();
        script = codexScript(readProgram(grammar, text));
        scripts.set(text, script);
      }
      return script;
    };
    const decide = (call: Call, trace: Trace | null): Outcome => {
      if (settings.doesNotStart !== null) return outcome('deny', settings.doesNotStart);
      switch (call.type) {
        case 'shell':
          return shell(settings, scriptOf(call.command), call.escalated === true, trace);
        case 'write':
        case 'edit':
        case 'delete':
          return patch(settings, absolutePath(call.path, setting));
        case 'read':
        case 'list':
        case 'search':
          return outcome('allow', decision('built-in', 'every sandbox mode lets the whole file system be read'));
        case 'fetch':
          return network(settings);
        case 'mcp':
          return server(settings, servers, call, trace);
        case 'search-web':
          return outcome(
            'allow',
            decision('built-in', 'web search is done by the provider, from its cache unless set to live'),
          );
        case 'connect':
          return connect(servers, call.server);
        case 'agent':
        case 'skill':
          return outcome(
            'allow',
            decision('built-in', `${call.type === 'agent' ? 'sub-agents' : 'skills'} start without approval`),
          );
        case 'code':
        case 'tool':
        case 'hook':
        case 'flag':
          return outcome('unknown', decision('default', `not known how Codex treats this ${call.type}`));
      }
    };
    return {
      host,
      version,
      inert: settings.inert,
      verdict: (call) => decide(call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, `Codex ${version}${setting.version === null ? ', the newest whose semantics are known' : ''}`);
        if (settings.trust === 'unknown') assume(trace, 'the folder has no record of trust');
        return answerOf(decide(call, trace), trace, settings.inert);
      },
    };
  },
};

/** `from 0.134.0 to before 0.169.0` and the like: the first number counts. */
const versionOf = (text: string | null): string =>
  text === null ? '0.169.0' : (/\d+(?:\.\d+)+/.exec(text)?.[0] ?? '0.169.0');

function shell(settings: CodexSettings, script: CodexScript, escalated: boolean, trace: Trace | null): Outcome {
  let worst: Outcome | null = null;
  let allByRule = true;
  for (const words of script.commands) {
    const rule = matchingRule(words, settings.rules);
    const one = rule === null ? byHeuristics(settings, words, script, escalated) : byRule(settings, rule);
    if (rule?.decision !== 'allow') allByRule = false;
    if (worst === null || severityOf(one) > severityOf(worst)) worst = one;
  }
  if (script.opaque) assume(trace, 'the command is more than plain words, so rules do not see the programs inside');
  const result = worst ?? outcome('unknown', decision('default', 'an empty command'));
  if (result.verdict === 'allow') limits(settings, allByRule, trace);
  return result;
}

const severityOf = ({ verdict }: Outcome): number => (verdict === 'deny' ? 2 : verdict === 'ask' ? 1 : 0);

function byRule(settings: CodexSettings, rule: NonNullable<ReturnType<typeof matchingRule>>): Outcome {
  const by = decision('rule', rule.text, rule.place);
  if (strictness[rule.decision] === strictness.forbidden) return outcome('deny', by);
  if (rule.decision === 'allow') return outcome('allow', by);
  return settings.approval === 'never'
    ? outcome('deny', { ...by, rule: `${rule.text}, and the policy never asks` })
    : outcome('ask', by);
}

/** Commands that no rule speaks of. openai/codex exec_policy.rs. */
function byHeuristics(
  settings: CodexSettings,
  words: readonly string[],
  script: CodexScript,
  escalated: boolean,
): Outcome {
  const { approval, approvalFrom, sandbox } = settings;
  const untrusted = approval === 'untrusted';
  if (!script.opaque && isKnownSafe(words) && !(untrusted && settings.trust === 'untrusted'))
    return outcome('allow', decision('built-in', 'known safe command'));
  if (isDangerous(words)) {
    const by = decision('built-in', 'dangerous-command check (rm -f, rm -rf)');
    return outcome(approval === 'never' ? 'deny' : 'ask', by);
  }
  if (untrusted) return outcome('ask', approvalFrom);
  if (escalated && sandbox !== 'danger-full-access')
    return approval === 'never'
      ? outcome('deny', { ...approvalFrom, rule: `${approvalFrom.rule}: an escalation is refused` })
      : outcome('ask', approvalFrom);
  return outcome(
    'allow',
    sandbox === 'danger-full-access'
      ? settings.sandboxFrom
      : { ...settings.sandboxFrom, rule: `${settings.sandboxFrom.rule}: runs inside of the sandbox` },
  );
}

/** What an allowed command can reach. */
function limits(settings: CodexSettings, allByRule: boolean, trace: Trace | null): void {
  if (allByRule) assume(trace, 'an allow rule runs the command outside of the sandbox');
  else if (settings.sandbox === 'read-only')
    assume(trace, 'the sandbox lets nothing be written, and no network be used');
  else if (settings.sandbox === 'workspace-write')
    assume(
      trace,
      `the sandbox lets ${settings.writableRoots.join(', ')} be written${settings.network ? ' and the network be used' : ', no network'}; for more the model has to ask`,
    );
}

const guarded = ['.git', '.codex', '.agents'];

/** `apply_patch`: the one way to change files beside the shell. */
function patch(settings: CodexSettings, path: string): Outcome {
  const { approval, approvalFrom, sandbox, sandboxFrom } = settings;
  if (approval === 'untrusted') return outcome('ask', approvalFrom);
  if (sandbox === 'danger-full-access') return outcome('allow', sandboxFrom);
  const root =
    sandbox === 'workspace-write' ? settings.writableRoots.find((folder) => isInside(path, folder)) : undefined;
  if (root !== undefined && !guarded.some((name) => isInside(path, `${root}/${name}`)))
    return outcome('allow', { ...sandboxFrom, rule: `${sandboxFrom.rule}: inside of a writable root` });
  const why =
    root === undefined
      ? `${sandboxFrom.rule}: outside of the writable roots`
      : `${sandboxFrom.rule}: a protected folder`;
  return outcome(approval === 'never' ? 'deny' : 'ask', { ...sandboxFrom, rule: why });
}

/** There is no tool that fetches: it takes a command, and the sandbox decides about the network. */
function network(settings: CodexSettings): Outcome {
  const { sandbox, sandboxFrom, approval, approvalFrom } = settings;
  if (approval === 'untrusted') return outcome('ask', approvalFrom);
  if (sandbox === 'danger-full-access' || (sandbox === 'workspace-write' && settings.network))
    return outcome('allow', { ...sandboxFrom, rule: `${sandboxFrom.rule}: the network can be used` });
  return outcome(approval === 'never' ? 'deny' : 'ask', {
    ...sandboxFrom,
    rule: `${sandboxFrom.rule}: no network inside of the sandbox`,
  });
}

function server(
  settings: CodexSettings,
  servers: readonly ServerInFolder[],
  call: Extract<Call, { type: 'mcp' }>,
  trace: Trace | null,
): Outcome {
  const found = servers.find((one) => one.name === call.server);
  if (found === undefined)
    assume(trace, `no server called ${call.server} was found in the files; its tools are taken to be there`);
  else if (/disabled|blocked|excluded/.test(found.state) || found.configuration['enabled'] === false)
    return outcome('hidden', decision('server-state', `server ${found.state || 'disabled'}: ${found.decidedBy}`));
  const configuration = found?.configuration;
  const included = textsOf(configuration?.['includeTools']);
  if (textsOf(configuration?.['excludeTools']).includes(call.name))
    return outcome('hidden', decision('tool-list', 'disabled_tools'));
  if (included.length > 0 && !included.includes(call.name))
    return outcome('hidden', decision('tool-list', 'not in enabled_tools'));
  const modes = configuration?.['toolApproval'];
  const mode =
    typeof modes === 'object' && modes !== null && !Array.isArray(modes)
      ? (modes as Readonly<Record<string, unknown>>)[call.name]
      : undefined;
  const full = settings.approval === 'never' && settings.sandbox === 'danger-full-access';
  if (full) {
    if (mode === 'prompt')
      note(trace, () => ({
        ...decision('rule', 'approval_mode prompt'),
        outcome: 'lost',
        effect: 'ask',
        why: 'ignored under never and full access',
      }));
    return outcome('allow', settings.approvalFrom);
  }
  if (mode === 'approve') return outcome('allow', decision('rule', 'approval_mode approve'));
  const asks = mode === 'prompt' || call.hints?.destructive === true;
  if (asks)
    return outcome(
      settings.approval === 'never' ? 'deny' : 'ask',
      decision('rule', mode === 'prompt' ? 'approval_mode prompt' : 'the server calls the tool destructive'),
    );
  if (call.hints?.readOnly === true)
    return outcome('allow', decision('built-in', 'the server calls the tool read-only'));
  if (call.hints !== undefined)
    return outcome(
      settings.approval === 'never' ? 'deny' : 'ask',
      decision('built-in', 'the server does not call the tool read-only'),
    );
  return outcome(
    'conditional',
    decision('built-in', 'depends on what the server says of the tool: read-only runs, destructive asks'),
  );
}

function connect(servers: readonly ServerInFolder[], name: string): Outcome {
  const found = servers.find((one) => one.name === name);
  if (found === undefined) return outcome('unknown', decision('server-state', `no server called ${name} was found`));
  return outcome(
    /disabled|blocked/.test(found.state) ? 'deny' : 'allow',
    decision('server-state', `${found.state || 'configured'}: ${found.decidedBy}`),
  );
}
