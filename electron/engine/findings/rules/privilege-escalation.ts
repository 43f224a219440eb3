import { evidenceAt, named } from '../fact-access.ts';
import { actionsOf, identitiesOfAgents, isAllow, isForEverything, statementsOf } from '../identity-statements.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Actions that give rights by themselves, from the AWS Service Authorization Reference (2026). */
const grants =
  /^iam:(?:\*|CreatePolicyVersion|SetDefaultPolicyVersion|Attach(?:Role|User|Group)Policy|Put(?:Role|User|Group)Policy|UpdateAssumeRolePolicy|CreateAccessKey|AddUserToGroup)$/;
/** What starts something under a role that is passed to it. */
const starts =
  /^(?:lambda:(?:\*|CreateFunction)|ec2:(?:\*|RunInstances)|ecs:(?:\*|RunTask)|glue:(?:\*|CreateJob)|cloudformation:(?:\*|CreateStack)|sagemaker:(?:\*|CreateNotebookInstance))$/;

export const privilegeEscalation: Rule = {
  id: 'privilege-escalation',
  title: 'The role of an agent can give itself more',
  version: 1,
  why: 'The limits of the role are no limits: it starts something under another role, or changes its own.',
  fix: 'Take the action away, or name the one role that may be passed and the one service that gets it.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI5:2025', 'CWE:CWE-269', 'NIST-SP-800-53:AC-6'),
  kinds: ['identity'],
  subjects: identitiesOfAgents,
  judge(identity): readonly Judgement[] {
    const allowed = statementsOf(identity).filter(isAllow);
    const started = allowed.flatMap(actionsOf).filter((action) => action === '*' || starts.test(action));
    return allowed.flatMap((statement): readonly Judgement[] => {
      if (!isForEverything(statement)) return [];
      const own = actionsOf(statement).filter((action) => action === '*' || grants.test(action));
      const passes = actionsOf(statement).includes('iam:PassRole') && started.length > 0;
      if (own.length === 0 && !passes) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'destructive', reach: 'content', gate: 'none' }),
          confidence: 'medium',
          message: passes
            ? `${identity.name} may pass any role and ${named(started)}.`
            : `${identity.name} may ${named(own)} on everything.`,
          evidence: [evidenceAt(identity, statement.place, statement.line)],
          detail: passes ? 'pass-role' : own.toSorted().join(','),
        },
      ];
    });
  },
};
