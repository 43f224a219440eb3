import { configurationsInUse, configuredServers } from '../configurations.ts';
import { named, recordOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const certificateChecksOff: Rule = {
  id: 'certificate-checks-off',
  title: 'Certificates are not checked',
  version: 1,
  why: 'TLS with anybody is no TLS: whoever sits on the way can pretend to be the server.',
  fix: 'Trust the authority of the organisation (`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`) instead of everybody.',
  references: references('CWE:CWE-345', 'NIST-SP-800-53:SC-8', 'OWASP-ASI-2026:ASI07'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const way = recordOf(one.facts['transportSecurity']);
      if (way['certificateChecks'] !== 'disabled') return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${one.name}: ${named(textsOf(way['disabledBy']))} switches certificate checks off.`,
          evidence: textsOf(way['disabledBy']).some((word) => word.startsWith('env.'))
            ? one.at('env', 'environment', 'args')
            : one.at('args', 'url'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
