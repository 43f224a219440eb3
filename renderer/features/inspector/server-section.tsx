import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import { Link } from '../../actions/link.tsx';
import { selectAsset } from '../../actions/navigation.ts';
import { formatAddress } from '../../actions/routes.ts';
import { SourceView } from '../../client/source-view.tsx';
import { useCall } from '../../client/use-client.tsx';
import { compareConfigurations, type Configuration, configurationsOf } from '../../facts/server-configurations.ts';
import { toolDefinitionOf } from '../../facts/tool-definition.ts';
import { ToolDefinitionView } from '../../facts/tool-definition-view.tsx';
import { Button } from '../../ui/button.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { lastSegment } from '../../ui/words.ts';
import type { Neighbour } from './agent-model.ts';
import { Section } from './section.tsx';

type ServerProps = { readonly detail: AssetDetail; readonly scan: number | null };

/** Where the server is configured, in what those places differ, and the tools that are known of it. */
export function ServerSections({ detail, scan }: ServerProps) {
  const configurations = configurationsOf(detail.asset);
  const tools = detail.relations.filter(
    ({ relation, direction, other }) => direction === 'out' && relation.kind === 'exposes' && other.kind === 'tool',
  );
  const differing = compareConfigurations(configurations).filter((row) => row.differs);
  return (
    <>
      <Section
        title="Configurations"
        count={configurations.length}
        action={
          <Link className="button button--quiet" href={formatAddress('server', { asset: detail.asset.id })}>
            <Columns2 aria-hidden />
            Side by side
          </Link>
        }
      >
        {configurations.length === 0 && (
          <p className="muted">No host configures it: it was found as code or by what others say of it.</p>
        )}
        {configurations.length > 1 && (
          <p className="why__sentence">
            {differing.length === 0
              ? 'All of them say the same.'
              : `They differ in ${differing.map(({ title }) => title.toLowerCase()).join('; ')}.`}
          </p>
        )}
        <ul>
          {configurations.map((item) => (
            <ConfigurationRow key={`${item.place}:${item.line} ${item.host} ${item.agent}`} item={item} scan={scan} />
          ))}
        </ul>
      </Section>
      <Section title="Tools of this server" count={tools.length}>
        {tools.length === 0 && (
          <p className="governance__untold">
            Which tools it offers is unknown: no code, cache or imported list of it was found.
          </p>
        )}
        <ul>
          {tools.slice(0, mostTools).map((tool) => (
            <ServerTool key={tool.relation.id} tool={tool} scan={scan} />
          ))}
        </ul>
        {tools.length > mostTools && (
          <p className="muted">and {tools.length - mostTools} more, under Relations and side by side.</p>
        )}
      </Section>
    </>
  );
}

/** Tools listed in the narrow pane. */
const mostTools = 20;

function ConfigurationRow({ item, scan }: { readonly item: Configuration; readonly scan: number | null }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="configuration-row">
      <div className="configuration-row__line">
        <span className="configuration-row__host">{item.host === '' ? 'host unknown' : item.host}</span>
        <span className="muted">{item.scope === '' ? 'scope unknown' : item.scope}</span>
        <EvidenceChip
          bare
          title={`${item.place}:${item.line}`}
          file={lastSegment(item.place)}
          line={item.line}
          expanded={open}
          onOpen={() => setOpen(!open)}
        />
      </div>
      {item.states.map((state) => (
        <div key={`${state.context} ${state.state}`} className="configuration-row__state" title={state.decidedBy}>
          {state.context === '' ? '' : `${state.context}: `}
          {state.state}
          {state.why !== '' && <span className="muted">, {state.why}</span>}
        </div>
      ))}
      {item.states.length === 0 && (
        <div className="governance__untold">what the host makes of it could not be told</div>
      )}
      {open && (
        <SourceView scan={scan} evidence={{ root: null, file: item.place, line: item.line, endLine: item.endLine }} />
      )}
    </li>
  );
}

function ServerTool({ tool, scan }: { readonly tool: Neighbour; readonly scan: number | null }) {
  const [open, setOpen] = useState(false);
  const answer = useCall('assets.detail', open ? { scan, id: tool.other.id } : null);
  return (
    <li className="tool-row">
      <div className="member-line">
        <button type="button" className="member-line__name" onClick={() => selectAsset(tool.other.id)}>
          <KindIcon kind="tool" size={14} />
          <span title={tool.other.name}>{tool.other.name}</span>
        </button>
        <Button look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Definition'}
        </Button>
      </div>
      {open && answer.state === 'ready' && (
        <ToolDefinitionView tool={toolDefinitionOf(answer.value.asset.properties)} />
      )}
      {open && answer.state === 'failed' && <p className="governance__untold">{answer.error.message}</p>}
    </li>
  );
}
