import type { StoredAsset } from '../store/repos/merged-facts.ts';
import type { FindingContext } from './context.ts';
import { isInUse, type Placed, placedOf, recordsOf, textOf, textsOf } from './fact-access.ts';

/** Statements of the policies that stand in the files beside an identity, with the place of each. */
export const statementsOf = (identity: StoredAsset): readonly Placed[] =>
  recordsOf(identity.properties['inlinePolicies']).flatMap((policy) =>
    placedOf({ ...identity, properties: { statements: (policy['statements'] ?? []) as never } }, 'statements'),
  );

export const actionsOf = (statement: Placed): readonly string[] => textsOf(statement['actions']);

export const isAllow = (statement: Placed): boolean => textOf(statement['effect']).toLowerCase() === 'allow';

export const isForEverything = (statement: Placed): boolean => textsOf(statement['resources']).includes('*');

/** Identities with policies in the files, that an agent or what runs an agent takes. */
export const identitiesOfAgents = (context: FindingContext): readonly StoredAsset[] =>
  context
    .all('identity')
    .filter(
      (identity) =>
        isInUse(identity) &&
        statementsOf(identity).length > 0 &&
        context
          .incoming(identity, 'runs-as')
          .some(({ from }) => from.kind === 'agent' || from.kind === 'tool' || from.kind === 'mcp-server'),
    );
