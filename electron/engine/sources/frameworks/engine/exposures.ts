import type { Project } from '../../python/resolve.ts';
import { type CallValue, identityOf, optionsOf, type Spot } from '../../python/values.ts';
import { given, itemsIn, originPath, textsOf } from './arguments.ts';
import { bodyFacts } from './body.ts';
import type { Definition } from './context.ts';
import { agentsIn } from './recognise.ts';
import { exposeRule, exposeSymbols } from './vocabulary.ts';

/** One way in which people or programs reach an agent. */
export type Exposure = { readonly kind: string; readonly how: string; readonly spot: Spot };

type Channel = { readonly path: RegExp; readonly kind: string };

/** Decorators that put a function within reach, by what they are a method of. From knowledge of the packages. */
const decorators: readonly Channel[] = [
  {
    path: /^(?:fastapi|starlette|flask|quart|sanic|bottle|litestar|aiohttp|robyn|blacksheep|ninja|falcon)\b.*\.(?:get|post|put|patch|delete|route|api_route|websocket|websocket_route)$/,
    kind: 'http',
  },
  { path: /^(?:celery|dramatiq|huey|rq|arq|procrastinate|taskiq)\b.*(?:task|actor|job|shared_task)$/, kind: 'queue' },
  { path: /^faststream\b.*\.subscriber$/, kind: 'queue' },
  {
    path: /^(?:apscheduler|schedule|rocketry|prefect|modal|airflow|dagster)\b.*(?:scheduled_job|repeat|task|flow|function|schedule|dag)$/,
    kind: 'schedule',
  },
  { path: /^slack_bolt\b.*\.(?:event|message|command|action|shortcut|view)$/, kind: 'chat' },
  {
    path: /^(?:discord|nextcord|interactions)\b.*\.(?:event|command|listen|hybrid_command|slash_command)$/,
    kind: 'chat',
  },
  { path: /^(?:chainlit)\.(?:on_message|on_chat_start|set_starters)$/, kind: 'chat' },
  {
    path: /^(?:telebot|aiogram|pyrogram|telethon)\b.*\.(?:message_handler|message|on_message|on|callback_query)$/,
    kind: 'chat',
  },
  { path: /^azure\.functions\b.*\.(?:route|function_name)$/, kind: 'http' },
  { path: /^azure\.functions\b.*\.(?:timer_trigger|schedule)$/, kind: 'schedule' },
  { path: /^azure\.functions\b.*\.(?:queue_trigger|service_bus_\w+_trigger)$/, kind: 'queue' },
  { path: /^functions_framework\.(?:http|cloud_event)$/, kind: 'http' },
  { path: /^(?:typer|click)\b.*\.?(?:command|callback|group)$/, kind: 'cli' },
];

/** Calls that hand a function or agent to a channel: `gradio.ChatInterface(fn)`, `scheduler.add_job(fn)`. */
const handing: readonly Channel[] = [
  { path: /^gradio\.(?:ChatInterface|Interface)$/, kind: 'chat' },
  { path: /^apscheduler\b.*\.add_job$/, kind: 'schedule' },
  { path: /^telegram\.ext\.(?:MessageHandler|CommandHandler)$/, kind: 'chat' },
  { path: /^(?:fastapi|starlette|flask)\b.*\.(?:add_api_route|add_url_rule|add_route)$/, kind: 'http' },
  { path: /^langserve\.add_routes$/, kind: 'http' },
];
/** The same for JavaScript; from knowledge of the packages. */
const handingJs: readonly Channel[] = [
  {
    path: /^(?:express|hono|@hono\/[\w-]+|fastify|koa-router|@koa\/router|elysia|polka|restify|itty-router|next-connect)\b.*\.(?:get|post|put|patch|all|use|route)$/,
    kind: 'http',
  },
  {
    path: /^https?\.createServer$|^builtins\.(?:Bun|Deno)\.serve$|^@hono\/node-server\.serve$|^convex\/server\.httpAction$/,
    kind: 'http',
  },
  {
    path: /^(?:@slack\/bolt|discord_js|telegraf|grammy|node-telegram-bot-api)\b.*\.(?:message|event|command|action|on|hears|onText|use)$/,
    kind: 'chat',
  },
  { path: /^(?:node-cron|cron|croner|node-schedule)\b.*\.?(?:schedule|CronJob|Cron|scheduleJob)$/, kind: 'schedule' },
  {
    path: /^(?:bullmq\.Worker|inngest\..*\.createFunction|@trigger_dev\/sdk\S*\.task|amqplib\b.*\.consume|kafkajs\b.*\.run)$/,
    kind: 'queue',
  },
  { path: /^(?:commander|yargs)\b.*\.(?:action|command)$/, kind: 'cli' },
];
const handingSymbolsJs = [
  'get',
  'post',
  'put',
  'patch',
  'all',
  'use',
  'route',
  'createServer',
  'serve',
  'httpAction',
  'message',
  'event',
  'command',
  'action',
  'on',
  'hears',
  'onText',
  'schedule',
  'CronJob',
  'Cron',
  'scheduleJob',
  'Worker',
  'createFunction',
  'task',
  'consume',
  'run',
];

