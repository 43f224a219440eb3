import { expect, test } from 'vitest';
import { startAttackedHost } from './loopback-host.ts';

test('the token works once', async () => {
  const host = await startAttackedHost();
  const first = await host.request(`GET /inventory?token=${host.token}&kind=agent`, { Host: host.authority });
  expect(first.status).toBe(303);
  expect(first.head).toMatch(/^location: \/inventory\?kind=agent$/im);
  const again = await host.request(`GET /?token=${host.token}`, { Host: host.authority });
  expect(again.status).toBe(403);
  expect(again.head).not.toMatch(/set-cookie/i);
});

test('of many at once exactly one gets in', async () => {
  const host = await startAttackedHost();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => host.request(`GET /?token=${host.token}`, { Host: host.authority })),
  );
  expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 403)).toHaveLength(19);
});
