import type { Session } from '../session.ts';
import type { OpenWorkspace } from '../store/open.ts';
import { scanRequestOf } from '../store/repos/scans.ts';
import { type Asker, createAsker } from './ask.ts';
import type { Setting } from './evaluator.ts';
import { loadShellGrammar } from './shell/grammar.ts';
import { type ScannedFacts, storedFacts } from './stored-facts.ts';

export type ReadyFacts = { readonly scan: number; readonly facts: ScannedFacts; readonly asker: Asker };

/** Facts of the asked scan with compiled rules; those of the scan that was asked last are kept. */
export function readyFacts(
  session: Session,
  platform: Setting['platform'],
): (asked: number | null) => Promise<ReadyFacts> {
  let kept: { readonly workspace: OpenWorkspace; readonly ready: ReadyFacts } | null = null;
  return async (asked) => {
    const grammar = await loadShellGrammar();
    const workspace = session.require();
    const scan = session.scan(asked);
    if (kept?.workspace === workspace && kept.ready.scan === scan) return kept.ready;
    const facts = storedFacts(workspace.connection, scan, scanRequestOf(workspace.connection, scan)?.fsRoot ?? null);
    const ready = { scan, facts, asker: createAsker(facts, grammar, platform) };
    kept = { workspace, ready };
    return ready;
  };
}
