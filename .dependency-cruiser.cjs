/**
 * Who may import whom: the table of CONTRIBUTING.md as rules. `test/arch/check-imports.ts` runs them and fails when no
 * module was cruised; `test/arch/imports.test.ts` plants violations and expects each to be found.
 */

const engine = (folder) => `^electron/engine/${folder}/`;
const shared = '^shared/';
const builtin = { dependencyTypes: ['core'] };
/** Tests stand beside the code and may reach what they need. */
const notTests = '\\.test(-support)?\\.tsx?$';

/** From these modules only to the ones named. */
const onlyTo = (name, comment, from, to, more = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [notTests, ...(more.fromNot ?? [])] },
  to: { pathNot: to, ...more.to },
});

/** From these modules never to those. */
const never = (name, comment, from, to, more = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [notTests, ...(more.fromNot ?? [])] },
  to,
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or a third.',
      severity: 'error',
      from: {},
      // Types leave no trace at run time: a migration may name the type that the list of migrations has.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere is not checked by any other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^electron$', '\\?worker$', '\\?url$'] },
    },
    onlyTo('shared-alone', 'shared knows zod and itself: it runs everywhere.', '^shared/', [
      shared,
      'node_modules/zod/',
    ]),
    never(
      'electron-only-in-shell',
      "Only main.ts, preload.ts and shell/ may import 'electron'.",
      '^(electron|shared|renderer)/',
      { path: ['^electron$', 'node_modules/electron/'] },
      { fromNot: ['^electron/(main|preload)\\.ts$', '^electron/shell/'] },
    ),
    never('engine-knows-no-host', 'The engine does not know which host it is in.', '^electron/engine/', {
      path: ['^electron/(?!engine/)', '^renderer/', '^test/'],
    }),
    onlyTo('graph-is-pure', 'Questions about the graph are pure.', engine('graph'), [shared, engine('graph')]),
    onlyTo(
      'rules-are-pure',
      'A rule sees the graph; not Node, not the store, not another rule.',
      `${engine('(rules|derive)')}[^/]+\\.ts$`,
      [shared, engine('graph'), `${engine('(rules|derive)')}(rule|edge|graph)\\.ts$`],
      { fromNot: [`${engine('(rules|derive)')}(registry|run-rules|conformance|run-derive)\\.ts$`] },
    ),
    {
      name: 'sources-stay-apart',
      comment: 'A source knows its own product, the seam and the shared parsers; not another product.',
      severity: 'error',
      from: {
        path: '^electron/engine/sources/(?!parse/|python/|ecmascript/|typed-languages/|csharp/|java/|go/|rust/|mcp/|host/|infrastructure/|low-code/)([^/]+)/',
        pathNot: [notTests],
      },
      to: {
        path: '^electron/',
        pathNot: [
          '^electron/engine/sources/$1/',
          '^electron/engine/sources/(parse|python|ecmascript|typed-languages|csharp|java|go|rust|mcp|host|infrastructure|low-code)/',
          '^electron/engine/sources/(source|keys)\\.ts$',
        ],
      },
    },
    never(
      'sources-read-no-files',
      'The runner walks and opens; a source gets text.',
      '^electron/engine/sources/',
      {
        path: [
          '^(node:)?(fs|fs/promises|net|http|https|http2|child_process|dgram|tls|dns|worker_threads)$',
          engine('(store|scan|handlers)'),
        ],
      },
      // The parser loads its grammar, which is part of the product.
      {
        fromNot: [
          `${engine('sources')}(conformance|python/parser|ecmascript/parser|typed-languages/grammars|infrastructure/grammar)\\.ts$`,
        ],
      },
    ),
    never(
      'only-a-person-asks-servers',
      'Starting a program or calling a server is what introspect/ does for a person who agreed; a scan never reaches it.',
      '^electron/engine/',
      {
        path: [
          engine('introspect'),
          '^(node:)?(child_process|net|tls|http|https|http2|dgram|dns)$',
          'node_modules/@modelcontextprotocol/',
        ],
      },
      { fromNot: [engine('introspect'), '^electron/engine/(create-engine|handlers/introspection)\\.ts$'] },
    ),
    onlyTo(
      'exporters-see-a-snapshot',
      'An exporter gets a snapshot; not the store, not another format.',
      '^electron/engine/exporters/([^/]+)/',
      [shared, 'node_modules/zod/', '^electron/engine/exporters/exporter\\.ts$', '^electron/engine/exporters/$1/'],
    ),
    never(
      'sql-only-in-store',
      'SQL stays in store/.',
      '^(electron|renderer|shared)/',
      { path: 'node_modules/better-sqlite3/' },
      {
        fromNot: [engine('store')],
      },
    ),
    never('store-below-everything', 'The store knows rows, not sources, scans or handlers.', engine('store'), {
      path: engine('(sources|scan|handlers|exporters|derive|rules|policy|approvals)'),
    }),
    never(
      'handlers-hold-no-sql',
      'Handlers call use cases and repositories; the driver is for store/.',
      engine('handlers'),
      {
        path: `${engine('store')}driver\\.ts$`,
        // The name of a connection's type may be spoken.
        dependencyTypesNot: ['type-only'],
      },
    ),
    never('host-is-boring', 'Hosts carry calls; they know the public types of the engine.', '^electron/host/', {
      path: [
        '^electron/engine/(?!(engine|create-engine|sample|errors|log)\\.ts$)',
        '^electron/(shell|cli|build)/',
        '^renderer/',
      ],
    }),
    never(
      'shell-knows-no-engine',
      'The window process never touches engine internals.',
      '^electron/(shell/|main\\.ts$|preload\\.ts$)',
      {
        path: ['^electron/engine/(?!(errors|log)\\.ts$)', '^electron/(cli|build)/', '^renderer/'],
      },
    ),
    never(
      'desktop-and-command-line-apart',
      'cli/ and shell/ are two hosts.',
      '^electron/(cli/|cli\\.ts$|serve\\.ts$)',
      {
        path: '^electron/(shell|build)/',
      },
    ),
    never('renderer-never-electron', 'The page reaches the engine through its client only.', '^renderer/', {
      path: ['^electron/', '^test/'],
    }),
    never('renderer-has-no-node', 'The page runs in a browser.', '^renderer/', builtin, {
      fromNot: ['vite\\.config\\.ts$'],
    }),
    {
      name: 'features-stay-apart',
      comment: 'A feature does not import another one; what both need has a name of its own.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/', pathNot: [notTests] },
      to: { path: '^renderer/(features/(?!$1/)|app/)' },
    },
    never(
      'ui-knows-no-engine',
      'Primitives know React, tokens and the words of shared; no client, no feature.',
      '^renderer/ui/',
      {
        path: ['^renderer/(app|client|features|actions|graph)/'],
      },
    ),
    never('nothing-imports-tests', 'Product code does not import tests.', '^(electron|renderer|shared)/', {
      path: ['^test/', notTests],
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)testdata/|^out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
