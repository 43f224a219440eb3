import './server-screen.css';
import { ArrowLeft, CircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { Properties } from '../../../shared/model/facts.ts';
import { Link } from '../../actions/link.tsx';
import { openScreen, useSelectedAsset } from '../../actions/navigation.ts';
import { formatAddress } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { SourceView } from '../../client/source-view.tsx';
import { useCall } from '../../client/use-client.tsx';
import { capabilitiesOf } from '../../facts/capabilities.ts';
import { CapabilityLines } from '../../facts/capability-line.tsx';
import {
  compareConfigurations,
  type ComparedCell,
  type ComparedRow,
  type Configuration,
  configurationsOf,
} from '../../facts/server-configurations.ts';
import { toolDefinitionOf } from '../../facts/tool-definition.ts';
import { ToolDefinitionView } from '../../facts/tool-definition-view.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { EmptyState, LoadingLine } from '../../ui/notes.tsx';
import { count, counted } from '../../ui/words.ts';

/** One MCP server: all its configurations side by side, and the tools that are known of it. */
export function ServerScreen() {
  const id = useSelectedAsset();
  const answer = useCall('assets.detail', id === '' ? null : { scan: null, id });
  const detail = answer.state === 'loading' ? undefined : answer.value;
  return (
    <div className="screen screen--scroll">
      <div className="screen__head">
        <IconButton
          icon={ArrowLeft}
          label="Back to the inventory"
          onClick={() => openScreen('inventory', { asset: id })}
        />
        <h1>{detail?.asset.name ?? 'MCP server'}</h1>
        {detail !== undefined && (
          <span className="screen__note">
            {counted(configurationsOf(detail.asset).length, 'configuration')} in {hostsOf(detail)}
          </span>
        )}
      </div>
      <div className="screen__body">
        {id === '' || (answer.state === 'failed' && answer.error.code === 'not-found') ? (
          <EmptyState
            title="There is no such server in the latest scan."
            steps={
              <Button onClick={() => openScreen('inventory', { kind: 'mcp-server' })}>Show all MCP servers</Button>
            }
          >
            Choose one in the inventory, then Side by side.
          </EmptyState>
        ) : answer.state === 'failed' ? (
          <FailedCall title="The server could not be read." name="assets.detail" error={answer.error} />
        ) : detail === undefined ? (
          <LoadingLine>Reading the server.</LoadingLine>
        ) : detail.asset.kind !== 'mcp-server' ? (
          <EmptyState
            title={`${detail.asset.name} is no MCP server.`}
            steps={<Button onClick={() => openScreen('inventory', { asset: id })}>Show it in the inventory</Button>}
          />
        ) : (
          <Server key={id} detail={detail} />
        )}
      </div>
    </div>
  );
}

const hostsOf = (detail: AssetDetail): string => {
  const hosts = [...new Set(configurationsOf(detail.asset).map(({ host }) => host || 'an unknown host'))];
  return hosts.length === 0 ? 'no host' : hosts.join(', ');
};

function Server({ detail }: { readonly detail: AssetDetail }) {
  const configurations = configurationsOf(detail.asset);
  return (
    <>
      <SideBySide configurations={configurations} />
      <Tools detail={detail} />
    </>
  );
}

function SideBySide({ configurations }: { readonly configurations: readonly Configuration[] }) {
  const [only, setOnly] = useState(false);
  const rows = compareConfigurations(configurations);
  const differing = rows.filter((row) => row.differs);
  const shown = only ? differing : rows.filter((row) => row.differs || row.cells.some((cell) => !isNothing(cell)));
  if (configurations.length === 0) {
    return (
      <EmptyState title="No host configures this server.">
        It was found as code, or by what others say of it. Where it runs and how it is started is unknown.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Configurations">
      <div className="server__bar">
        <h2>Configurations</h2>
        <span>{configurations.length}</span>
        <span className="screen__note">
          {configurations.length === 1
            ? 'One configuration: there is nothing to hold it against.'
            : differing.length === 0
              ? 'All of them say the same.'
              : `${counted(differing.length, 'row')} of ${rows.length} differ${differing.length === 1 ? 's' : ''}; what fewer of them say is marked.`}
        </span>
        {configurations.length > 1 && (
          <span className="push">
            <Checkbox checked={only} onChange={setOnly}>
              Differences only
            </Checkbox>
          </span>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it */}
      <div className="side-by-side" role="group" tabIndex={0} aria-label="Configurations side by side">
        <table>
          <thead>
            <tr>
              <th scope="col">Setting</th>
              {configurations.map((item) => (
                <ConfigurationHead key={keyOf(item)} item={item} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.id} row={row} configurations={configurations} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="side-by-side__same">No setting differs.</p>}
      </div>
    </section>
  );
}

const keyOf = (item: Configuration): string => `${item.place}:${item.line} ${item.host} ${item.agent} ${item.name}`;
const isNothing = (cell: ComparedCell): boolean => cell.silent && cell.text !== 'unknown';

function ConfigurationHead({ item }: { readonly item: Configuration }) {
  const [open, setOpen] = useState(false);
  return (
    <th scope="col">
      {item.host === '' ? 'host unknown' : item.host}
      <div className="side-by-side__second">
        {item.scope === '' ? 'scope unknown' : item.scope} scope, as <code>{item.name}</code>
      </div>
      <EvidenceChip
        file={item.place}
        line={item.line}
        endLine={item.endLine}
        expanded={open}
        onOpen={() => setOpen(!open)}
      />
      {open && (
        <SourceView scan={null} evidence={{ root: null, file: item.place, line: item.line, endLine: item.endLine }} />
      )}
    </th>
  );
}

function Row({
  row,
  configurations,
}: {
  readonly row: ComparedRow;
  readonly configurations: readonly Configuration[];
}) {
  return (
    <tr>
      <th scope="row">
        {row.title}
        {row.differs && <span className="side-by-side__differs">differs</span>}
      </th>
      {row.cells.map((cell, index) => (
        <td
          key={configurations[index] === undefined ? index : keyOf(configurations[index])}
          className={cell.odd ? 'side-by-side__odd' : undefined}
        >
          <Cell cell={cell} code={row.code} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ cell, code }: { readonly cell: ComparedCell; readonly code: boolean }) {
  if (cell.silent && cell.text === 'unknown') {
    return (
      <span className="side-by-side__unknown">
        <CircleQuestionMark aria-hidden />
        unknown
      </span>
    );
  }
  if (cell.silent) return <span className="side-by-side__silent">{cell.text}</span>;
  return <span className={code ? 'side-by-side__code' : undefined}>{cell.text}</span>;
}

/** Tools whose definitions are read before somebody asks for all. */
const firstTools = 24;

function Tools({ detail }: { readonly detail: AssetDetail }) {
  const [all, setAll] = useState(false);
  const tools = detail.relations.filter(
    ({ relation, direction, other }) => direction === 'out' && relation.kind === 'exposes' && other.kind === 'tool',
  );
  const shown = all ? tools : tools.slice(0, firstTools);
  const instructions = instructionsOf(detail.asset.properties);
  return (
    <section aria-label="Tools">
      <div className="server__bar">
        <h2>Tools</h2>
        <span>{tools.length === 0 ? 'unknown' : count(tools.length)}</span>
        <span className="screen__note">What the model is told of them, and what their code shows.</span>
      </div>
      {instructions !== null && <p className="server__instructions">Instructions of the server: {instructions}</p>}
      {tools.length === 0 && (
        <EmptyState outcome="untold" title="Which tools it offers is unknown.">
          No code of it, no cache of a host and no imported tools/list answer was found. Scanning never starts a server.
        </EmptyState>
      )}
      <ul className="server-tools">
        {shown.map(({ relation, other }) => (
          <ServerTool key={relation.id} id={other.id} name={other.name} />
        ))}
      </ul>
      {tools.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {tools.length} tools
        </Button>
      )}
    </section>
  );
}

function instructionsOf(properties: Properties): string | null {
  const preview = properties['instructionsPreview'];
  return typeof preview === 'string' && preview !== '' ? preview : null;
}

function ServerTool({ id, name }: { readonly id: string; readonly name: string }) {
  const answer = useCall('assets.detail', { scan: null, id });
  const properties = answer.state === 'ready' ? answer.value.asset.properties : null;
  return (
    <li className="server-tool">
      <div className="server-tool__head">
        <KindIcon kind="tool" />
        <span className="server-tool__name">{name}</span>
        <Link href={formatAddress('inventory', { asset: id })}>Open</Link>
      </div>
      {answer.state === 'loading' && <LoadingLine>Reading the tool.</LoadingLine>}
      {answer.state === 'failed' && (
        <FailedCall title="The tool could not be read." name="assets.detail" error={answer.error} />
      )}
      {properties !== null && (
        <>
          <ToolDefinitionView tool={toolDefinitionOf(properties)} />
          <CapabilityLines
            capabilities={capabilitiesOf(properties)}
            isKnown={properties['capabilitiesKnown'] !== false}
            scan={null}
          />
        </>
      )}
    </li>
  );
}
