import { configurationsInUse, configuredServers } from '../configurations.ts';
import { textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const shells = /(?:^|[\\/])(?:sh|bash|zsh|dash|fish|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)$/i;
const fetches =
  /(?:curl|wget|iwr|Invoke-WebRequest)\b[\s\S]{0,500}(?:\|\s*(?:ba|z|da)?sh\b|\|\s*(?:python3?|node)\b|&&|;)|\|\s*iex\b/i;

export const serverStartedByShell: Rule = {
  id: 'server-started-by-shell',
  title: 'A server is started by a line of shell that fetches code',
  version: 1,
  why: 'What the address serves at that moment runs, and neither the file nor a lock says what it was.',
  fix: 'Install the program in a fixed version, and start it directly.',
  references: references('CWE:CWE-494', 'OWASP-ASI-2026:ASI05', 'OWASP-MCP-2025:MCP04:2025'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server)
      .filter((one) => shells.test(textOf(one.facts['command'])) && fetches.test(one.args.join(' ')))
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} is started by ${textOf(one.facts['command'])}, which fetches a program and runs it.`,
          evidence: one.at('args', 'command'),
          detail: `${one.facts.place}#${one.name}`,
        }),
      );
  },
};
