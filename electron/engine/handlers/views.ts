import { randomUUID } from 'node:crypto';
import type { EventName, EventPayload } from '../../../shared/contract/index.ts';
import type { Handlers } from '../engine.ts';
import type { Session } from '../session.ts';
import { listViews, putPositions, putView, readPositions, removeView } from '../store/repos/views.ts';

export type ViewDeps = {
  readonly session: Session;
  readonly now: () => number;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
};

type ViewCalls = 'views.list' | 'views.save' | 'views.remove' | 'views.positions' | 'views.setPositions';

export function createViewHandlers({ session, now, emit }: ViewDeps): Pick<Handlers, ViewCalls> {
  return {
    'views.list': () => listViews(session.require().connection),
    'views.save': ({ id, name, screen, search }) => {
      const view = putView(session.requireWritable().connection, {
        id: id ?? randomUUID(),
        name,
        screen,
        search,
        createdAt: now(),
      });
      emit('views.changed', {});
      return view;
    },
    'views.remove': ({ id }) => {
      removeView(session.requireWritable().connection, id);
      emit('views.changed', {});
      return null;
    },
    'views.positions': ({ layout }) => readPositions(session.require().connection, layout),
    'views.setPositions': ({ layout, positions }) => {
      putPositions(session.requireWritable().connection, layout, positions);
      return null;
    },
  };
}
