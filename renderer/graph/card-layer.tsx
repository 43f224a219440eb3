import '@xyflow/react/dist/base.css';
import './card-layer.css';
import { type Node, type NodeProps, ReactFlow, type ReactFlowInstance } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { assetKinds } from '../../shared/kinds.ts';
import { kindLook } from '../ui/kind-icon.tsx';
import type { CardWindow } from './card-window.ts';
import { oneLine } from './fit-text.ts';
import { groupAt, type GroupFact, itemFact, itemKey, itemName } from './graph-view.ts';
import { kindPath, mixedPath } from './kind-paths.ts';
import type { SceneState } from './paint-scene.ts';
import { cardHeight, cardWidth } from './card-geometry.ts';
import type { Scene } from './scene.ts';

type CardData = {
  readonly name: string;
  readonly fact: string;
  readonly kind: number;
  /** Members of a group, 0 for a single asset. */
  readonly members: number;
  readonly facts: readonly GroupFact[];
  readonly look: string;
};
type CardNode = Node<CardData, 'card'>;

const Card = memo(({ data }: NodeProps<CardNode>) => {
  const kind = assetKinds[data.kind];
  return (
    <div className={`graph-card${data.members > 0 ? ' graph-card--group' : ''}${data.look}`}>
      <svg
        className={kind === undefined ? 'graph-card__icon' : `graph-card__icon kind-icon--${kindLook(kind).family}`}
        viewBox="0 0 24 24"
        aria-hidden
      >
        <path d={kind === undefined ? mixedPath : kindPath(kind)} />
      </svg>
      <span className="graph-card__name">{oneLine(data.name)}</span>
      {data.members > 0 && <span className="graph-card__count">{data.members.toLocaleString('en')}</span>}
      <span className="graph-card__fact">
        {data.members === 0
          ? oneLine(data.fact)
          : data.facts.map((fact) => (
              <span key={fact.text} className={fact.alarming ? 'graph-card__alarm' : undefined}>
                {fact.text}
              </span>
            ))}
      </span>
    </div>
  );
});
const nodeTypes = { card: Card };
const noEdges: never[] = [];

type CardLayerProps = {
  readonly scene: Scene;
  readonly window: CardWindow;
  readonly state: SceneState;
  readonly onReady: (flow: ReactFlowInstance<CardNode>) => void;
};

/**
 * What is read: React Flow nodes for the cards in sight, over the canvas that draws edges and everything else. The layer
 * takes no pointer and no focus; gestures, keys and the accessible name belong to the surface around it.
 */
export const CardLayer = memo(({ scene, window, state, onReady }: CardLayerProps) => {
  const nodes = useMemo<CardNode[]>(
    () => window.items.filter((item) => item < scene.view.count).map((item) => cardNode(scene, item, state)),
    [scene, window, state],
  );
  return (
    <ReactFlow<CardNode>
      className="graph-cards"
      aria-hidden
      nodes={nodes}
      edges={noEdges}
      nodeTypes={nodeTypes}
      onInit={onReady}
      minZoom={0.01}
      maxZoom={10}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      panOnDrag={false}
      zoomOnScroll={false}
      zoomOnPinch={false}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      proOptions={{ hideAttribution: true }}
    />
  );
});

function cardNode(scene: Scene, item: number, state: SceneState): CardNode {
  const { view } = scene;
  const group = groupAt(view, item);
  const row = view.row[item] as number;
  const dim = state.related !== null && state.related[item] === 0;
  const ring = item === state.selected ? ' graph-card--selected' : item === state.active ? ' graph-card--active' : '';
  return {
    id: itemKey(view, item),
    type: 'card',
    position: { x: scene.x[item] as number, y: scene.y[item] as number },
    width: cardWidth,
    height: cardHeight,
    data: {
      name: itemName(view, item),
      fact: group === null ? itemFact(view, item) : '',
      kind: row >= 0 ? (view.data.kinds[row] as number) : (group?.kind ?? -1),
      members: group?.rows.length ?? 0,
      facts: group?.facts.slice(0, 3) ?? [],
      look: `${dim ? ' graph-card--dim' : ''}${ring}`,
    },
  };
}
