import type { Framework } from '../framework.ts';

/** What calls of Rust's library and of usual crates do. From knowledge of the crates, Rust 1.9x. */

export const rustPlatform: Framework = {
  id: 'rust',
  title: 'Rust libraries',
  language: 'rust',
  roots: /^$/,
  keywords: [],
  effects: [
    {
      path: /^(?:std|tokio)\.process\.Command\.new$/,
      classes: ['executes-code'],
      because: 'starts a process',
      confidence: 'high',
    },
    {
      path: /^(?:std|tokio)\.fs\.(?:read\w*|File\.open)$/,
      classes: ['reads-private'],
      because: 'reads a file',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^(?:std|tokio)\.fs\.(?:write|rename|copy|File\.create|OpenOptions\.new)$/,
      classes: ['writes'],
      because: 'writes a file',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^(?:std|tokio)\.fs\.remove_\w+$/,
      classes: ['deletes'],
      because: 'deletes files',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^reqwest\.(?:get|(?:blocking\.)?Client(?:\.(?:new|builder|default)\(\)|\(\))*(?:\.build\(\))?\.(?:get|head))$|^ureq\.get$/,
      classes: [],
      because: 'reads from a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: /^reqwest\.(?:blocking\.)?Client(?:\.(?:new|builder|default)\(\)|\(\))*(?:\.build\(\))?\.(?:post|put|patch)$|^ureq\.post$/,
      classes: ['sends-outside', 'writes'],
      because: 'sends to a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: /^reqwest\.(?:blocking\.)?Client(?:\.(?:new|builder|default)\(\)|\(\))*(?:\.build\(\))?\.delete$/,
      classes: ['deletes', 'sends-outside'],
      because: 'deletes at a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: /^sqlx\.(?:query\w*!?|raw_sql)$|^(?:rusqlite|tokio_postgres|postgres)\b.*\.(?:execute|query\w*|prepare)$|^builtins\.query\w*!$/,
      classes: [],
      because: 'runs SQL',
      channel: 'sql',
      service: 'sql',
      confidence: 'high',
    },
    {
      path: /^mongodb\b.*\.(?:find\w*|aggregate)$/,
      classes: ['reads-private'],
      because: 'reads a database',
      channel: 'database',
      service: 'mongodb',
    },
    {
      path: /^mongodb\b.*\.(?:insert\w*|update\w*|replace\w*)$/,
      classes: ['writes'],
      because: 'changes a database',
      channel: 'database',
      service: 'mongodb',
    },
    {
      path: /^mongodb\b.*\.delete\w*$/,
      classes: ['deletes'],
      because: 'deletes from a database',
      channel: 'database',
      service: 'mongodb',
    },
    {
      path: /^lettre\b.*\.send$/,
      classes: ['sends-outside', 'writes'],
      because: 'sends mail',
      channel: 'mail',
      confidence: 'high',
    },
    {
      path: /^aws_sdk_\w+\b.*\.(?:put|send|create|update|publish|start|invoke|run)_\w+$/,
      classes: ['writes'],
      because: 'changes something in a cloud',
      channel: 'cloud',
    },
    {
      path: /^aws_sdk_\w+\b.*\.(?:delete|terminate)_\w+$/,
      classes: ['deletes'],
      because: 'deletes something in a cloud',
      channel: 'cloud',
    },
    {
      path: /^aws_sdk_\w+\b.*\.(?:get|list|describe|scan|query)\w*$/,
      classes: ['reads-private'],
      because: 'reads from a cloud',
      channel: 'cloud',
    },
    {
      path: /^(?:std|tokio)\.net\.(?:TcpStream|UdpSocket)\.(?:connect|send\w*)$/,
      classes: ['sends-outside'],
      because: 'sends over a socket',
      confidence: 'high',
    },
  ],
  silent:
    /^(?:builtins\.(?:Ok|Err|Some|None|Box|Vec|String|Arc|Default|HashMap|\w+!)|std\.(?:env|collections|sync|rc|fmt|time|str|string|iter|path|io|mem|cmp|include_str!|process\.Command\.new\(\)|fs\.(?:create_dir_all|metadata))|tokio\.(?:sync|time|spawn|process\.Command\.new\(\))|serde|serde_json|anyhow|thiserror|tracing|chrono|uuid|regex|schemars|futures|reqwest\.(?:Client\.(?:new|builder)(?:\(\))?(?:\.\w+(?:\(\))?)*|header|Url)|url|clap|log|sqlx\.\w+\(\))\b/,
};
