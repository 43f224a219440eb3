import { createHash } from 'node:crypto';
import type { ImportContent, ImportedAgent } from '../../../shared/model/imports.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import { importedKey } from '../registry-files/agent-list.ts';
import { importSummary } from '../registry-files/import-summary.ts';
import { forServer, readImportFile, recogniseList } from '../registry-files/recognise.ts';
import { plainText } from '../sources/context-files/lists.ts';
import { publicAssetId } from '../store/fact-ids.ts';
import { endImport, putImport, readImports } from '../store/repos/imports.ts';
import type { RecordDeps } from './records.ts';

type ImportCalls = Extract<keyof Handlers, `imports.${string}`>;

/** Agents that people enter one by one are kept as a list of this name. */
const byHand = 'entered by hand';

export function createImportHandlers({ session, now, emit }: RecordDeps): Pick<Handlers, ImportCalls> {
  const agentsByHand = (): readonly ImportedAgent[] => {
    const known = readImports(session.require().connection).find(
      ({ name, type }) => name === byHand && type === 'agents',
    );
    return known?.content.type === 'agents' ? known.content.entries : [];
  };
  const putByHand = (entries: readonly ImportedAgent[], by: string): void => {
    const content: ImportContent = {
      type: 'agents',
      entries: entries.map((agent, index) => ({ ...agent, line: index + 1 })),
    };
    const sha256 = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    putImport(session.requireWritable().connection, { name: byHand, sha256, content, issues: [], by, at: now() });
    emit('records.changed', {});
  };
  return {
    'imports.list': () => readImports(session.require().connection, 'all').map(importSummary).reverse(),
    'imports.add': ({ file, server, by }) => {
      const { connection } = session.requireWritable();
      const read = forServer('path' in file ? readImportFile(file.path) : recogniseList(file.name, file.text), server);
      const added = putImport(connection, { ...read, by, at: now() });
      emit('records.changed', {});
      return importSummary(added);
    },
    'imports.remove': ({ id, by }) => {
      if (!endImport(session.requireWritable().connection, id, by, now()))
        throw new AppError('not-found', 'There is no such import any more.');
      emit('records.changed', {});
      return null;
    },
    'imports.addAgent': ({ agent, by }) => {
      const { connection } = session.requireWritable();
      const masked = maskedAgent(agent);
      const id = publicAssetId('agent', importedKey(masked));
      const isKnown = readImports(connection).some(
        ({ content }) =>
          content.type === 'agents' && content.entries.some((each) => publicAssetId('agent', importedKey(each)) === id),
      );
      if (isKnown) throw new AppError('bad-request', `There is an agent "${masked.name}" of that system already.`);
      putByHand([...agentsByHand(), masked], by);
      return { id };
    },
    'imports.removeAgent': ({ id, by }) => {
      const known = agentsByHand();
      const left = known.filter((agent) => publicAssetId('agent', importedKey(agent)) !== id);
      if (left.length === known.length)
        throw new AppError('not-found', 'Only an agent that was entered by hand can be taken out by itself.');
      putByHand(left, by);
      return null;
    },
  };
}

type GivenAgent = { readonly [K in keyof ImportedAgent]?: ImportedAgent[K] | undefined } & { readonly name: string };

const maskedAgent = (agent: GivenAgent): ImportedAgent => ({
  line: 1,
  id: plainText(agent.id ?? ''),
  name: plainText(agent.name),
  system: plainText(agent.system ?? ''),
  domain: plainText(agent.domain ?? ''),
  owner: plainText(agent.owner ?? ''),
  description: plainText(agent.description ?? ''),
  model: plainText(agent.model ?? ''),
  url: plainText(agent.url ?? ''),
  tools: (agent.tools ?? []).map(plainText),
  data: (agent.data ?? []).map(plainText),
  state: agent.state ?? null,
});
