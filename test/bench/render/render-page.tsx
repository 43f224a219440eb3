import '../../../renderer/ui/tokens.css';
import './render-page.css';
import '@xyflow/react/dist/style.css';
import {
  Background,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react';
import { createRef, memo } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { buildGraphData } from '../../../renderer/graph/graph-data.ts';
import { GraphSurface, type SurfaceHandle } from '../../../renderer/graph/graph-surface.tsx';
import type { GraphView } from '../../../renderer/graph/graph-view.ts';
import { createLayouter, type Layouter } from '../../../renderer/graph/layout/layout-client.ts';
import { layoutRequest } from '../../../renderer/graph/layout-request.ts';
import { answerQuestion } from '../../../renderer/graph/questions.ts';
import { buildScene, type Scene } from '../../../renderer/graph/scene.ts';
import { TooltipProvider } from '../../../renderer/ui/tooltip.tsx';
import { packText } from '../../../shared/contract/columns.ts';
import { assetKinds } from '../../../shared/kinds.ts';

/** The same positions and edges for both: a grid of cards and seeded edges to later ones. */
type Sample = {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly from: Uint32Array<ArrayBuffer>;
  readonly to: Uint32Array<ArrayBuffer>;
  readonly wide: number;
};

function makeSample(count: number): Sample {
  let seed = 42;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  const edges: [number, number][] = [];
  for (let edge = 0; edge < count * 1.5; edge++) {
    const a = Math.floor(random() * count);
    const b = Math.min(count - 1, a + 1 + Math.floor(random() * columns * 2));
    if (a !== b) edges.push([a, b]);
  }
  return {
    count,
    x: Float64Array.from({ length: count }, (_, item) => (item % columns) * 220),
    y: Float64Array.from({ length: count }, (_, item) => Math.floor(item / columns) * 90),
    from: Uint32Array.from(edges, ([a]) => a),
    to: Uint32Array.from(edges, ([, b]) => b),
    wide: columns * 220,
  };
}

const columnsOf = (sample: Sample) => ({
  assets: {
    scan: 1,
    count: sample.count,
    ids: packText(Array.from({ length: sample.count }, (_, item) => `n${item}`)),
    names: packText(Array.from({ length: sample.count }, (_, item) => `server-${item}`)),
    kinds: Uint8Array.from({ length: sample.count }, (_, item) => item % assetKinds.length),
    origins: new Uint8Array(sample.count),
    confidences: new Uint8Array(sample.count),
    dynamic: new Uint8Array(sample.count),
    hosts: packText(Array.from({ length: sample.count }, () => 'host')),
    repositories: packText(Array.from({ length: sample.count }, () => '')),
    places: packText(Array.from({ length: sample.count }, () => 'a:1')),
    sources: packText(Array.from({ length: sample.count }, () => 'bench')),
    notes: packText(Array.from({ length: sample.count }, () => 'mcp-server, low')),
  },
  relations: {
    scan: 1,
    count: sample.from.length,
    from: sample.from,
    to: sample.to,
    kinds: new Uint8Array(sample.from.length),
    origins: Uint8Array.from({ length: sample.from.length }, (_, edge) => edge % 3),
  },
});

function viewOf(sample: Sample): GraphView {
  const { assets, relations } = columnsOf(sample);
  return answerQuestion(buildGraphData(assets, relations), {
    lens: 'all',
    focus: null,
    hops: 2,
    group: 'none',
    hiddenKinds: 0,
    hiddenRelations: 0,
    open: new Set(),
    closed: new Set(),
  });
}

function sceneOf(sample: Sample): Scene {
  const view = viewOf(sample);
  return buildScene(view, {
    x: sample.x,
    y: sample.y,
    boxX: new Float64Array(0),
    boxY: new Float64Array(0),
    boxWidth: new Float64Array(0),
    boxHeight: new Float64Array(0),
    bendStart: new Uint32Array(view.edgeCount + 1),
    bendX: new Float64Array(0),
    bendY: new Float64Array(0),
  });
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
const root = (): HTMLElement => document.getElementById('root') as HTMLElement;

export type Frames = { readonly fps: number; readonly p50: number; readonly p95: number };

async function measureFrames(step: (seconds: number) => void, milliseconds: number): Promise<Frames> {
  const times: number[] = [];
  const begin = performance.now();
  let last = begin;
  while (last - begin < milliseconds) {
    step((last - begin) / 1000);
    await nextFrame();
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  return {
    fps: times.length / ((last - begin) / 1000),
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p95: times[Math.floor(times.length * 0.95)] ?? 0,
  };
}

function mountSurface(scene: Scene): { readonly root: Root; readonly handle: React.RefObject<SurfaceHandle | null> } {
  const handle = createRef<SurfaceHandle>();
  const mounted = createRoot(root());
  const nothing = (): void => {};
  mounted.render(
    <TooltipProvider>
      <GraphSurface
        scene={scene}
        label="Bench"
        summary=""
        selected={-1}
        selectedEdge={-1}
        fitKey="bench"
        onPick={nothing}
        onOpen={nothing}
        onContext={nothing}
        onMove={nothing}
        onKeyDown={nothing}
        hoverText={() => ''}
        handle={handle}
      />
    </TooltipProvider>,
  );
  return { root: mounted, handle };
}

const cardsMounted = (): number => document.querySelectorAll('.react-flow__node').length;

async function untilPainted(): Promise<void> {
  const canvas = (): HTMLCanvasElement | null => document.querySelector('.graph-surface__canvas');
  // The percentage is written by the first drawn frame.
  while (canvas() === null || document.querySelector('.graph-surface__percent span')?.textContent === '')
    await nextFrame();
  await nextFrame();
}

/** Everything in sight, panned by a little and zoomed around the fitted size, as a person would. */
async function surface(count: number) {
  const sample = makeSample(count);
  const scene = sceneOf(sample);
  const mounted = mountSurface(scene);
  await untilPainted();
  const { zoom } = mounted.handle.current?.viewport() ?? { zoom: 1 };
  const whole = 1400 / sample.wide;
  const pan = await measureFrames(
    (t) => mounted.handle.current?.setViewport({ x: -t * 40, y: -t * 15, zoom: whole }),
    3000,
  );
  const zoomed = await measureFrames(
    (t) => mounted.handle.current?.setViewport({ x: 20, y: 10, zoom: whole * (1 + 0.1 * Math.sin(t * 3)) }),
    2000,
  );
  const near = await measureFrames(
    (t) => mounted.handle.current?.setViewport({ x: -t * 400, y: -t * 150, zoom: 1 }),
    3000,
  );
  mounted.root.unmount();
  await nextFrame();
  return { fitted: zoom, pan, zoom: zoomed, near };
}

/** Most cards mounted while zooming from the whole to 200 % and panning there. */
async function mostMounted(count: number): Promise<number> {
  const sample = makeSample(count);
  const mounted = mountSurface(sceneOf(sample));
  await untilPainted();
  let most = 0;
  for (let zoom = 1400 / sample.wide; zoom <= 2; zoom *= 1.05) {
    mounted.handle.current?.setViewport({ x: -400 * zoom, y: -300 * zoom, zoom });
    await nextFrame();
    await nextFrame();
    most = Math.max(most, cardsMounted());
  }
  for (let step = 0; step < 60; step++) {
    mounted.handle.current?.setViewport({ x: -400 - step * 90, y: -300 - step * 30, zoom: 0.6 });
    await nextFrame();
    most = Math.max(most, cardsMounted());
  }
  mounted.root.unmount();
  await nextFrame();
  return most;
}

/** From typed columns and positions to the first drawn frame. */
async function firstPaint(count: number): Promise<number> {
  const sample = makeSample(count);
  const begin = performance.now();
  const mounted = mountSurface(sceneOf(sample));
  await untilPainted();
  const took = performance.now() - begin;
  mounted.root.unmount();
  await nextFrame();
  return took;
}

let layouter: Layouter | null = null;

/** The same with the layout made in the worker in between. */
async function firstPaintWithLayout(count: number): Promise<number> {
  layouter ??= createLayouter();
  await layouter.run(layoutRequest(viewOf(makeSample(10)), null));
  const sample = makeSample(count);
  const begin = performance.now();
  const view = viewOf(sample);
  const outcome = await layouter.run(layoutRequest(view, null));
  if (outcome.state !== 'done') throw new Error(outcome.state);
  const mounted = mountSurface(buildScene(view, outcome.answer));
  await untilPainted();
  const took = performance.now() - begin;
  mounted.root.unmount();
  await nextFrame();
  return took;
}

type BareNode = Node<{ label: string; kind: string; risk: string }, 'agent'>;
const BareCard = memo(({ data }: NodeProps<BareNode>) => (
  <div
    style={{
      width: 160,
      height: 48,
      border: '1px solid #456',
      borderRadius: 6,
      background: '#fff',
      font: '12px sans-serif',
      padding: 4,
      boxSizing: 'border-box',
    }}
  >
    <Handle type="target" position={Position.Left} />
    <b>{data.label}</b>
    <div style={{ color: '#678' }}>
      {data.kind} · {data.risk}
    </div>
    <Handle type="source" position={Position.Right} />
  </div>
));
const bareTypes = { agent: BareCard };

/** React Flow as its documentation starts with it, with the same positions and edges. */
async function bareFlow(count: number, everything: boolean, measure: boolean) {
  const sample = makeSample(count);
  const nodes: BareNode[] = Array.from({ length: count }, (_, item) => ({
    id: `n${item}`,
    type: 'agent',
    position: { x: sample.x[item] as number, y: sample.y[item] as number },
    data: { label: `server-${item}`, kind: 'mcp-server', risk: 'low' },
    width: 160,
    height: 48,
  }));
  const edges = Array.from(sample.from, (a, edge) => ({
    id: `e${edge}`,
    source: `n${a}`,
    target: `n${sample.to[edge]}`,
  }));
  const zoom = everything ? 1400 / sample.wide : 1;
  const begin = performance.now();
  const mounted = createRoot(root());
  let instance: ReactFlowInstance<BareNode> | null = null;
  await new Promise<void>((resolve) => {
    mounted.render(
      <div style={{ width: 1400, height: 900 }}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={bareTypes}
          onlyRenderVisibleElements={!everything}
          minZoom={0.01}
          defaultViewport={{ x: 0, y: 0, zoom }}
          nodesDraggable={false}
          nodesConnectable={false}
          onInit={(made) => {
            instance = made as ReactFlowInstance<BareNode>;
            resolve();
          }}
        >
          <Background />
        </ReactFlow>
      </div>,
    );
  });
  await nextFrame();
  await nextFrame();
  for (let waited = 0; document.querySelectorAll('.react-flow__edge').length === 0 && waited < 600; waited++)
    await nextFrame();
  await nextFrame();
  const first = performance.now() - begin;
  const flow = instance as unknown as ReactFlowInstance<BareNode>;
  const pan = measure
    ? await measureFrames((t) => void flow.setViewport({ x: -t * 40, y: -t * 15, zoom }), 3000)
    : null;
  mounted.unmount();
  await nextFrame();
  return { first, pan };
}

const bench = { surface, mostMounted, firstPaint, firstPaintWithLayout, bareFlow };
export type Bench = typeof bench;
(globalThis as unknown as { bench: Bench }).bench = bench;
