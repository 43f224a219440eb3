import { expect, test } from 'vitest';
import { parseCall } from '../call.ts';
import { programReader } from '../programs.ts';
import { loadShellGrammar } from '../shell/grammar.ts';
import { impactOf } from './impact.ts';

const program = programReader(await loadShellGrammar());
const judge = (text: string): readonly [string, string] => {
  const parsed = parseCall(text);
  if (!parsed.ok) throw new Error(parsed.message);
  const { impact, reversible } = impactOf(parsed.call, program);
  return [impact, reversible];
};

test.each([
  ['run: ls -la', 'informational', 'not-needed'],
  ['run: git status', 'informational', 'not-needed'],
  ['run: git push origin main', 'operational', 'partly'],
  ['run: git push --force origin main', 'destructive', 'partly'],
  ['run: git push -f', 'destructive', 'partly'],
  ['run: git reset --hard HEAD~3', 'destructive', 'no'],
  ['run: rm -rf build', 'destructive', 'no'],
  ['run: sudo rm -rf /var', 'destructive', 'no'],
  ["run: bash -c 'rm -rf x && ls'", 'destructive', 'no'],
  ['run: find . -name x -exec rm {} +', 'destructive', 'no'],
  ['run: ls | xargs -n 1 rm', 'destructive', 'no'],
  ['run: FOO=1 timeout 5 terraform destroy', 'destructive', 'no'],
  ['run: terraform plan', 'informational', 'not-needed'],
  ['run: kubectl get pods', 'informational', 'not-needed'],
  ['run: kubectl delete namespace prod', 'destructive', 'no'],
  ['run: aws rds delete-db-instance --db-instance-identifier x', 'destructive', 'no'],
  ['run: aws s3 ls', 'informational', 'not-needed'],
  ['run: aws --profile prod ec2 describe-instances', 'informational', 'not-needed'],
  ['run: gcloud compute instances delete x', 'destructive', 'no'],
  ['run: psql -c "delete from orders"', 'destructive', 'no'],
  ['run: psql -c "select * from orders where note = \'drop table\'"', 'informational', 'not-needed'],
  ['run: psql -c "$SQL"', 'destructive', 'unknown'],
  ['run: echo x > a', 'operational', 'partly'],
  ['run: $CMD', 'destructive', 'unknown'],
  ['run: some-own-tool', 'operational', 'unknown'],
  ['mcp: stripe/create_refund', 'destructive', 'partly'],
  ['mcp: github/getIssue', 'informational', 'not-needed'],
  ['mcp: db/query sql="drop table x"', 'destructive', 'no'],
  ['mcp: x/frobnicate', 'operational', 'unknown'],
  ['delete: a.txt', 'destructive', 'partly'],
  ['fetch: https://x.example', 'operational', 'no'],
])('%s is %s, reversible: %s', (text, impact, reversible) => {
  expect(judge(text)).toEqual([impact, reversible]);
});

test('a server that calls a deleting tool read-only is not believed', () => {
  const call = { type: 'mcp', server: 's', name: 'delete_all', hints: { readOnly: true } } as const;
  expect(impactOf(call, program)).toMatchObject({ impact: 'destructive', from: 'name' });
  expect(impactOf({ ...call, name: 'overview' }, program)).toMatchObject({
    impact: 'informational',
    from: 'annotation',
  });
});
