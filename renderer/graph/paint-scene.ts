import { createTextFitter, oneLine, type TextFitter } from './fit-text.ts';
import { groupAt, itemFact, itemName } from './graph-view.ts';
import { createIconSprites, iconColour, type IconSprites } from './icon-sprites.ts';
import { paintEdges } from './paint-edges.ts';
import { cardHeight, cardWidth, type Rectangle } from './card-geometry.ts';
import type { Scene } from './scene.ts';
import type { GraphTheme } from './theme.ts';

/** What a person does with the picture; -1 for nothing. */
export type SceneState = {
  readonly selected: number;
  readonly active: number;
  readonly hover: number;
  readonly selectedEdge: number;
  /** 1 for items that stay bright while something is selected; null: all are. */
  readonly related: Uint8Array | null;
};
export const quietState: SceneState = { selected: -1, active: -1, hover: -1, selectedEdge: -1, related: null };

/** How much of a card is drawn, by what can be read at that size. */
export type Detail = 'mark' | 'glyph' | 'name' | 'card';
export const detailAt = (zoom: number): Detail =>
  zoom < 0.2 ? 'mark' : zoom < 0.36 ? 'glyph' : zoom < 0.7 ? 'name' : 'card';

export type PaintOptions = {
  /** Part of the graph's plane that is visible. */
  readonly area: Rectangle;
  readonly zoom: number;
  readonly theme: GraphTheme;
  readonly state: SceneState;
  /** 1 for items that a card of the document covers: their ground is drawn, what is on it is not. */
  readonly covered: Uint8Array | null;
  /** The picture is being panned or zoomed. */
  readonly moving: boolean;
  readonly sprites: IconSprites;
  readonly texts: TextFitter;
};

/** Paints the visible part. The context's transform maps the graph's plane to the picture. Cost grows with what is visible. */
export function paintScene(context: CanvasRenderingContext2D, scene: Scene, options: PaintOptions): void {
  const visible = visibleItems(scene, options.area);
  paintBoxes(context, scene, options);
  paintEdges(context, scene, options);
  paintCards(context, scene, visible, options);
}

export function visibleItems(scene: Scene, area: Rectangle): Uint32Array {
  const { view } = scene;
  const { bounds } = scene;
  if (
    area.x <= bounds.x &&
    area.y <= bounds.y &&
    area.x + area.width >= bounds.x + bounds.width &&
    area.y + area.height >= bounds.y + bounds.height
  )
    return Uint32Array.from({ length: view.count }, (_, item) => item);
  const found: number[] = [];
  scene.index.visit(
    { x: area.x - cardWidth, y: area.y - cardHeight, width: area.width + cardWidth, height: area.height + cardHeight },
    (item) => {
      const x = scene.x[item] as number;
      const y = scene.y[item] as number;
      if (x + cardWidth >= area.x && x <= area.x + area.width && y + cardHeight >= area.y && y <= area.y + area.height)
        found.push(item);
    },
  );
  return Uint32Array.from(found);
}

function paintBoxes(context: CanvasRenderingContext2D, scene: Scene, { zoom, theme, area, texts }: PaintOptions): void {
  scene.boxes.forEach((box, index) => {
    if (
      box.x > area.x + area.width ||
      box.x + box.width < area.x ||
      box.y > area.y + area.height ||
      box.y + box.height < area.y
    )
      return;
    context.fillStyle = theme.panel;
    context.strokeStyle = theme.control;
    context.lineWidth = Math.max(1, 0.8 / zoom);
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 6);
    context.fill();
    context.stroke();
    const container = scene.view.containers[index];
    if (container === undefined) return;
    const size = Math.min(30, Math.max(12, 11 / zoom));
    if (size * zoom < 6) return;
    const font = `600 ${size}px ${theme.font}`;
    context.font = font;
    context.textBaseline = 'middle';
    context.fillStyle = theme.text1;
    const label = texts.fit(container.label, font, box.width - 32);
    context.fillText(label, box.x + 16, box.y + 20);
    if (zoom < 0.5) return;
    const used = context.measureText(label).width + 8;
    context.font = `400 11px ${theme.font}`;
    context.fillStyle = theme.text3;
    if (used + 60 < box.width - 32) context.fillText(container.detail, box.x + 16 + used, box.y + 20);
  });
}

