import { evidenceOf } from '../context.ts';
import { evidenceAt, isInUse, lineOf, recordOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const sender = /\b(?:from|sender|reply_?to|email|e-?mail|phone|user_?name|name)\b/i;

export const memoryKeyFromSender: Rule = {
  id: 'memory-key-from-sender',
  title: 'Whose memory it is, the message says itself',
  version: 1,
  why: 'Who forges the address goes on with the conversation of another person, and reads what it holds.',
  fix: 'Use a key that the system hands out after it has checked who is there.',
  references: references('OWASP-ASI-2026:ASI06', 'CWE:CWE-290', 'CWE:CWE-639', 'NIST-SP-800-53:IA-2'),
  kinds: ['data-store'],
  subjects: (context) =>
    context
      .all('data-store')
      .filter((store) => isInUse(store) && textOf(recordOf(store.properties['session'])['expression']) !== ''),
  judge(store): readonly Judgement[] {
    const session = recordOf(store.properties['session']);
    const expression = textOf(session['expression']);
    if (!sender.test(expression)) {
      // The key that the product itself hands out; anything else may or may not be checked before.
      return /sessionId|executionId/i.test(expression)
        ? []
        : [{ outcome: 'could-not-tell', why: `whether somebody else can choose ${expression}` }];
    }
    const [place, line] = [textOf(session['place']), lineOf(session['line'])];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'informational', reach: 'anyone', gate: 'model' }),
        confidence: store.confidence,
        message: `${store.name} is kept under ${expression}, which the sender writes.`,
        evidence: place === '' || line === null ? evidenceOf(store) : [evidenceAt(store, place, line)],
        detail: '',
      },
    ];
  },
};
