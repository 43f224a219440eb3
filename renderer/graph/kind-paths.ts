import * as bookMarked from 'lucide-react/icons/book-bookmark';
import * as bookOpen from 'lucide-react/icons/book-open';
import * as bot from 'lucide-react/icons/bot';
import * as brain from 'lucide-react/icons/brain';
import * as container from 'lucide-react/icons/container';
import * as database from 'lucide-react/icons/database';
import * as fence from 'lucide-react/icons/fence';
import * as globe from 'lucide-react/icons/globe';
import * as idCard from 'lucide-react/icons/id-card';
import * as keyRound from 'lucide-react/icons/key-round';
import * as layers from 'lucide-react/icons/layers';
import * as plug from 'lucide-react/icons/plug';
import * as puzzle from 'lucide-react/icons/puzzle';
import * as scrollText from 'lucide-react/icons/scroll-text';
import * as stamp from 'lucide-react/icons/stamp';
import * as user from 'lucide-react/icons/user';
import * as webhook from 'lucide-react/icons/webhook';
import * as wrench from 'lucide-react/icons/wrench';
import type { AssetKind } from '../../shared/kinds.ts';

/** Shape of an icon as lucide-react 1.73 keeps it beside each component; its types do not mention it. */
type IconNode = readonly [tag: string, attributes: Readonly<Record<string, string>>];
type IconModule = { readonly __iconData?: { readonly node?: readonly IconNode[] } };

/**
 * Outline of an icon in a 24 x 24 box as one path, so that the canvas, the SVG export and the cards draw the same thing
 * with one element.
 */
function outline(module: unknown): string {
  return ((module as IconModule).__iconData?.node ?? []).map(([tag, attributes]) => shape(tag, attributes)).join('');
}

function shape(tag: string, attributes: Readonly<Record<string, string>>): string {
  const at = (name: string): number => Number(attributes[name] ?? 0);
  switch (tag) {
    case 'path':
      return attributes['d'] ?? '';
    case 'line':
      return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
    case 'polyline':
    case 'polygon':
      return `M${(attributes['points'] ?? '').trim().replaceAll(/\s+/g, ' ')}${tag === 'polygon' ? 'Z' : ''}`;
    case 'circle':
    case 'ellipse': {
      const rx = tag === 'circle' ? at('r') : at('rx');
      const ry = tag === 'circle' ? at('r') : at('ry');
      return `M${at('cx') - rx} ${at('cy')}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
    }
    case 'rect': {
      const r = Math.min(at('rx'), at('width') / 2);
      const w = at('width') - 2 * r;
      const h = at('height') - 2 * r;
      const arc = (x: number, y: number): string => (r === 0 ? '' : `a${r} ${r} 0 0 1 ${x} ${y}`);
      return `M${at('x') + r} ${at('y')}h${w}${arc(r, r)}v${h}${arc(-r, r)}h${-w}${arc(-r, -r)}v${-h}${arc(r, -r)}Z`;
    }
    default:
      return '';
  }
}

const paths: { readonly [K in AssetKind]: string } = {
  agent: outline(bot),
  workload: outline(container),
  model: outline(brain),
  prompt: outline(scrollText),
  skill: outline(bookOpen),
  tool: outline(wrench),
  'mcp-server': outline(plug),
  plugin: outline(puzzle),
  'data-store': outline(database),
  repository: outline(bookMarked),
  identity: outline(idCard),
  credential: outline(keyRound),
  person: outline(user),
  'external-service': outline(globe),
  hook: outline(webhook),
  'approval-gate': outline(stamp),
  guardrail: outline(fence),
};

export const kindPath = (kind: AssetKind): string => paths[kind];
/** For a group of several kinds. */
export const mixedPath: string = outline(layers);
