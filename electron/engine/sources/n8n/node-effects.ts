import {
  anySql,
  type Effect,
  effectOf,
  httpClasses,
  namedEffect,
  noEffect,
  serviceClasses,
  sqlClasses,
  unknownEffect,
  verbOf,
} from '../low-code/effects.ts';
import type { ModelChosen } from '../low-code/flow-facts.ts';
import { categoryOf } from '../low-code/services.ts';
import { chooses } from './model-chosen.ts';
import { type FlowNode, isExpression, parameter, parameterSpan } from './workflow.ts';

/** Operations that a node has when its export names none: defaults are left out of the file. From knowledge of n8n 1.x. */
const defaultOperations: ReadonlyMap<string, string> = new Map([
  ['gmail', 'send'],
  ['microsoftOutlook', 'send'],
  ['emailSend', 'send'],
  ['sendGrid', 'send'],
  ['slack', 'post'],
  ['discord', 'send'],
  ['telegram', 'sendMessage'],
  ['whatsApp', 'send'],
  ['twilio', 'send'],
  ['microsoftTeams', 'create'],
  ['mattermost', 'post'],
  ['twitter', 'create'],
  ['linkedIn', 'create'],
  ['postgres', 'insert'],
  ['mySql', 'insert'],
  ['mongoDb', 'find'],
  ['supabase', 'create'],
  ['googleSheets', 'read'],
  ['googleCalendar', 'create'],
  ['googleDocs', 'create'],
  ['googleDrive', 'upload'],
  ['googleBigQuery', 'executeQuery'],
  ['snowflake', 'executeQuery'],
  ['microsoftSql', 'executeQuery'],
  ['airtable', 'read'],
  ['emailReadImap', 'read'],
  ['rssFeedRead', 'read'],
]);

const webTools = new Set([
  'toolWikipedia',
  'toolSerpApi',
  'toolSearXng',
  'toolWolframAlpha',
  'hackerNews',
  'rssFeedRead',
]);
const harmless = new Set([
  'toolCalculator',
  'toolThink',
  'dateTime',
  'crypto',
  'set',
  'noOp',
  'merge',
  'if',
  'switch',
  'filter',
  'stickyNote',
]);

/** Operation as written, else the node's own default; `assumed` where it is the default. */
export function operationOf(node: FlowNode): { readonly text: string | undefined; readonly assumed: boolean } {
  const written = parameter(node, 'operation');
  if (written !== undefined && !isExpression(written)) return { text: written, assumed: false };
  return { text: written === undefined ? defaultOperations.get(node.base) : undefined, assumed: true };
}

const sendsMail = (operation: string | undefined): boolean =>
  operation === undefined || /^(?:send|reply|sendAndWait)/.test(operation);

/** Nodes that run what is written for them, or what the model writes. */
const runsCode = /^(?:executeCommand|ssh|code|function|functionItem|toolCode|pythonFunction)$/;

/** What a step or tool does, from its type and parameters. */
export function nodeEffect(node: FlowNode, chosen: readonly ModelChosen[]): Effect {
  const { base } = node;
  if (harmless.has(base)) return noEffect;
  if (base === 'httpRequest' || base === 'toolHttpRequest' || base === 'graphql') return httpEffect(node, chosen);
  if (runsCode.test(base)) return codeEffect(node, chosen);
  if (webTools.has(base)) return effectOf(['reads-untrusted'], `${base} brings content of the web`, node.span);
  if (base.startsWith('vectorStore') || base === 'toolVectorStore') return vectorEffect(node);
  if (base === 'n8n')
    return effectOf(
      ['changes-own-configuration', 'writes'],
      'the n8n node manages workflows of the instance',
      node.span,
    );
  const { text: operation, assumed } = operationOf(node);
  const query = sqlOf(node, operation);
  if (query !== null) return sqlEffect(node, chosen, query);
  const category = categoryOf(base);
  if (category?.kind === 'mail' && base !== 'emailReadImap' && sendsMail(operation))
    return effectOf(
      ['sends-outside'],
      operation === undefined ? 'sends mail' : `operation "${operation}" sends mail`,
      operationSpan(node),
      assumed && base !== 'emailSend' ? 'low' : 'medium',
    );
  const resource = parameter(node, 'resource');
  const verb = operation === undefined ? null : verbOf(operation);
  if (category !== null && verb !== null && category.kind !== 'code' && category.kind !== 'vector')
    return effectOf(
      serviceClasses(category, verb),
      `${assumed ? 'default operation' : 'operation'} "${operation ?? ''}"${resource === undefined ? '' : ` on ${resource.slice(0, 40)}`} of ${category.product}`,
      operationSpan(node),
      assumed ? 'low' : 'medium',
      !assumed,
    );
  if (verb === null && category === null) return unknownEffect;
  return namedEffect(base, operation, operationSpan(node), assumed ? 'low' : 'medium');
}

