import { expect, test } from 'vitest';
import { assetsOf, propertiesOf, readText } from '../reading.test-support.ts';
import { compositeActions, compositeActionsLinker } from './composite.ts';
import { githubWorkflows } from './workflow.ts';

const workflow = (text: string) =>
  readText(githubWorkflows, '.github/workflows/*.yml', text, { place: 'repo/.github/workflows/review.yml' });

const action = `name: Review helper
runs:
  using: composite
  steps:
    - name: Review
      uses: anthropics/claude-code-action@v1
      with:
        prompt: Look at the change.
        anthropic_api_key: \${{ inputs.key }}
`;

test('an action of the repository with the inputs of an agent is one', () => {
  const reading = workflow(`name: Nightly
on: schedule
jobs:
  tidy:
    steps:
      - uses: ./tools/claude
        with:
          prompt: Tidy up.
          claude_args: |
            --allowedTools Read
            --mcp-config '{"mcpServers":{"notes":{"command":"node","args":["notes.js"]}}}'
      - uses: ./tools/lint
        with:
          prompt: none
`);
  expect(assetsOf(reading)).toEqual(expect.arrayContaining(['agent Nightly', 'mcp-server notes']));
  expect(reading.statements?.map(({ subject, lines }) => [subject, lines.line])).toEqual([['repo/tools/lint', 12]]);
});

test('an agent within a composite action knows the workflows that start it', () => {
  const inside = readText(compositeActions, 'action.yml', action, {
    place: 'repo/.github/actions/review/action.yml',
    anchor: 'repo/.github/actions/review',
  });
  expect(propertiesOf(inside, 'agent', 'Review helper')['compositeAction']).toBe('repo/.github/actions/review');
  const calls = workflow(`name: PR
on: pull_request_target
permissions: {contents: write}
jobs:
  look:
    steps:
      - uses: ./.github/actions/review/
`);
  const [agent] = inside.assets.filter(({ kind }) => kind === 'agent');
  if (agent === undefined) throw new Error('no agent');
  const linked = compositeActionsLinker.link({
    assets: (kind) =>
      kind === 'agent'
        ? [
            {
              ...agent,
              properties: agent.properties ?? {},
              origin: 'declared',
              confidence: 'high',
              dynamic: false,
              evidence: [],
            },
          ]
        : [],
    asset: () => undefined,
    relations: () => [],
    statements: () =>
      (calls.statements ?? []).map((one) => ({ ...one, place: 'repo/.github/workflows/review.yml', source: 's/s' })),
  });
  expect(linked.assets.map(({ properties }) => properties)).toEqual([
    {
      calledBy: [
        {
          workflow: 'PR',
          job: 'look',
          triggers: ['pull_request_target'],
          anyone: true,
          tokenScopes: { contents: 'write' },
          place: 'repo/.github/workflows/review.yml',
          line: 7,
        },
      ],
    },
  ]);
});

test('an action without agents says nothing', () => {
  const reading = readText(
    compositeActions,
    'action.yml',
    'name: x\nruns:\n  using: composite\n  steps:\n    - run: echo claude\n',
    { place: 'repo/action.yml', anchor: 'repo' },
  );
  expect(reading.assets).toEqual([]);
});

test('secrets of a workflow without an agent, by their own names, comments aside', () => {
  const reading = workflow(`name: Release
on: push
jobs:
  publish:
    steps:
      # token: \${{ secrets.OLD_TOKEN }}
      - run: |
          echo "\${{ secrets.DEPLOY_KEY }}" > key
          # echo "\${{ secrets.UNUSED_TOKEN }}"
        env:
          GH_TOKEN: \${{ secrets.GITHUB_TOKEN }}
          ROLE: \${{ secrets.AWS_ROLE_ARN }}
          NPM: \${{ secrets['NPM_TOKEN'] || '' }} # not secrets.OTHER_TOKEN
`);
  expect(assetsOf(reading)).toEqual(['credential DEPLOY_KEY', 'credential GITHUB_TOKEN', 'credential NPM_TOKEN']);
});
