import { evidenceInOwnFile, isInUse, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const mutableImage: Rule = {
  id: 'mutable-image',
  title: 'The image of an agent can change under its tag',
  version: 1,
  why: 'Who can push to the registry changes what runs, and nobody sees it in a review.',
  fix: 'Name the image by digest, and make tags immutable in the registry.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-LLM-2025:LLM03:2025', 'CWE:CWE-829', 'NIST-SP-800-53:CM-2'),
  kinds: ['workload'],
  subjects: (context) =>
    context
      .all('workload')
      .filter((workload) => isInUse(workload) && typeof workload.properties['imagePinned'] === 'boolean'),
  judge(workload): readonly Judgement[] {
    const { imagePinned, image, imageTagMutability, imageLine } = workload.properties;
    if (imagePinned === true || imageTagMutability === 'IMMUTABLE') return [];
    const tags = imageTagMutability === 'MUTABLE' ? ' and the registry lets tags be moved' : '';
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'insider', gate: 'none' }),
        confidence: workload.confidence,
        message: `${workload.name} runs ${textOf(image) || 'an image'} by tag${tags}.`,
        evidence: evidenceInOwnFile(workload, imageLine),
        detail: '',
      },
    ];
  },
};
