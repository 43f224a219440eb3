import './rail.css';
import {
  BookCheck,
  CircleQuestionMark,
  FileDiff,
  Flag,
  House,
  List,
  type LucideIcon,
  ScanSearch,
  Settings,
  TableCellsSplit,
  Waypoints,
} from 'lucide-react';
import { Link } from '../actions/link.tsx';
import { useSelectedAsset } from '../actions/navigation.ts';
import { formatAddress, type Screen } from '../actions/routes.ts';
import { useCall, valueOf } from '../client/use-client.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { count } from '../ui/words.ts';

type Entry = { readonly screen: Screen; readonly label: string; readonly icon: LucideIcon; readonly keys: string };

const overview: Entry = { screen: 'overview', label: 'Overview', icon: House, keys: 'g o' };
const scans: Entry = { screen: 'scan', label: 'Scans', icon: ScanSearch, keys: 'g s' };
const coverage: Entry = { screen: 'coverage', label: 'Coverage', icon: TableCellsSplit, keys: 'g c' };
const changes: Entry = { screen: 'changes', label: 'Changes', icon: FileDiff, keys: 'g d' };
const registry: Entry = { screen: 'registry', label: 'Registry', icon: BookCheck, keys: 'g r' };
const inventory: Entry = { screen: 'inventory', label: 'Inventory', icon: List, keys: 'g i' };
const graph: Entry = { screen: 'graph', label: 'Graph', icon: Waypoints, keys: 'g g' };
const ask: Entry = { screen: 'ask', label: 'Ask', icon: CircleQuestionMark, keys: 'g a' };
const findings: Entry = { screen: 'findings', label: 'Findings', icon: Flag, keys: 'g f' };
const settings: Entry = { screen: 'settings', label: 'Settings', icon: Settings, keys: 'g t' };

/** Screens that are a closer look at something of another one. */
const inside: { readonly [S in Screen]?: Screen } = { server: 'inventory' };

/** Screens that exist, in the order of the work. */
export function Rail({ screen, open }: { readonly screen: Screen; readonly open: boolean }) {
  const list = valueOf(useCall('scans.list', {})) ?? [];
  const assets =
    list.find((scan) => scan.status === 'complete')?.assets ?? list.find((scan) => scan.status === 'partial')?.assets;
  const link = (entry: Entry, number?: number) => (
    <RailLink entry={entry} current={entry.screen === (inside[screen] ?? screen)} number={number} />
  );
  return (
    <nav className={`rail${open ? '' : ' rail--closed'}`} aria-label="Screens">
      {link(overview)}
      {link(scans)}
      {link(coverage)}
      {link(changes)}
      {!open && <div className="rail__rule" />}
      <h3 className="rail__group">Understand</h3>
      {link(inventory, assets)}
      {link(graph)}
      {link(ask)}
      {link(findings)}
      {link(registry)}
      <div className="rail__push" />
      {link(settings)}
    </nav>
  );
}

type RailLinkProps = { readonly entry: Entry; readonly current: boolean; readonly number: number | undefined };

function RailLink({ entry, current, number }: RailLinkProps) {
  const Icon = entry.icon;
  const asset = useSelectedAsset();
  const keeps = (entry.screen === 'inventory' || entry.screen === 'graph') && asset !== '';
  const link = (
    <Link
      className="rail__link"
      href={formatAddress(entry.screen, keeps ? { asset } : {})}
      aria-current={current ? 'page' : undefined}
    >
      <Icon aria-hidden />
      <span>{entry.label}</span>
      {number !== undefined && number > 0 && <span className="rail__count figures">{count(number)}</span>}
    </Link>
  );
  return (
    <Tooltip label={entry.label} keys={entry.keys} side="right">
      {link}
    </Tooltip>
  );
}
