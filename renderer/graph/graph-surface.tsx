import './graph-surface.css';
import type { ReactFlowInstance } from '@xyflow/react';
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Tooltip } from '../ui/tooltip.tsx';
import type { Viewport } from './canvas-layer.ts';
import { CardLayer } from './card-layer.tsx';
import { type CardWindow, nextCardWindow, noCards } from './card-window.ts';
import { itemSentence } from './graph-view.ts';
import { createMinimap, type Minimap } from './minimap.ts';
import type { SceneState } from './paint-scene.ts';
import { relatedTo, type Scene } from './scene.ts';
import { createStage, type Stage, type Target } from './stage.ts';
import { readTheme, watchTheme } from './theme.ts';

export type SurfaceHandle = {
  fit(): void;
  fitItems(items: readonly number[]): void;
  reveal(item: number): void;
  viewport(): Viewport | null;
  setViewport(viewport: Viewport): void;
  focus(): void;
  /** The element whose tokens an export takes its colours from. */
  element(): HTMLElement | null;
};

export type GraphSurfaceProps = {
  readonly scene: Scene;
  /** Accessible name, and one sentence about what is shown. */
  readonly label: string;
  readonly summary: string;
  /** Selected item and edge; -1 for none. */
  readonly selected: number;
  readonly selectedEdge: number;
  /** The picture is fitted again whenever this changes. */
  readonly fitKey: string;
  onPick(target: Target): void;
  onOpen(target: Target): void;
  onContext(target: Target): void;
  onMove(item: number, x: number, y: number, done: boolean): void;
  onKeyDown(event: KeyboardEvent<HTMLDivElement>): void;
  readonly hoverText: (target: Target) => string;
  readonly handle?: Ref<SurfaceHandle>;
  readonly children?: ReactNode;
};

const minimapWidth = 132;
const minimapHeight = 78;