const known = new WeakMap<FlowNode, Effect>();

/** What a step of the main line does; kept, because every agent of a flow asks for the steps around it. */
export function stepEffect(node: FlowNode): Effect {
  const found = known.get(node) ?? nodeEffect(node, []);
  known.set(node, found);
  return found;
}

const operationSpan = (node: FlowNode) => parameterSpan(node, 'operation');

/** The SQL that a node runs; empty where the parameter is missing; null for a node or operation without one. */
function sqlOf(node: FlowNode, operation: string | undefined): string | null {
  if (categoryOf(node.base)?.kind !== 'database' || !/executeQuery|^query$|executeSql/i.test(operation ?? ''))
    return null;
  return parameter(node, 'query') ?? parameter(node, 'sqlQuery') ?? '';
}

function sqlEffect(node: FlowNode, chosen: readonly ModelChosen[], query: string): Effect {
  const at = parameterSpan(node, 'query');
  if (chooses(chosen, 'query', 'sqlQuery')) {
    const whole = /^=?\s*\{\{[\s\S]*\$fromAI\([\s\S]*\}\}\s*$/i.test(query);
    return effectOf(anySql, whole ? 'the model writes the SQL' : 'the model writes part of the SQL', at);
  }
  const classes = sqlClasses(query.replace(/\{\{[\s\S]{0,2000}?\}\}/g, ' '));
  if (isExpression(query) && classes.length === 0)
    return { ...effectOf(anySql, 'the SQL is put together at run time', at, 'low'), known: false };
  return classes.length === 0 ? unknownEffect : effectOf(classes, 'the SQL says so', at);
}

function httpEffect(node: FlowNode, chosen: readonly ModelChosen[]): Effect {
  const method =
    parameter(node, 'method') ?? parameter(node, 'requestMethod') ?? (node.base === 'graphql' ? 'POST' : 'GET');
  const anyHost = modelChoosesHost(node, chosen);
  const classes = httpClasses(isExpression(method) ? 'POST' : method, anyHost);
  const why = anyHost ? `${method} to an address that the model chooses` : `${method} request`;
  return effectOf(classes, why.slice(0, 100), parameterSpan(node, 'url'));
}

export function modelChoosesHost(node: FlowNode, chosen: readonly ModelChosen[]): boolean {
  if (!chooses(chosen, 'url')) return false;
  return hostOf(node) === null;
}

/** Host of a request as far as it is written; null where it is put together at run time. */
export function hostOf(node: FlowNode): string | null {
  const url = (parameter(node, 'url') ?? parameter(node, 'endpoint') ?? '').replace(/^=/, '');
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#{}$\s]{1,253})(?:[/?#]|$)/i.exec(url)?.[1];
  return host === undefined ? null : host.replace(/^[^@]*@/, '').toLowerCase();
}

function codeEffect(node: FlowNode, chosen: readonly ModelChosen[]): Effect {
  const own = chooses(chosen, 'command', 'jsCode', 'pythonCode', 'functionCode', 'code');
  if (/^(?:executeCommand|ssh)$/.test(node.base))
    return effectOf(
      ['executes-code', 'writes', 'deletes'],
      own ? 'runs a command that the model writes' : 'runs a command',
      parameterSpan(node, 'command'),
    );
  const at = parameterSpan(node, parameter(node, 'jsCode') === undefined ? 'pythonCode' : 'jsCode');
  // What fixed code does is not read; that it runs is known.
  return {
    ...effectOf(['executes-code'], own ? 'runs code that the model writes' : 'runs code of the workflow', at),
    known: own,
  };
}

function vectorEffect(node: FlowNode): Effect {
  const mode = parameter(node, 'mode') ?? 'retrieve';
  return /insert|update/.test(mode)
    ? effectOf(['writes'], `mode "${mode}"`, parameterSpan(node, 'mode'))
    : effectOf(['reads-private'], 'searches stored documents', node.span);
}
