import type { RelationDraft } from '../source.ts';
import { awsPrincipal, azureIdentity, googleServiceAccount, type IdentityDraft } from '../infrastructure/identities.ts';
import type { Entry } from '../parse/node.ts';
import { input } from './agent-steps.ts';
import { actionReference, type Step } from './workflow-model.ts';
import { scalarText } from '../parse/node.ts';

/** A cloud account that a step logs in to; later steps of the job act as it. */
export type JobIdentity = {
  readonly step: number;
  readonly entry: Entry;
  readonly draft: IdentityDraft;
  readonly dynamic: boolean;
};

export type IdentityRelation = Pick<RelationDraft, 'kind' | 'to' | 'lines'>;

/** Logins of the three clouds (README of the actions, 2026). */
export function jobIdentities(steps: readonly Step[]): readonly JobIdentity[] {
  return steps.flatMap((step): JobIdentity[] => {
    if (step.uses === undefined) return [];
    const { action } = actionReference(scalarText(step.uses.node) ?? '');
    switch (action) {
      case 'aws-actions/configure-aws-credentials': {
        const role = input(step, 'role-to-assume');
        if (role === undefined) return [];
        const known = awsPrincipal(role.text);
        const draft = known ?? open('aws-role', role.text);
        return [{ step: step.index, entry: role.entry, draft, dynamic: known === null }];
      }
      case 'google-github-actions/auth': {
        const account = input(step, 'service_account') ?? input(step, 'workload_identity_provider');
        if (account === undefined) return [];
        const known = googleServiceAccount(account.text);
        const draft = known ?? open('gcp-service-account', account.text);
        return [{ step: step.index, entry: account.entry, draft, dynamic: known === null }];
      }
      case 'azure/login': {
        const client = input(step, 'client-id');
        if (client === undefined) return [];
        const known = /^[0-9a-f-]{36}$/i.test(client.text);
        const draft = known
          ? azureIdentity('azure-app', client.text.toLowerCase(), `application ${client.text}`, {
              clientId: client.text,
            })
          : open('azure-app', client.text);
        return [{ step: step.index, entry: client.entry, draft, dynamic: !known }];
      }
      default:
        return [];
    }
  });
}

/** An account whose name stands in a variable or secret of the repository. */
function open(type: string, text: string): IdentityDraft {
  const name = /(?:secrets|vars|env|inputs|outputs)\.([A-Za-z0-9_-]{1,100})/.exec(text)?.[1] ?? 'unknown';
  return {
    kind: 'identity',
    key: `${type}:\${${name}}`,
    name: `\${${name}}`,
    properties: { type, givenBy: name },
    confidence: 'medium',
  };
}
