import { configurationsInUse, configuredServers } from '../configurations.ts';
import { textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Switches with which servers offer everything they have. Documents of the servers of Stripe, GitHub and PayPal. */
const everything =
  /^--?(?:tools|toolsets?|enabled-tools|actions)(?:=|\s)["']?(?:all|\*)["']?$|^--(?:all-tools|enable-all(?:-tools)?)$/i;

export const allToolsEnabled: Rule = {
  id: 'all-tools-enabled',
  title: 'A server offers every tool that it has',
  version: 1,
  why: 'Tools that nobody needs here can be called as well, the ones that move money or delete first of all.',
  fix: 'Name the tools that are needed in the switch of the server, or in the list of the host.',
  references: references('OWASP-LLM-2025:LLM06:2025', 'OWASP-MCP-2025:MCP02:2025', 'NIST-SP-800-53:AC-6'),
  kinds: ['mcp-server'],
  subjects: configuredServers,
  judge(server): readonly Judgement[] {
    return configurationsInUse(server).flatMap((one): readonly Judgement[] => {
      const words = one.args.map((word, index) =>
        /^--?(?:tools|toolsets?)$/i.test(word) ? `${word} ${one.args[index + 1] ?? ''}` : word,
      );
      const found = words.find((word) => everything.test(word));
      if (found === undefined || textsOf(one.facts['includeTools']).length > 0) return [];
      return [
        {
          outcome: 'found',
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: 'high',
          message: `${one.name} is started with ${found}.`,
          evidence: one.at('args'),
          detail: `${one.facts.place}#${one.name}`,
        },
      ];
    });
  },
};
