import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { agentCards } from './agent-card.ts';

test('a card with what protects it, and what does not', () => {
  const reading = readText(
    agentCards,
    '.well-known/agent-card.json',
    json({
      protocolVersion: '0.3.0',
      name: 'Refunds',
      url: 'http://refunds.example.com/a2a',
      capabilities: { streaming: true },
      skills: [{ id: 'refund', name: 'Refund', description: 'Pays back' }],
      securitySchemes: { oauth: { type: 'oauth2' } },
    }),
  );
  expect(propertiesOf(reading, 'workload', 'Refunds')).toMatchObject({
    kind: 'agent-card',
    addresses: ['http://refunds.example.com/a2a'],
    plainHttp: true,
    authenticationRequired: false,
    securitySchemes: [{ name: 'oauth', type: 'oauth2', line: 16 }],
    signed: false,
    skills: [{ id: 'refund', name: 'Refund', description: 'Pays back', line: 9 }],
  });
});

test('other files of the name are no cards', () => {
  expect(assetsOf(readText(agentCards, 'agent.json', json({ name: 'x', skills: ['a'] })))).toEqual([]);
  expect(assetsOf(readText(agentCards, 'agent.json', json({ name: 'x', version: 1 })))).toEqual([]);
});
