import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = JSON.stringify(
  {
    name: 'Helper',
    protocolVersion: '0.3.0',
    url: 'https://helper.acme.example/a2a',
    capabilities: {},
    skills: [{ id: 'a', name: 'b', description: 'c', tags: [] }],
  },
  null,
  2,
);
const text2 = JSON.stringify(
  {
    name: 'Helper',
    protocolVersion: '0.3.0',
    url: 'https://helper.acme.example/a2a',
    capabilities: {},
    skills: [{ id: 'a', name: 'b', description: 'c', tags: [] }],
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X' } },
    security: [{ key: [] }],
  },
  null,
  2,
);
const text3 = JSON.stringify(
  {
    name: 'Helper',
    protocolVersion: '0.3.0',
    url: 'http://localhost:9999/',
    capabilities: {},
    skills: [{ id: 'a', name: 'b', description: 'c', tags: [] }],
  },
  null,
  2,
);

test('it requires nothing', async () => {
  const { found, undecided, looked } = await scanAndJudge('a2a-card-without-security', {
    '.well-known/agent-card.json': text,
  });
  expect({ found, undecided, looked }).toEqual({
    found: ['high .well-known/agent-card.json:2 Helper'],
    undecided: [],
    looked: 1,
  });
});

test('it requires a scheme', async () => {
  const { found, undecided, looked } = await scanAndJudge('a2a-card-without-security', {
    '.well-known/agent-card.json': text2,
  });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});

test('on the own machine nobody can tell', async () => {
  const { found, undecided, looked } = await scanAndJudge('a2a-card-without-security', {
    '.well-known/agent-card.json': text3,
  });
  expect({ found, undecided, looked }).toEqual({
    found: [],
    undecided: ['Helper: the card names no address that others reach'],
    looked: 1,
  });
});
