import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readWithSources } from '../../../test/fixtures/read-with-sources.ts';
import { createAsker } from '../permissions/ask.ts';
import { loadShellGrammar } from '../permissions/shell/grammar.ts';
import type { ScannedFacts } from '../permissions/stored-facts.ts';
import type { StoredAsset, StoredRelation } from '../store/repos/merged-facts.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run-rules.ts';

/** What a rule said of a few files, in short: enough to compare whole. */
export type Judged = {
  /** `high .mcp.json:4 name of the subject`, one a finding; several places are joined by a plus sign. */
  readonly found: readonly string[];
  readonly messages: readonly string[];
  readonly undecided: readonly string[];
  readonly looked: number;
};

const grammar = await loadShellGrammar();
const [home, repository] = ['/home/dev', '/home/dev/app'];

/**
 * Writes files and asks one rule about the facts that every file source finds in them. Paths are of the repository `app`;
 * `~/...` is the home, `/...` the machine. Real readers and real verdicts: nothing of the facts is made up.
 */
export function judgeFiles(rule: Rule, files: Readonly<Record<string, string | object>>): Judged {
  const fsRoot = mkdtempSync(join(tmpdir(), 'countersign-rule-'));
  try {
    mkdirSync(join(fsRoot, repository), { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      const full = join(fsRoot, placeOf(path));
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    }
    return judgeFacts(rule, factsOf(fsRoot));
  } finally {
    rmSync(fsRoot, { recursive: true, force: true });
  }
}

const placeOf = (path: string): string =>
  path.startsWith('~/') ? `${home}${path.slice(1)}` : path.startsWith('/') ? path : `${repository}/${path}`;

function factsOf(fsRoot: string): ScannedFacts {
  const { assets, relations } = readWithSources({ fsRoot, home, repository });
  const all = assets.map((asset): StoredAsset => ({ ...asset, id: `${asset.kind}-${asset.key}` }));
  return scannedFacts(all, relations, (path) => readFileSync(join(fsRoot, path), 'utf8'));
}

/** Facts as a scan of one repository would have them. */
export function scannedFacts(
  all: readonly StoredAsset[],
  relations: readonly StoredRelation[],
  read: (path: string) => string = () => {
    throw new Error('no files');
  },
): ScannedFacts {
  return {
    all,
    allRelations: relations,
    assets: (kind) => all.filter((asset) => asset.kind === kind),
    relations: (kind) => relations.filter((relation) => relation.kind === kind),
    home,
    rootOf: (place) => ({ root: 0, file: place.replace(/^app\//, '') }),
    pathOf: (place) =>
      place === '~' || place.startsWith('~/')
        ? `${home}${place.slice(1)}`
        : place === 'app' || place.startsWith('app/')
          ? `${repository}${place.slice(3)}`
          : place.startsWith('/')
            ? place
            : null,
    readText: (path) => {
      try {
        return read(path);
      } catch {
        return null;
      }
    },
  };
}

export function judgeFacts(rule: Rule, facts: ScannedFacts): Judged {
  const { findings, undecided, rules } = runRules(facts, createAsker(facts, grammar), 1, [rule]);
  const [outcome] = rules;
  if (outcome === undefined || outcome.failure !== null) throw new Error(outcome?.failure ?? 'the rule did not run');
  return {
    found: findings.map(
      ({ severity, evidence, subjectName }) =>
        `${severity} ${evidence.map(({ file, line }) => `${file}:${line}`).join('+')} ${subjectName}`,
    ),
    messages: findings.map(({ message }) => message),
    undecided: undecided.map(({ subjectName, why }) => `${subjectName}: ${why}`),
    looked: outcome.looked,
  };
}

/** Nothing found, nothing undecided, and something was looked at: a pass, not silence. */
export const passed = (judged: Judged): boolean =>
  judged.found.length === 0 && judged.undecided.length === 0 && judged.looked > 0;