function paintCards(
  context: CanvasRenderingContext2D,
  scene: Scene,
  visible: Uint32Array,
  options: PaintOptions,
): void {
  const { state } = options;
  const detail = detailAt(options.zoom);
  if (state.related === null) paintBatch(context, scene, visible, options, detail, false);
  else {
    const { related } = state;
    paintBatch(
      context,
      scene,
      visible.filter((item) => related[item] === 0),
      options,
      detail,
      true,
    );
    paintBatch(
      context,
      scene,
      visible.filter((item) => related[item] === 1),
      options,
      detail,
      false,
    );
  }
  for (const [item, colour] of [
    [state.hover, options.theme.control],
    [state.active, options.theme.focus],
    [state.selected, options.theme.focus],
  ] as const) {
    if (item < 0 || item >= scene.view.count) continue;
    const gap = 3 / Math.max(options.zoom, 0.2);
    context.strokeStyle = colour;
    context.lineWidth = 2 / Math.max(options.zoom, 0.05);
    context.beginPath();
    context.roundRect(
      (scene.x[item] as number) - gap,
      (scene.y[item] as number) - gap,
      cardWidth + 2 * gap,
      cardHeight + 2 * gap,
      6 + gap,
    );
    context.stroke();
  }
}

const kindAt = (scene: Scene, item: number): number => {
  const row = scene.view.row[item] as number;
  return row >= 0 ? (scene.view.data.kinds[row] as number) : (groupAt(scene.view, item)?.kind ?? -1);
};

/** All cards of one brightness: one path for their ground and outline, then pictures and text. */
function paintBatch(
  context: CanvasRenderingContext2D,
  scene: Scene,
  items: Uint32Array,
  options: PaintOptions,
  detail: Detail,
  dim: boolean,
): void {
  const { theme, zoom } = options;
  if (detail === 'mark') {
    paintMarks(context, scene, items, theme, dim);
    return;
  }
  const round = detail === 'card';
  const outline = new Path2D();
  const behind = new Path2D();
  for (const item of items) {
    const x = scene.x[item] as number;
    const y = scene.y[item] as number;
    if (scene.view.row[item] === -1) behind.roundRect(x + 4, y + 4, cardWidth, cardHeight, 6);
    if (round) outline.roundRect(x + 0.5, y + 0.5, cardWidth - 1, cardHeight - 1, 6);
    else outline.rect(x, y, cardWidth, cardHeight);
  }
  context.lineWidth = round ? 1 : 1 / zoom;
  context.strokeStyle = dim ? theme.edge : theme.control;
  context.fillStyle = dim ? theme.panel : theme.raised;
  context.fill(behind);
  context.stroke(behind);
  context.fill(outline);
  context.stroke(outline);
  context.globalAlpha = dim ? 0.6 : 1;
  if (detail === 'glyph') {
    for (const item of items)
      options.sprites.draw(
        context,
        kindAt(scene, item),
        (scene.x[item] as number) + cardWidth / 2 - 20,
        (scene.y[item] as number) + 4,
        40,
      );
  } else if (detail === 'name') paintNames(context, scene, items, options);
  else for (const item of items) if (options.covered?.[item] !== 1) paintFullCard(context, scene, item, options, dim);
  context.globalAlpha = 1;
}

/** Far away a card is a mark in the colour of its family. */
function paintMarks(
  context: CanvasRenderingContext2D,
  scene: Scene,
  items: Uint32Array,
  theme: GraphTheme,
  dim: boolean,
): void {
  const byColour = new Map<string, Path2D>();
  for (const item of items) {
    const colour = iconColour(theme, kindAt(scene, item));
    let path = byColour.get(colour);
    if (path === undefined) {
      path = new Path2D();
      byColour.set(colour, path);
    }
    path.rect(scene.x[item] as number, scene.y[item] as number, cardWidth, cardHeight);
  }
  context.globalAlpha = dim ? 0.2 : 0.7;
  for (const [colour, path] of byColour) {
    context.fillStyle = colour;
    context.fill(path);
  }
  context.globalAlpha = 1;
}

