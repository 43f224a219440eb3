import { commandOf, isAtStart, networkUse } from '../hook-events.ts';
import { evidenceInOwnFile, isInRepository, isInUse, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const sessionStartHook: Rule = {
  id: 'session-start-hook',
  title: 'Opening a session reaches out to the network or fetches a program',
  version: 1,
  why: 'It happens before anybody asked for anything, with the rights of the person who opened the folder.',
  fix: 'Pin and review what the hook fetches, or let people start it by hand.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-ASI-2026:ASI05', 'CWE:CWE-494'),
  kinds: ['hook'],
  subjects: (context) => context.all('hook').filter((hook) => isInUse(hook) && isAtStart(hook)),
  judge(hook): readonly Judgement[] {
    const use = networkUse(hook);
    if (use === null)
      return commandOf(hook) === '' || /\.(?:sh|py|js|mjs|ts|rb|ps1)\b/.test(commandOf(hook))
        ? [{ outcome: 'could-not-tell', why: 'what the script does is not in the configuration' }]
        : [];
    const fromRepository = hook.evidence.some(({ place }) => isInRepository(place));
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: fromRepository ? 'content' : 'insider', gate: 'none' }),
        confidence: hook.confidence,
        message: `The hook at ${textOf(hook.properties['event'])} ${use}.`,
        evidence: evidenceInOwnFile(hook, null),
        detail: '',
      },
    ];
  },
};
