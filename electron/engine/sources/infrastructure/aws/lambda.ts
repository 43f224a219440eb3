import type { AssetRef } from '../../source.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import { classifyValue, maskText } from '../../parse/secrets.ts';
import { credentialRef } from '../../keys.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, pairs, spotOf, type Value } from '../expression.ts';
import { folderOf, placeBelow } from '../placed-facts.ts';
import { runsAs, statementsOf } from './iam.ts';

/** The function that a value names, through an alias or a version of it. */
export function lambdaOf(estate: Estate, value: Value | undefined): Resource | undefined {
  const direct = estate.target(value, 'aws/lambda');
  if (direct !== undefined) return direct;
  const alias = estate.target(value, 'aws/lambda-alias', 'aws/lambda-version');
  return alias === undefined ? undefined : estate.target(at(alias.body, 'function_name'), 'aws/lambda');
}

export function emitLambda(estate: Estate, lambda: Resource): AssetRef {
  const known = estate.refOf(lambda);
  if (known !== undefined) return known;
  const code = codeOf(estate, lambda);
  const ref = estate.reserve(
    lambda,
    estate.facts.asset(lambda, {
      kind: 'workload',
      key: `aws-lambda:${lambda.id}`,
      name: estate.nameOf(lambda, 'function_name') ?? lambda.address,
      properties: {
        kind: 'function',
        product: 'AWS Lambda',
        declaredAs: lambda.address,
        ...plain(estate, lambda, 'runtime'),
        ...plain(estate, lambda, 'handler'),
        ...(code === null ? {} : { code }),
      },
      confidence: 'high',
    }),
  );
  runsAs(estate, ref, at(lambda.body, 'role'));
  if (at(lambda.body, 'role') === undefined) emitImplicitRole(estate, lambda, ref);
  emitEnvironment(estate, ref, at(lambda.body, 'environment', 'variables'), 'aws-lambda');
  return ref;
}

const plain = (estate: Estate, resource: Resource, key: string): { readonly [key: string]: string } => {
  const text = estate.text(at(resource.body, key));
  return text === undefined ? {} : { [key]: maskText(text) };
};

/** Folder or file of the code below the scan root, where the files say it. */
function codeOf(estate: Estate, lambda: Resource): string | null {
  const folder = folderOf(lambda.place);
  const archive =
    estate.target(at(lambda.body, 'filename'), 'aws/archive') ??
    estate.target(at(lambda.body, 'source_code_hash'), 'aws/archive');
  const source =
    archive === undefined
      ? (estate.text(at(lambda.body, 'code_uri')) ?? estate.text(at(lambda.body, 'source_dir')))
      : (estate.text(at(archive.body, 'source_dir')) ?? estate.text(at(archive.body, 'source_file')));
  const below = source === undefined ? null : placeBelow(folder, source);
  const handler = estate.text(at(lambda.body, 'handler'))?.split('.')[0];
  const runtime = estate.text(at(lambda.body, 'runtime')) ?? '';
  if (below === null) return null;
  if (/\.(?:py|js|mjs|ts)$/.test(below) || handler === undefined) return below;
  return `${below}/${handler}${runtime.startsWith('python') ? '.py' : runtime.startsWith('node') ? '.js' : ''}`;
}

/** SAM makes a role where none is named, from `Policies` of the function. */
function emitImplicitRole(estate: Estate, lambda: Resource, from: AssetRef): void {
  const policies = each(at(lambda.body, 'policies'));
  if (policies.length === 0) return;
  const statements = policies.flatMap((policy) => statementsOf(estate, policy));
  const named = policies.flatMap((policy) => {
    const text = estate.text(policy) ?? pairs(policy)[0]?.[0];
    return policy.kind === 'text' || (policy.kind === 'map' && at(policy, 'Statement') === undefined)
      ? (text ?? [])
      : [];
  });
  const to = estate.facts.asset(spotOf(policies[0] ?? lambda), {
    kind: 'identity',
    key: `aws-role:${lambda.id}/role`,
    name: `role of ${lambda.address}`,
    properties: {
      type: 'aws-role',
      generatedName: true,
      ...(statements.length === 0
        ? {}
        : { inlinePolicies: [{ name: 'inline', statements, place: lambda.place, line: lambda.line }] }),
      ...(named.length === 0
        ? {}
        : { managedPolicies: named.map((policy) => ({ policy, place: lambda.place, line: lambda.line })) }),
    },
    confidence: 'high',
  });
  estate.facts.relation(lambda, { kind: 'runs-as', from, to, confidence: 'high' });
}

/** Variables of a workload: names, and credentials where a name says that it is one or a secret is referred to. */
export function emitEnvironment(estate: Estate, from: AssetRef, value: Value | undefined, host: string): void {
  for (const [name, item] of pairs(value)) {
    const secret = estate.target(item, 'aws/secret', 'aws/secret-data');
    const text = estate.text(item);
    const path = secret === undefined ? secretPath(name, text) : (estate.nameOf(secret) ?? secret.address);
    const literal = path === null && text !== undefined && classifyValue(name, text).kind === 'literal-secret';
    if (path === null && !literal && !isCredentialName(name)) continue;
    const key = path ?? name;
    const form = path !== null ? 'secret path' : literal ? 'literal' : 'reference';
    const to = estate.facts.asset(item, {
      ...credentialRef(key),
      name: key,
      properties: {
        forms: [{ form, host, place: item.place, line: item.line }],
        ...(literal ? { literal: true } : {}),
      },
      confidence: 'high',
    });
    estate.facts.relation(item, {
      kind: 'authenticates-with',
      from,
      to,
      properties: { variable: name },
      confidence: 'high',
    });
  }
}

/**
 * `prod/confluence-token` in a variable that says it holds the place of a secret; ARNs and dynamic references of
 * CloudFormation give the name of the secret.
 */
function secretPath(variable: string, text: string | undefined): string | null {
  if (text === undefined || !/secret|ssm|parameter/i.test(variable + text)) return null;
  const resolved = /^\{\{resolve:(?:secretsmanager|ssm-secure|ssm):([^:}]{1,200})/.exec(text);
  if (resolved !== null) return resolved[1] ?? null;
  const arn = /^arn:aws[a-z-]*:(?:secretsmanager:[^:]*:[^:]*:secret|ssm:[^:]*:[^:]*:parameter)[:/](.{1,200})$/.exec(
    text,
  );
  if (arn !== null) return (arn[1] ?? '').replace(/-[A-Za-z0-9]{6}$/, '');
  return /^\/?[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)+$/.test(text) &&
    text.length < 120 &&
    !/\d{4,}[a-zA-Z]|[a-zA-Z]\d{4,}/.test(text)
    ? text
    : null;
}
