import { commandOf, isBefore } from '../hook-events.ts';
import { evidenceInOwnFile, isInUse, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

/** Programs that only write down; their exit code stops nothing. */
const writesDown =
  /^(?:logger|echo|printf|tee|touch|date|say|notify-send|osascript|afplay|paplay|terminal-notifier|beep)\b/;
const alwaysPasses = /(?:\|\|\s*(?:true|:)|;\s*(?:true|exit\s+0))\s*$/;

export const hookCannotBlock: Rule = {
  id: 'hook-cannot-block',
  title: 'A hook before a tool that can stop nothing',
  version: 1,
  why: 'It stands where a control is expected and only writes down; people count on it.',
  fix: 'Let the hook answer with a decision (exit code 2, or `permission: deny`), or move it to an event after the tool.',
  references: references('OWASP-ASI-2026:ASI09', 'NIST-SP-800-53:SI-17'),
  kinds: ['hook'],
  subjects: (context) => context.all('hook').filter((hook) => isInUse(hook) && isBefore(hook)),
  judge(hook): readonly Judgement[] {
    const command = commandOf(hook).trim();
    const event = textOf(hook.properties['event']);
    if (command === '') return [{ outcome: 'could-not-tell', why: 'a model or a service decides what it answers' }];
    const passes = alwaysPasses.test(command);
    if (!passes && !(writesDown.test(command) && !/[|;&]|exit\s+2/.test(command)))
      return [{ outcome: 'could-not-tell', why: 'what the script answers is decided in it, not in the configuration' }];
    return [
      {
        outcome: 'found',
        severity: 'low',
        confidence: hook.confidence,
        message: `The hook at ${event} ${passes ? 'passes whatever its script finds' : 'only writes down'}: it can stop nothing.`,
        evidence: evidenceInOwnFile(hook, null),
        detail: '',
      },
    ];
  },
};
