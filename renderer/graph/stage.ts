import { createCanvasLayer, type Viewport } from './canvas-layer.ts';
import { edgeAt } from './edge-curves.ts';
import { quietState, type SceneState } from './paint-scene.ts';
import { cardHeight, cardWidth, type Rectangle } from './card-geometry.ts';
import { boxTitleAt, itemAt, type Scene } from './scene.ts';
import type { GraphTheme } from './theme.ts';
import { fitArea, type Insets, panBy, reveal, type Size, wheelFactor, zoomAt } from './viewport.ts';

/** What lies under the pointer. */
export type Target =
  | { readonly type: 'item'; readonly item: number }
  | { readonly type: 'edge'; readonly edge: number }
  | { readonly type: 'box'; readonly box: number }
  | { readonly type: 'ground' };

export type StageEvents = {
  /** After every drawn frame. */
  onFrame(viewport: Viewport, size: Size): void;
  onPick(target: Target): void;
  onOpen(target: Target): void;
  /** Before a context menu opens at that place. */
  onContext(target: Target): void;
  onHover(target: Target, clientX: number, clientY: number): void;
  /** While a card is dragged, with its new top left corner; `done` once, at the end. */
  onDrag(item: number, x: number, y: number, done: boolean): void;
};

export type Stage = {
  setScene(scene: Scene): void;
  setTheme(theme: GraphTheme): void;
  setState(state: SceneState): void;
  /** Items whose cards stand on top, in the document; null while they are being mounted. */
  setCovered(items: readonly number[] | null): void;
  setViewport(viewport: Viewport): void;
  viewport(): Viewport;
  size(): Size;
  fit(): void;
  fitItems(items: readonly number[]): void;
  /** Around the middle. */
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  panBy(dx: number, dy: number): void;
  reveal(item: number): void;
  close(): void;
};

const insets: Insets = { top: 56, right: 24, bottom: 56, left: 24 };
const dragThreshold = 4;
/** Zoom from which cards can be dragged. */
const dragFrom = 0.36;
/** Milliseconds without a change of the viewport after which everything is drawn in full. */
const stillAfter = 120;
/** Half of the 24 px that an edge is wide for the pointer. */
const edgeReach = 12;