/** Graph as picture: canvas, cards on top where they can be read, minimap, zoom, one focus for the whole. */
export function GraphSurface(props: GraphSurfaceProps) {
  const { scene, selected, selectedEdge } = props;
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<HTMLCanvasElement>(null);
  const percent = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const minimap = useRef<Minimap | null>(null);
  const flow = useRef<Pick<ReactFlowInstance, 'setViewport'> | null>(null);
  const [cards, setCards] = useState<CardWindow>(noCards);
  const [mapShown, setMapShown] = useState(true);
  const [themeVersion, setThemeVersion] = useState(0);

  const state = useMemo<SceneState>(
    () => ({
      selected,
      active: -1,
      hover: -1,
      selectedEdge,
      related: selected >= 0 && selected < scene.view.count ? relatedTo(scene.view, selected) : null,
    }),
    [scene, selected, selectedEdge],
  );
  const latest = useRef({ props, cards, state });
  useLayoutEffect(() => {
    latest.current = { props, cards, state };
  });

  useLayoutEffect(() => {
    if (host.current === null || canvas.current === null) return;
    const element = host.current;
    const made = createStage(element, canvas.current, {
      onFrame(viewport, size) {
        const now = latest.current;
        const next = nextCardWindow(now.props.scene, viewport, size, now.cards);
        if (next !== now.cards) {
          latest.current = { ...now, cards: next };
          stage.current?.setCovered(null);
          setCards(next);
        }
        void flow.current?.setViewport(viewport);
        minimap.current?.show(viewport, size);
        const shown = `${Math.round(viewport.zoom * 100)}\u202f%`;
        if (percent.current !== null && percent.current.textContent !== shown) percent.current.textContent = shown;
      },
      onPick: (target) => latest.current.props.onPick(target),
      onOpen: (target) => latest.current.props.onOpen(target),
      onContext: (target) => latest.current.props.onContext(target),
      onDrag: (item, x, y, done) => latest.current.props.onMove(item, x, y, done),
      onHover(target, clientX, clientY) {
        made.setState({ ...latest.current.state, hover: target.type === 'item' ? target.item : -1 });
        if (tip.current === null) return;
        const text = target.type === 'ground' ? '' : latest.current.props.hoverText(target);
        tip.current.hidden = text === '';
        tip.current.textContent = text;
        const place = element.getBoundingClientRect();
        const left = Math.min(clientX - place.left + 14, place.width - 260);
        tip.current.style.transform = `translate(${Math.max(4, left)}px, ${clientY - place.top + 16}px)`;
      },
    });
    stage.current = made;
    return () => {
      made.close();
      stage.current = null;
    };
  }, []);

  useEffect(() => watchTheme(() => setThemeVersion((version) => version + 1)), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme version stands for what is read from the page
  const theme = useMemo(() => readTheme(host.current ?? document.body), [themeVersion]);

  useLayoutEffect(() => stage.current?.setTheme(theme), [theme]);
  useLayoutEffect(() => stage.current?.setScene(scene), [scene]);
  useLayoutEffect(() => stage.current?.setState(state), [state]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place in the address asks for a new fit, a moved card does not
  useLayoutEffect(() => stage.current?.fit(), [props.fitKey]);
  const { view } = scene;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other items under the numbers that are mounted; a moved card has not
  useLayoutEffect(() => {
    setCards(noCards);
    latest.current = { ...latest.current, cards: noCards };
  }, [view]);
  useEffect(() => {
    // React Flow shows new nodes a frame after they were given; until then the canvas draws them.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => stage.current?.setCovered(cards.items));
    });
    return () => cancelAnimationFrame(frame);
  }, [cards]);
  useEffect(() => {
    if (map.current === null) return;
    minimap.current ??= createMinimap(map.current, minimapWidth, minimapHeight);
    minimap.current.setScene(scene, theme);
    if (stage.current !== null) minimap.current.show(stage.current.viewport(), stage.current.size());
  }, [scene, theme]);

  useImperativeHandle(props.handle, () => ({
    fit: () => stage.current?.fit(),
    fitItems: (items) => stage.current?.fitItems(items),
    reveal: (item) => stage.current?.reveal(item),
    viewport: () => stage.current?.viewport() ?? null,
    setViewport: (viewport) => stage.current?.setViewport(viewport),
    focus: () => host.current?.focus(),
    element: () => host.current,
  }));

  const onFlowReady = useCallback((instance: Pick<ReactFlowInstance, 'setViewport'>) => {
    flow.current = instance;
    if (stage.current !== null) void instance.setViewport(stage.current.viewport());
  }, []);
  const moveTo = (event: {
    readonly clientX: number;
    readonly clientY: number;
    readonly currentTarget: Element;
  }): void => {
    const place = event.currentTarget.getBoundingClientRect();
    const target = minimap.current?.toPlane(event.clientX - place.left, event.clientY - place.top);
    const now = stage.current;
    if (target === undefined || now === null) return;
    const { zoom } = now.viewport();
    now.setViewport({ x: now.size().width / 2 - target.x * zoom, y: now.size().height / 2 - target.y * zoom, zoom });
  };

  const activeId = `${id}-active`;
  const named = selected >= 0 && selected < scene.view.count;
  return (
    <div
      ref={host}
      className="graph-surface"
      role="application"
      aria-roledescription="graph"
      aria-label={props.label}
      aria-describedby={`${id}-summary`}
      aria-activedescendant={named ? activeId : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is one focusable thing whose items are its active descendants
      tabIndex={0}
      onKeyDown={props.onKeyDown}
    >
      <canvas ref={canvas} className="graph-surface__canvas" aria-hidden />
      {cards.items.length > 0 && <CardLayer scene={scene} window={cards} state={state} onReady={onFlowReady} />}
      <p id={`${id}-summary`} className="graph-surface__spoken">
        {props.summary} Arrow keys go to the neighbour on that side, J and K to the next and previous, Enter opens, T
        shows the table.
      </p>
      <div
        id={activeId}
        role="img"
        className="graph-surface__spoken"
        aria-label={named ? itemSentence(scene.view, selected) : 'Nothing selected'}
      />
      <div ref={tip} className="graph-surface__tip" hidden aria-hidden />
      {props.children}
      <div className="graph-surface__corner" data-graph-control>
        <canvas
          ref={map}
          className="graph-surface__minimap"
          aria-hidden
          hidden={!mapShown}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            moveTo(event);
          }}
          onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(event)}
        />
        <div className="graph-surface__zoom" role="group" aria-label="Zoom">
          <SurfaceButton
            label="Zoom out"
            onClick={() => stage.current?.zoomBy(1 / 1.25)}
            icon={<Minus aria-hidden />}
          />
          <Tooltip label="Zoom to 100 %">
            <button type="button" className="graph-surface__percent" onClick={() => stage.current?.zoomTo(1)}>
              <span ref={percent} />
            </button>
          </Tooltip>
          <SurfaceButton label="Zoom in" onClick={() => stage.current?.zoomBy(1.25)} icon={<Plus aria-hidden />} />
          <SurfaceButton
            label="Fit all"
            keys="f"
            onClick={() => stage.current?.fit()}
            icon={<Maximize aria-hidden />}
          />
          <SurfaceButton
            label={mapShown ? 'Hide minimap' : 'Show minimap'}
            pressed={mapShown}
            onClick={() => setMapShown(!mapShown)}
            icon={<MapIcon aria-hidden />}
          />
        </div>
      </div>
    </div>
  );
}

type SurfaceButtonProps = {
  readonly label: string;
  readonly keys?: string;
  readonly pressed?: boolean;
  readonly icon: ReactNode;
  onClick(): void;
};

function SurfaceButton({ label, keys, pressed, icon, onClick }: SurfaceButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button type="button" aria-label={label} aria-pressed={pressed} onClick={onClick}>
        {icon}
      </button>
    </Tooltip>
  );
}
