import { useEffect, useState } from 'react';
import type { AssetTable } from '../../client/asset-table.ts';
import { useClient } from '../../client/use-client.tsx';
import { credentialIds, type LiteralSecret, literalSecrets } from './overview-model.ts';

/** Credentials that are looked at; beyond that the list says that there may be more. */
const mostCredentials = 150;

export type LiteralSecrets = { readonly found: readonly LiteralSecret[]; readonly complete: boolean };

/** Asks for the credentials one by one: only their details say where a value stands. */
export function useLiteralSecrets(table: AssetTable | null): LiteralSecrets | null {
  const client = useClient();
  const [secrets, setSecrets] = useState<LiteralSecrets | null>(null);
  useEffect(() => {
    if (table === null) return;
    let current = true;
    const ids = credentialIds(table);
    void (async () => {
      const found: LiteralSecret[] = [];
      let complete = ids.length <= mostCredentials;
      for (const id of ids.slice(0, mostCredentials)) {
        const result = await client.call('assets.detail', { scan: table.scan, id });
        if (!current) return;
        if (result.ok) found.push(...literalSecrets(result.value));
        else complete = false;
      }
      setSecrets({ found, complete });
    })();
    return () => {
      current = false;
    };
  }, [client, table]);
  return secrets;
}
