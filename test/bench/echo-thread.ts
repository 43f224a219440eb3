import { parentPort } from 'node:worker_threads';
import type { AssetColumns } from '../../shared/contract/assets.ts';

/** Answers each message with the same thing or, for `columns`, with the columns that it was given first. */
if (parentPort !== null) {
  const port = parentPort;
  let columns: AssetColumns | null = null;
  port.on('message', (message: { readonly keep?: AssetColumns; readonly columns?: true }) => {
    if (message.keep !== undefined) columns = message.keep;
    port.postMessage(message.columns === true ? columns : message);
  });
}
