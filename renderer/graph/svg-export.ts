import { assetKinds, origins } from '../../shared/kinds.ts';
import { edgeLabel, groupAt, itemFact, itemName } from './graph-view.ts';
import { pointOnEdge } from './edge-curves.ts';
import { oneLine, shorten } from './fit-text.ts';
import { kindPath, mixedPath } from './kind-paths.ts';
import { kindLook } from '../ui/kind-icon.tsx';
import { originDash } from './paint-edges.ts';
import { cardHeight, cardWidth } from './card-geometry.ts';
import type { Scene } from './scene.ts';
import type { GraphTheme } from './theme.ts';

/** Text for an XML attribute or element: markup is escaped, characters that XML 1.0 cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '')
    .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export type SvgOptions = {
  readonly theme: GraphTheme;
  readonly title: string;
  readonly description: string;
  readonly scale: number;
  /** False leaves the ground transparent. */
  readonly ground: boolean;
  measure(text: string, font: string): number;
};

const margin = 24;

/** The whole picture as SVG 1.1: real text, title and description, no script, no links, no foreign objects, no style sheet. */
export function sceneAsSvg(scene: Scene, { theme, title, description, scale, ground, measure }: SvgOptions): string {
  const { bounds, view } = scene;
  const width = bounds.width + 2 * margin;
  const height = bounds.height + 2 * margin;
  const parts: string[] = [];
  const number = (value: number): string => String(Math.round(value * 100) / 100);
  const text = (
    x: number,
    y: number,
    value: string,
    size: number,
    weight: number,
    colour: string,
    anchor = 'start',
  ): string =>
    `<text x="${number(x)}" y="${number(y)}" font-size="${size}" font-weight="${weight}" fill="${escapeXml(colour)}" text-anchor="${anchor}">${escapeXml(value)}</text>`;
  const short = (value: string, size: number, weight: number, room: number): string =>
    shorten(value, (part) => measure(part, `${weight} ${size}px ${theme.font}`) <= room);
  parts.push(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width * scale)}" height="${number(height * scale)}" viewBox="${number(bounds.x - margin)} ${number(bounds.y - margin)} ${number(width)} ${number(height)}" role="img" aria-labelledby="title description" font-family="${escapeXml(theme.font)}">`,
    `<title id="title">${escapeXml(oneLine(title))}</title>`,
    `<desc id="description">${escapeXml(oneLine(description))}</desc>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 .5 8 4 0 7.5z" fill="${escapeXml(theme.control)}"/></marker></defs>`,
  );
  if (ground)
    parts.push(
      `<rect x="${number(bounds.x - margin)}" y="${number(bounds.y - margin)}" width="${number(width)}" height="${number(height)}" fill="${escapeXml(theme.canvas)}"/>`,
    );
  scene.boxes.forEach((box, index) => {
    parts.push(
      `<rect x="${number(box.x)}" y="${number(box.y)}" width="${number(box.width)}" height="${number(box.height)}" rx="6" fill="${escapeXml(theme.panel)}" stroke="${escapeXml(theme.control)}"/>`,
      text(
        box.x + 16,
        box.y + 24,
        short(view.containers[index]?.label ?? '', 12, 600, box.width - 32),
        12,
        600,
        theme.text1,
      ),
    );
  });
  const labels: string[] = [];
  for (let edge = 0; edge < view.edgeCount; edge++) {
    const first = scene.curves.start[edge] as number;
    const end = scene.curves.start[edge + 1] as number;
    const points = Array.from(scene.curves.points.subarray(first, end), number);
    let path = `M${points[0]} ${points[1]}`;
    for (let at = 2; at < points.length; at += 6) path += `C${points.slice(at, at + 6).join(' ')}`;
    const origin = view.edgeOrigins[edge] as number;
    const dash = originDash[origin] ?? [];
    const line =
      dash.length === 0
        ? ''
        : ` stroke-dasharray="${dash.join(' ')}"${origins[origin] === 'observed' ? ' stroke-linecap="round"' : ''}`;
    parts.push(
      `<path d="${path}" fill="none" stroke="${escapeXml(theme.control)}" stroke-width="${origins[origin] === 'observed' ? 2 : 1.25}"${line} marker-end="url(#arrow)"/>`,
    );
    if (view.edgeCount > 600) continue;
    const middle = pointOnEdge(scene.curves, edge, 0.5);
    const label = edgeLabel(view, edge);
    const half = measure(label, `400 11px ${theme.font}`) / 2 + 4;
    labels.push(
      `<rect x="${number(middle.x - half)}" y="${number(middle.y - 7)}" width="${number(half * 2)}" height="14" fill="${escapeXml(theme.canvas)}"/>`,
      text(middle.x, middle.y + 4, label, 11, 400, theme.text2, 'middle'),
    );
  }
  parts.push(...labels);
  for (let item = 0; item < view.count; item++) {
    const x = scene.x[item] as number;
    const y = scene.y[item] as number;
    const group = groupAt(view, item);
    const kind = group === null ? (view.data.kinds[view.row[item] as number] as number) : group.kind;
    const name = assetKinds[kind];
    const colour = name === undefined ? theme.text2 : theme.family[kindLook(name).family];
    const card = (shift: number): string =>
      `<rect x="${number(x + shift + 0.5)}" y="${number(y + shift + 0.5)}" width="${cardWidth - 1}" height="${cardHeight - 1}" rx="6" fill="${escapeXml(theme.raised)}" stroke="${escapeXml(theme.control)}"/>`;
    parts.push(
      '<g>',
      `<title>${escapeXml(`${oneLine(itemName(view, item))}: ${oneLine(itemFact(view, item))}`)}</title>`,
      group === null ? '' : card(4),
      card(0),
      `<path transform="translate(${number(x + 9)} ${number(y + 8)}) scale(0.6667)" d="${escapeXml(name === undefined ? mixedPath : kindPath(name))}" fill="none" stroke="${escapeXml(colour)}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
      text(
        x + 33,
        y + 20.5,
        short(itemName(view, item), 12, 500, cardWidth - 41 - (group === null ? 0 : 30)),
        12,
        500,
        theme.text1,
      ),
      text(
        x + (group === null ? 33 : 10),
        y + 37,
        short(itemFact(view, item), 11, 400, cardWidth - (group === null ? 41 : 18)),
        11,
        400,
        theme.text3,
      ),
      group === null ? '' : text(x + cardWidth - 8, y + 20.5, String(group.rows.length), 11, 600, theme.text2, 'end'),
      '</g>',
    );
  }
  parts.push('</svg>');
  return parts.filter((part) => part !== '').join('\n');
}
