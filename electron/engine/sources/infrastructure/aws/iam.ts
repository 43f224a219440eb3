import type { JsonValue, Properties } from '../../../../../shared/model/facts.ts';
import { maskText } from '../../parse/secrets.ts';
import type { AssetRef } from '../../source.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, isDynamic, knownText, pairs, shownText, type Spot, spotOf, type Value } from '../expression.ts';
import { awsPrincipal, awsRole, type IdentityDraft, refOf } from '../identities.ts';
import { parseJson } from '../../parse/json-document.ts';
import { valueOfNode } from '../node-value.ts';

const mostStatements = 200;
const mostTexts = 200;

/** The account that a value names, made an asset with its trust and its policies as written; null where there is none. */
export function roleOf(
  estate: Estate,
  value: Value | undefined,
): { readonly ref: AssetRef; readonly dynamic: boolean } | null {
  if (value === undefined || value.kind === 'nothing') return null;
  const role = estate.target(value, 'aws/iam-role', 'aws/iam-role-data');
  if (role !== undefined) return { ref: emitRole(estate, role), dynamic: false };
  const text = estate.text(value) ?? shownText(value);
  if (text === undefined || text === '') return null;
  const known = awsPrincipal(text);
  const draft: IdentityDraft = known ?? {
    kind: 'identity',
    key: `aws-role:${value.place}#${text.slice(0, 200)}`,
    name: `role of ${maskText(text.slice(0, 100))}`,
    properties: { type: 'aws-role', writtenAs: maskText(text.slice(0, 200)) },
    confidence: 'medium',
  };
  const dynamic = known === null;
  estate.facts.asset(value, { ...draft, dynamic });
  return { ref: refOf(draft), dynamic };
}

/** `runs-as`, from anything to the role that a value names. */
export function runsAs(estate: Estate, from: AssetRef, value: Value | undefined): void {
  const role = roleOf(estate, value);
  if (role === null || value === undefined) return;
  estate.facts.relation(value, { kind: 'runs-as', from, to: role.ref, confidence: 'high', dynamic: role.dynamic });
}

export function emitRole(estate: Estate, role: Resource): AssetRef {
  return estate.once(role, () => {
    const name = estate.nameOf(role, 'name', 'role_name');
    const draft: IdentityDraft =
      name === undefined
        ? {
            kind: 'identity',
            key: `aws-role:${role.id}`,
            name: role.address,
            properties: { type: 'aws-role', generatedName: true },
            confidence: 'high',
          }
        : awsRole(name);
    const inline = inlinePolicies(estate, role);
    const managed = managedPolicies(estate, role);
    const trust = statementsOf(
      estate,
      at(role.body, 'assume_role_policy') ?? at(role.body, 'assume_role_policy_document'),
    );
    const boundary = estate.shown(at(role.body, 'permissions_boundary'));
    return estate.facts.asset(nameSpot(role), {
      ...draft,
      properties: {
        ...draft.properties,
        declaredAs: role.address,
        language: role.language,
        ...(trust.length === 0 ? {} : { trust }),
        ...(inline.length === 0 ? {} : { inlinePolicies: inline }),
        ...(managed.length === 0 ? {} : { managedPolicies: managed }),
        ...(boundary === undefined ? {} : { permissionsBoundary: maskText(boundary) }),
      },
    });
  });
}

/** The line of the name where there is one: that is where people look. */
const nameSpot = (resource: Resource): Spot => {
  const name = at(resource.body, 'name') ?? at(resource.body, 'role_name');
  return name === undefined ||
    name.place !== resource.place ||
    name.line < resource.line ||
    name.line > resource.endLine
    ? spotOf(resource)
    : { place: resource.place, line: resource.line, endLine: resource.endLine };
};

function inlinePolicies(estate: Estate, role: Resource): readonly Properties[] {
  const found: Properties[] = [];
  const add = (name: string | undefined, document: Value | undefined, spot: Spot): void => {
    const statements = statementsOf(estate, document);
    found.push({
      name: name ?? 'inline',
      statements,
      place: spot.place,
      line: spot.line,
      ...(statements.length === 0 ? { unread: true } : {}),
    });
  };
  // Blocks of Terraform, `Policies` of CloudFormation.
  for (const key of ['inline_policy', 'policies'])
    for (const policy of each(at(role.body, key)))
      if (policy.kind === 'map')
        add(
          estate.shown(at(policy, 'name') ?? at(policy, 'policy_name')),
          at(policy, 'policy') ?? at(policy, 'policy_document'),
          policy,
        );
  for (const policy of estate.pointingAt(role, 'role', 'aws/iam-role-policy'))
    add(estate.nameOf(policy), at(policy.body, 'policy'), policy);
  for (const policy of estate.pointingAt(role, 'role_name', 'aws/iam-role-policy'))
    add(estate.nameOf(policy, 'policy_name'), at(policy.body, 'policy_document'), policy);
  for (const policy of estate.pointingAt(role, 'roles', 'aws/iam-inline-policy'))
    add(estate.nameOf(policy, 'policy_name'), at(policy.body, 'policy_document'), policy);
  return found;
}

