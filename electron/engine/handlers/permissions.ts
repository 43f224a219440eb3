import type { Asked } from '../../../shared/contract/permissions.ts';
import type { PermissionQuestion } from '../../../shared/model/permissions.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import type { Asker } from '../permissions/ask.ts';
import { permissionMatrix } from '../permissions/matrix.ts';
import type { ReadyFacts } from '../permissions/ready-facts.ts';

type PermissionCalls = Extract<keyof Handlers, `permissions.${string}`>;

export type PermissionHandlerDeps = { readonly ready: (scan: number | null) => Promise<ReadyFacts> };

export function createPermissionHandlers({ ready }: PermissionHandlerDeps): Pick<Handlers, PermissionCalls> {
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
