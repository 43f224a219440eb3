import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import { attachmentsOf } from '../introspect/attachments.ts';
import { type IntrospectionDeps, previewIntrospection, runIntrospection } from '../introspect/introspection.ts';
import { serverDetail } from '../introspect/server-detail.ts';
import type { WorkspaceFactsReader } from '../owners/workspace-facts.ts';
import type { Session } from '../session.ts';
import type { RecordDeps } from './records.ts';

type IntrospectionCalls = Extract<keyof Handlers, `introspection.${string}`>;

export type IntrospectionHandlerDeps = IntrospectionDeps & {
  readonly session: Session;
  readonly facts: WorkspaceFactsReader;
  readonly emit: RecordDeps['emit'];
};

export function createIntrospectionHandlers(deps: IntrospectionHandlerDeps): Pick<Handlers, IntrospectionCalls> {
  const { session, facts, emit } = deps;
  let isAsking = false;
  return {
    'introspection.preview': ({ scan, server, configuration }) =>
      previewIntrospection(session.require().connection, { scan: session.scan(scan), server, configuration }, deps),
    'introspection.run': async ({ scan, ...request }) => {
      const { connection } = session.requireWritable();
      if (isAsking) throw new AppError('busy', 'Another server is being asked. One at a time.');
      isAsking = true;
      try {
        const result = await runIntrospection(connection, { scan: session.scan(scan), ...request }, deps);
        emit('records.changed', {});
        return result;
      } finally {
        isAsking = false;
      }
    },
    'introspection.serverDetail': ({ scan, server }) => {
      const { connection } = session.require();
      const number = session.scan(scan);
      return serverDetail(connection, number, server, facts.of(connection, number).all);
    },
    'introspection.lists': ({ scan }) => attachmentsOf(session.require().connection, session.scan(scan)),
  };
}
