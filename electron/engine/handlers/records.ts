import type { EventName, EventPayload } from '../../../shared/contract/index.ts';
import { emptyRecord } from '../../../shared/model/records.ts';
import type { Handlers } from '../engine.ts';
import type { Session } from '../session.ts';
import { putRecords, readRecord, readRecordHistory, readRecords } from '../store/repos/asset-records.ts';

export type RecordDeps = {
  readonly session: Session;
  readonly now: () => number;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
};

type RecordCalls = Extract<keyof Handlers, `records.${string}`>;

export function createRecordHandlers({ session, now, emit }: RecordDeps): Pick<Handlers, RecordCalls> {
  return {
    'records.get': ({ asset }) => {
      const { connection } = session.require();
      return { record: readRecord(connection, asset), history: readRecordHistory(connection, asset) };
    },
    'records.list': () =>
      [...readRecords(session.require().connection)]
        .map(([asset, { record }]) => ({ asset, record }))
        .filter(({ record }) => JSON.stringify(record) !== JSON.stringify(emptyRecord)),
    'records.set': ({ assets, by, changes }) => {
      const { connection } = session.requireWritable();
      putRecords(connection, assets, changes, { by, at: now() });
      emit('records.changed', {});
      return [...new Set(assets)].map((asset) => ({ asset, record: readRecord(connection, asset) }));
    },
  };
}