/** Canvas, viewport and gestures of one graph, without React: panning and zooming renders nothing but the canvas. */
export function createStage(host: HTMLElement, canvas: HTMLCanvasElement, events: StageEvents): Stage {
  const layer = createCanvasLayer(canvas);
  let scene: Scene | null = null;
  let viewport: Viewport = { x: 0, y: 0, zoom: 1 };
  let size: Size = { width: 0, height: 0 };
  let frame = 0;
  // A fitted picture stays fitted when the window changes, until a person moves it.
  let fitted = false;

  let still: ReturnType<typeof setTimeout> | undefined;
  let moving = false;

  const draw = (): void => {
    frame = 0;
    layer.draw(viewport, moving);
    events.onFrame(viewport, size);
  };
  const invalidate = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const show = (next: Viewport): void => {
    fitted = false;
    viewport = next;
    moving = true;
    clearTimeout(still);
    still = setTimeout(() => {
      moving = false;
      invalidate();
    }, stillAfter);
    invalidate();
  };
  const showFitted = (): void => {
    if (scene !== null && size.width > 0) show(fitArea(scene.bounds, size, insets));
    fitted = true;
  };
  const measure = (): void => {
    const next = { width: host.clientWidth, height: host.clientHeight };
    if (next.width === size.width && next.height === size.height) return;
    size = next;
    layer.resize(size.width, size.height, window.devicePixelRatio || 1);
    if (fitted && scene !== null) showFitted();
    // A resized canvas is empty until it is drawn: do it before the browser shows it.
    if (frame !== 0) cancelAnimationFrame(frame);
    draw();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(host);

  const toPlane = (event: {
    readonly clientX: number;
    readonly clientY: number;
  }): { x: number; y: number; px: number; py: number } => {
    const place = host.getBoundingClientRect();
    const px = event.clientX - place.left;
    const py = event.clientY - place.top;
    return { px, py, x: (px - viewport.x) / viewport.zoom, y: (py - viewport.y) / viewport.zoom };
  };
  const targetAt = (x: number, y: number): Target => {
    if (scene === null) return { type: 'ground' };
    const item = itemAt(scene, x, y, Math.max(0, (24 / viewport.zoom - cardHeight) / 2));
    if (item >= 0) return { type: 'item', item };
    const box = boxTitleAt(scene, x, y, Math.max(32, 24 / viewport.zoom));
    if (box >= 0) return { type: 'box', box };
    const edge = viewport.zoom >= 0.3 ? edgeAt(scene.curves, x, y, edgeReach / viewport.zoom) : -1;
    return edge >= 0 ? { type: 'edge', edge } : { type: 'ground' };
  };

  type Gesture = {
    readonly id: number;
    readonly startX: number;
    readonly startY: number;
    lastX: number;
    lastY: number;
    readonly target: Target;
    /** Item that moves with the pointer, -1 when the picture does. */
    readonly item: number;
    readonly grabX: number;
    readonly grabY: number;
    moved: boolean;
  };
  let gesture: Gesture | null = null;
  const touches = new Map<number, { x: number; y: number }>();
  let hoverFrame = 0;

  const onControl = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest('[data-graph-control]') !== null;

  const onPointerDown = (event: PointerEvent): void => {
    if (onControl(event)) return;
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (touches.size === 2) gesture = null;
    if (event.button !== 0 && event.button !== 1) return;
    const at = toPlane(event);
    const target = targetAt(at.x, at.y);
    // From far away a drag means the picture, not the speck under the pointer.
    const movable = target.type === 'item' && event.button === 0 && viewport.zoom >= dragFrom;
    const item = movable ? target.item : -1;
    if (touches.size === 1)
      gesture = {
        id: event.pointerId,
        startX: event.clientX,
        startY: event.clientY,
        lastX: event.clientX,
        lastY: event.clientY,
        target: event.button === 1 ? { type: 'ground' } : target,
        item,
        grabX: item >= 0 && scene !== null ? at.x - (scene.x[item] as number) : 0,
        grabY: item >= 0 && scene !== null ? at.y - (scene.y[item] as number) : 0,
        moved: false,
      };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const touch = touches.get(event.pointerId);
    if (touches.size === 2 && touch !== undefined) {
      pinch(event, touch);
      return;
    }
    if (gesture === null || event.pointerId !== gesture.id) {
      hover(event);
      return;
    }
    if (!gesture.moved && Math.hypot(event.clientX - gesture.startX, event.clientY - gesture.startY) < dragThreshold)
      return;
    if (!gesture.moved) {
      gesture.moved = true;
      host.setPointerCapture(event.pointerId);
      host.dataset['dragging'] = gesture.item >= 0 ? 'item' : 'ground';
    }
    if (gesture.item >= 0) {
      const at = toPlane(event);
      events.onDrag(gesture.item, at.x - gesture.grabX, at.y - gesture.grabY, false);
    } else show(panBy(viewport, event.clientX - gesture.lastX, event.clientY - gesture.lastY));
    gesture.lastX = event.clientX;
    gesture.lastY = event.clientY;
  };
  const onPointerUp = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (gesture === null || event.pointerId !== gesture.id) return;
    const { target, item, moved, grabX, grabY } = gesture;
    gesture = null;
    delete host.dataset['dragging'];
    if (!moved) {
      if (event.type === 'pointerup' && event.button === 0) events.onPick(target);
    } else if (item >= 0) {
      const at = toPlane(event);
      events.onDrag(item, at.x - grabX, at.y - grabY, true);
    }
  };
  const pinch = (event: PointerEvent, touch: { x: number; y: number }): void => {
    const [other] = [...touches].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    if (other === undefined) return;
    const before = Math.hypot(touch.x - other.x, touch.y - other.y);
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const place = host.getBoundingClientRect();
    const moved = panBy(viewport, (event.clientX - touch.x) / 2, (event.clientY - touch.y) / 2);
    show(
      zoomAt(
        moved,
        (event.clientX + other.x) / 2 - place.left,
        (event.clientY + other.y) / 2 - place.top,
        (moved.zoom * after) / Math.max(1, before),
      ),
    );
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const hover = (event: PointerEvent): void => {
    if (hoverFrame !== 0 || onControl(event)) return;
    const { clientX, clientY } = event;
    hoverFrame = requestAnimationFrame(() => {
      hoverFrame = 0;
      const at = toPlane({ clientX, clientY });
      const target = targetAt(at.x, at.y);
      host.dataset['over'] = target.type;
      events.onHover(target, clientX, clientY);
    });
  };
  const onWheel = (event: WheelEvent): void => {
    if (onControl(event)) return;
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      show(panBy(viewport, -(event.deltaX || event.deltaY), event.shiftKey ? 0 : -event.deltaY));
      return;
    }
    const { px, py } = toPlane(event);
    show(zoomAt(viewport, px, py, viewport.zoom * wheelFactor(event.deltaY, event.deltaMode, event.ctrlKey)));
  };
  const onDoubleClick = (event: MouseEvent): void => {
    if (onControl(event)) return;
    const at = toPlane(event);
    events.onOpen(targetAt(at.x, at.y));
  };
  const onContextMenu = (event: MouseEvent): void => {
    if (onControl(event)) return;
    const at = toPlane(event);
    // The menu key opens at the element, not at a place of the pointer: then the selection is meant.
    if (event.button === 2) events.onContext(targetAt(at.x, at.y));
  };
  const onLeave = (): void => {
    delete host.dataset['over'];
    events.onHover({ type: 'ground' }, 0, 0);
  };
  host.addEventListener('pointerdown', onPointerDown);
  host.addEventListener('pointermove', onPointerMove);
  host.addEventListener('pointerup', onPointerUp);
  host.addEventListener('pointercancel', onPointerUp);
  host.addEventListener('pointerleave', onLeave);
  host.addEventListener('wheel', onWheel, { passive: false });
  host.addEventListener('dblclick', onDoubleClick);
  host.addEventListener('contextmenu', onContextMenu, { capture: true });
  measure();

  const areaOf = (items: readonly number[]): Rectangle | null => {
    if (scene === null || items.length === 0) return null;
    const xs = items.map((item) => scene?.x[item] as number);
    const ys = items.map((item) => scene?.y[item] as number);
    const x = Math.min(...xs);
    const y = Math.min(...ys);
    return { x, y, width: Math.max(...xs) + cardWidth - x, height: Math.max(...ys) + cardHeight - y };
  };

  return {
    setScene(next) {
      const other = scene !== null && scene.view !== next.view;
      scene = next;
      layer.setScene(next);
      if (other && fitted) showFitted();
      else invalidate();
    },
    setTheme(theme) {
      layer.setTheme(theme);
      invalidate();
    },
    setState(state) {
      layer.setState(state);
      invalidate();
    },
    setCovered(items) {
      if (items === null || scene === null) layer.setCovered(null);
      else {
        const covered = new Uint8Array(scene.view.count);
        for (const item of items) covered[item] = 1;
        layer.setCovered(covered);
      }
    },
    setViewport: show,
    viewport: () => viewport,
    size: () => size,
    fit: showFitted,
    fitItems(items) {
      const area = areaOf(items);
      if (area !== null) show(fitArea(area, size, insets));
    },
    zoomBy: (factor) => show(zoomAt(viewport, size.width / 2, size.height / 2, viewport.zoom * factor)),
    zoomTo: (zoom) => show(zoomAt(viewport, size.width / 2, size.height / 2, zoom)),
    panBy: (dx, dy) => show(panBy(viewport, dx, dy)),
    reveal(item) {
      const area = areaOf([item]);
      if (area !== null) show(reveal(viewport, area, size, insets));
    },
    close() {
      clearTimeout(still);
      cancelAnimationFrame(frame);
      cancelAnimationFrame(hoverFrame);
      observer.disconnect();
      layer.setState(quietState);
      host.removeEventListener('pointerdown', onPointerDown);
      host.removeEventListener('pointermove', onPointerMove);
      host.removeEventListener('pointerup', onPointerUp);
      host.removeEventListener('pointercancel', onPointerUp);
      host.removeEventListener('pointerleave', onLeave);
      host.removeEventListener('wheel', onWheel);
      host.removeEventListener('dblclick', onDoubleClick);
      host.removeEventListener('contextmenu', onContextMenu, { capture: true });
    },
  };
}