/** Files whose functions are routes, by their place: Next.js, SvelteKit, Remix, Vercel, Netlify, Nuxt, workers. */
const routeFiles =
  /(?:^|\/)(?:route\.[cm]?[jt]sx?|\+server\.[cm]?[jt]s)$|(?:^|\/)(?:pages\/api|server\/api|netlify\/(?:edge-)?functions)\/.*\.[cm]?[jt]sx?$|^[^/]+\/api\/[^/]*\.[cm]?[jt]s$|(?:^|\/)routes\/.*\.[cm]?[jt]sx?$/;
const routeNames = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'default', 'handler', 'action', 'loader'];

const handingSymbols = [
  'ChatInterface',
  'Interface',
  'add_job',
  'MessageHandler',
  'CommandHandler',
  'add_api_route',
  'add_url_rule',
  'add_route',
  'add_routes',
];

/** How agents are reached, by the identity of their construct. */
export function exposuresOf(
  project: Project,
  definitions: readonly Definition[],
): ReadonlyMap<string, readonly Exposure[]> {
  const found = new Map<string, Exposure[]>();
  const add = (agents: readonly CallValue[], exposure: Exposure): void => {
    for (const agent of agents) {
      const id = identityOf(agent);
      const list = found.get(id) ?? [];
      if (
        list.length < 20 &&
        !list.some((one) => one.spot.line === exposure.spot.line && one.spot.place === exposure.spot.place)
      )
        list.push(exposure);
      found.set(id, list);
    }
  };

  for (const definition of definitions) {
    if (definition.kind !== 'function') continue;
    const { value } = definition;
    for (const decorator of definition.decorators.flatMap(optionsOf)) {
      const path = originPath(decorator.kind === 'call' ? decorator.callee : decorator) ?? '';
      const above = path.slice(0, Math.max(0, path.lastIndexOf('.'))).replace(/\(\)$/, '');
      const method = path.slice(path.lastIndexOf('.') + 1);
      const rule = exposeRule(above)?.rule;
      const kind =
        rule?.decorator?.includes(method) === true ? rule.kind : decorators.find((one) => one.path.test(path))?.kind;
      if (kind === undefined) continue;
      const route = decorator.kind === 'call' ? textsOf(given(project, decorator, [0, 'path', 'rule']))[0] : undefined;
      const agents = bodyFacts(project, [{ value, scope: null }]).agents.map((one) => one.agent);
      add(agents, { kind, how: route === undefined ? method : `${method} ${route}`.slice(0, 200), spot: value.spot });
    }
  }

  const script = project.modules[0]?.content.language === 'ecmascript';
  for (const module of script ? project.modules : []) {
    if (!routeFiles.test(module.place)) continue;
    const scope = project.moduleScope(module);
    for (const name of routeNames) {
      const exported = project.lookup(name, scope);
      for (const value of exported === null ? [] : optionsOf(exported))
        if (value.kind === 'function')
          add(
            bodyFacts(project, [{ value, scope: null }]).agents.map((one) => one.agent),
            { kind: 'http', how: `${name} route`, spot: value.spot },
          );
    }
  }

  for (const site of project.calls(new Set([...(script ? handingSymbolsJs : handingSymbols), ...exposeSymbols]))) {
    // What is handed over stands last, as a function or by name.
    const handed = site.call.args.at(-1)?.kind;
    if (script && handed !== 'name' && handed !== 'attribute' && handed !== 'call' && handed !== 'dict') continue;
    const spot: Spot = { place: site.scope.module.place, line: site.call.line };
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      const path = originPath(callee);
      if (path === null) continue;
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      const rule = exposeRule(path)?.rule;
      const how = path.slice(path.lastIndexOf('.') + 1);
      if (rule !== undefined) {
        const subjects =
          rule.agent === undefined
            ? [callee.kind === 'member' ? callee.of : null]
            : rule.agent.map((one) => given(project, call, [one]));
        for (const { value } of subjects.flatMap((one) => itemsIn(one)))
          add(agentsIn(project, value), { kind: rule.kind, how, spot });
        continue;
      }
      const channel = (script ? handingJs : handing).find((one) => one.path.test(path));
      if (channel === undefined) continue;
      for (const expression of [...site.call.args, ...site.call.keywords.map((one) => one.value)].slice(0, 10)) {
        for (const value of optionsOf(project.evaluate(expression, site.scope, site.statement.at))) {
          add(agentsIn(project, value), { kind: channel.kind, how, spot });
          if (value.kind === 'function')
            add(
              bodyFacts(project, [{ value, scope: null }]).agents.map((one) => one.agent),
              { kind: channel.kind, how, spot },
            );
        }
      }
    }
  }
  return found;
}
