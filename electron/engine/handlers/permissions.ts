import type { Asked } from '../../../shared/contract/permissions.ts';
import type { PermissionQuestion } from '../../../shared/model/permissions.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import { type Asker, createAsker } from '../permissions/ask.ts';
import type { Setting } from '../permissions/evaluator.ts';
import { permissionMatrix } from '../permissions/matrix.ts';
import { loadShellGrammar } from '../permissions/shell/grammar.ts';
import { type ScannedFacts, storedFacts } from '../permissions/stored-facts.ts';
import type { Session } from '../session.ts';
import type { OpenWorkspace } from '../store/open.ts';
import { scanRequestOf } from '../store/repos/scans.ts';

type PermissionCalls = Extract<keyof Handlers, `permissions.${string}`>;

export type PermissionHandlerDeps = { readonly session: Session; readonly platform: Setting['platform'] };

type Ready = { readonly scan: number; readonly facts: ScannedFacts; readonly asker: Asker };

/** Questions about the newest scan are asked often: its facts and compiled rules are kept until another one is asked. */
export function createPermissionHandlers({
  session,
  platform,
}: PermissionHandlerDeps): Pick<Handlers, PermissionCalls> {
  let kept: { readonly workspace: OpenWorkspace; readonly ready: Ready } | null = null;
  const ready = async (asked: number | null): Promise<Ready> => {
    const grammar = await loadShellGrammar();
    const workspace = session.require();
    const scan = session.scan(asked);
    if (kept?.workspace === workspace && kept.ready.scan === scan) return kept.ready;
    const facts = storedFacts(workspace.connection, scan, scanRequestOf(workspace.connection, scan)?.fsRoot ?? null);
    const made = { scan, facts, asker: createAsker(facts, grammar, platform) };
    kept = { workspace, ready: made };
    return made;
  };
  return {
    'permissions.ask': async ({ scan, questions }) => {
      const { asker } = await ready(scan);
      return questions.map((question) => answer(asker, question));
    },
    'permissions.agents': async ({ scan }) => [...(await ready(scan)).asker.agents()],
    'permissions.matrix': async ({ scan, context }) => {
      const { facts, asker, scan: number } = await ready(scan);
      return permissionMatrix(facts, asker, number, context);
    },
  };
}

function answer(asker: Asker, question: PermissionQuestion): Asked {
  try {
    return { status: 'answered', answer: asker.ask(question), impact: asker.impact(question) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { status: 'failed', id: question.id, message: error.message };
  }
}