function managedPolicies(estate: Estate, role: Resource): readonly Properties[] {
  const found: Properties[] = [];
  const add = (value: Value | undefined, spot: Spot): void => {
    if (value === undefined) return;
    const policy = estate.target(value, 'aws/iam-policy');
    const data = estate.target(value, 'aws/iam-policy-data');
    const text =
      policy === undefined
        ? data === undefined
          ? estate.shown(value)
          : (estate.nameOf(data, 'arn') ?? data.address)
        : (estate.nameOf(policy, 'managed_policy_name') ?? policy.address);
    if (text === undefined) return;
    const document =
      policy === undefined ? undefined : (at(policy.body, 'policy') ?? at(policy.body, 'policy_document'));
    found.push({
      policy: maskText(text.slice(0, 300)),
      place: spot.place,
      line: spot.line,
      ...(policy === undefined ? {} : { declaredAs: policy.address, statements: statementsOf(estate, document) }),
      ...(isDynamic(value) && policy === undefined && data === undefined ? { dynamic: true } : {}),
    });
  };
  for (const item of each(at(role.body, 'managed_policy_arns'))) add(item, item);
  for (const item of each(at(role.body, 'policies'))) if (item.kind === 'text') add(item, item);
  for (const attachment of estate.pointingAt(role, 'role', 'aws/iam-attachment'))
    add(at(attachment.body, 'policy_arn'), attachment);
  for (const attachment of estate.pointingAt(role, 'roles', 'aws/iam-attachment-many'))
    add(at(attachment.body, 'policy_arn'), attachment);
  for (const policy of estate.pointingAt(role, 'roles', 'aws/iam-policy'))
    found.push({
      policy: estate.nameOf(policy, 'managed_policy_name') ?? policy.address,
      declaredAs: policy.address,
      place: policy.place,
      line: policy.line,
      statements: statementsOf(estate, at(policy.body, 'policy_document') ?? at(policy.body, 'policy')),
    });
  return found;
}

/** Statements of a policy, however it is written: a document resource, an encoded object, JSON in a text. */
export function statementsOf(estate: Estate, value: Value | undefined, depth = 0): readonly Properties[] {
  if (value === undefined || depth > 4) return [];
  const document = estate.target(value, 'aws/iam-document');
  if (document !== undefined && (value.kind === 'resource' || value.kind === 'unknown')) {
    const merged = ['source_policy_documents', 'override_policy_documents'].flatMap((key) =>
      each(at(document.body, key)).flatMap((item) => statementsOf(estate, item, depth + 1)),
    );
    return [...each(at(document.body, 'statement')).map((item) => blockStatement(estate, item)), ...merged].slice(
      0,
      mostStatements,
    );
  }
  if (value.kind === 'text') {
    const { root } = parseJson(value.text);
    return root === null ? [] : statementsOf(estate, valueOfNode(root, value), depth + 1);
  }
  if (value.kind === 'choice')
    return value.options.flatMap((option) => statementsOf(estate, option, depth + 1)).slice(0, mostStatements);
  return each(at(value, 'Statement'))
    .slice(0, mostStatements)
    .map((item) => objectStatement(estate, item));
}

const list = (estate: Estate, value: Value | undefined): readonly string[] =>
  each(value)
    .slice(0, mostTexts)
    .flatMap((item) => {
      const text = arnOf(estate, item) ?? estate.shown(item);
      return text === undefined ? [] : [maskText(text.slice(0, 500))];
    });

/** `aws_s3_bucket.x.arn` where the bucket's name is known. */
function arnOf(estate: Estate, value: Value): string | undefined {
  if (value.kind !== 'resource' || value.link.attribute.toLowerCase() !== 'arn') return undefined;
  const resource = estate.resource(value.link);
  const name = resource === undefined ? undefined : estate.nameOf(resource);
  if (resource?.type === 'aws/s3-bucket' && name !== undefined) return `arn:aws:s3:::${name}`;
  return undefined;
}

const filled = (properties: { readonly [key: string]: JsonValue | undefined }): Properties =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) =>
      value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[key, value]],
    ),
  );

function blockStatement(estate: Estate, item: Value): Properties {
  return filled({
    sid: estate.shown(at(item, 'sid')),
    effect: knownText(at(item, 'effect')) ?? 'Allow',
    actions: list(estate, at(item, 'actions')),
    notActions: list(estate, at(item, 'not_actions')),
    resources: list(estate, at(item, 'resources')),
    notResources: list(estate, at(item, 'not_resources')),
    principals: each(at(item, 'principals')).map((one) =>
      filled({ type: estate.shown(at(one, 'type')), identifiers: list(estate, at(one, 'identifiers')) }),
    ),
    conditions: each(at(item, 'condition')).map((one) =>
      filled({
        test: estate.shown(at(one, 'test')),
        variable: estate.shown(at(one, 'variable')),
        values: list(estate, at(one, 'values')),
      }),
    ),
    place: item.place,
    line: item.line,
  });
}

function objectStatement(estate: Estate, item: Value): Properties {
  const principal = at(item, 'Principal');
  return filled({
    sid: estate.shown(at(item, 'Sid')),
    effect: knownText(at(item, 'Effect')) ?? 'unknown',
    actions: list(estate, at(item, 'Action')),
    notActions: list(estate, at(item, 'NotAction')),
    resources: list(estate, at(item, 'Resource')),
    notResources: list(estate, at(item, 'NotResource')),
    principals:
      principal?.kind === 'map'
        ? pairs(principal).map(([type, value]) => filled({ type, identifiers: list(estate, value) }))
        : each(principal).map((one) => filled({ type: '*', identifiers: list(estate, one) })),
    conditions: pairs(at(item, 'Condition')).flatMap(([test, tests]) =>
      pairs(tests).map(([variable, values]) => filled({ test, variable, values: list(estate, values) })),
    ),
    place: item.place,
    line: item.line,
  });
}