function paintNames(
  context: CanvasRenderingContext2D,
  scene: Scene,
  items: Uint32Array,
  { theme, sprites, texts }: PaintOptions,
): void {
  const font = `500 19px ${theme.font}`;
  const room = cardWidth - 44;
  context.font = font;
  context.textBaseline = 'middle';
  context.fillStyle = theme.text1;
  for (const item of items) {
    const x = scene.x[item] as number;
    const y = scene.y[item] as number;
    sprites.draw(context, kindAt(scene, item), x + 8, y + 12, 24);
    const group = groupAt(scene.view, item);
    const name = oneLine(group === null ? itemName(scene.view, item) : `${group.rows.length} ${group.label}`);
    const short = texts.fit(name, font, room);
    if (short === name) {
      context.fillText(name, x + 38, y + 25);
      continue;
    }
    // The name goes on in a second line, after a separator where there is one near the end of the first.
    const first = firstLine(short.slice(0, -1));
    context.fillText(first, x + 38, y + 15);
    context.fillText(texts.fit(name.slice(first.length).trimStart(), font, room), x + 38, y + 35);
  }
}

/** Cut after the last separator of a line, unless that would leave less than half of it. */
export function firstLine(line: string): string {
  const at = Math.max(...[' ', '-', '_', '/', '.', ':'].map((separator) => line.lastIndexOf(separator))) + 1;
  return at >= line.length / 2 ? line.slice(0, at) : line;
}

/** The card of the design: icon, name, one fact; a group also its number. */
function paintFullCard(
  context: CanvasRenderingContext2D,
  scene: Scene,
  item: number,
  { theme, sprites, texts }: PaintOptions,
  dim: boolean,
): void {
  const x = scene.x[item] as number;
  const y = scene.y[item] as number;
  const { view } = scene;
  sprites.draw(context, kindAt(scene, item), x + 9, y + 8, 16);
  context.textBaseline = 'middle';
  const group = groupAt(view, item);
  const nameFont = `500 12px ${theme.font}`;
  const factFont = `400 11px ${theme.font}`;
  let room = cardWidth - 33 - 8;
  if (group !== null) {
    const number = group.rows.length.toLocaleString('en');
    context.font = `600 11px ${theme.font}`;
    context.fillStyle = theme.text2;
    context.textAlign = 'right';
    context.fillText(number, x + cardWidth - 8, y + 16.5);
    context.textAlign = 'left';
    room -= context.measureText(number).width + 6;
  }
  context.font = nameFont;
  context.fillStyle = dim ? theme.text2 : theme.text1;
  context.fillText(texts.fit(itemName(view, item), nameFont, room), x + 33, y + 16.5);
  context.font = factFont;
  if (group === null) {
    context.fillStyle = theme.text3;
    context.fillText(texts.fit(itemFact(view, item), factFont, cardWidth - 33 - 8), x + 33, y + 33);
    return;
  }
  let left = x + 10;
  for (const fact of group.facts) {
    const rest = x + cardWidth - 8 - left;
    if (rest < 30) break;
    const text = texts.fit(fact.text, factFont, rest);
    if (text !== oneLine(fact.text) && left > x + 10) break;
    context.fillStyle = fact.alarming ? theme.alarm : theme.text2;
    context.fillText(text, left, y + 33);
    left += context.measureText(text).width + 8;
  }
}

/** What painting needs beside the scene, made again only when theme or size bucket change. */
export function createPaintTools(context: CanvasRenderingContext2D): {
  sprites(theme: GraphTheme, zoom: number, ratio: number): IconSprites;
  texts: TextFitter;
} {
  let made: { theme: GraphTheme; pixels: number; sprites: IconSprites } | null = null;
  return {
    sprites(theme, zoom, ratio) {
      const detail = detailAt(zoom);
      const size = detail === 'glyph' ? 40 : detail === 'name' ? 24 : 16;
      // Steps of a quarter, so that zooming does not draw all icons again in every frame.
      const pixels = Math.ceil(2 ** (Math.ceil(Math.log2(Math.max(4, size * zoom * ratio)) * 4) / 4));
      if (made === null || made.theme !== theme || made.pixels !== pixels)
        made = { theme, pixels, sprites: createIconSprites(theme, pixels) };
      return made.sprites;
    },
    texts: createTextFitter((text, font) => {
      if (context.font !== font) context.font = font;
      return context.measureText(text).width;
    }),
  };
}
