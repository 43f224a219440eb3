import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from '../../client/use-client.tsx';
import type { GraphData } from '../../graph/graph-data.ts';
import { type GraphView, itemKey } from '../../graph/graph-view.ts';
import { createLayouter, type Layouter } from '../../graph/layout/layout-client.ts';
import { layoutRequest, type Places } from '../../graph/layout-request.ts';
import { answerQuestion, type GraphQuestion } from '../../graph/questions.ts';
import { buildScene, moveItems, type Scene } from '../../graph/scene.ts';
import { layoutName } from './graph-address.ts';

export type PlacedScene = {
  /** The last picture that was placed; it stays on screen while the next one is made. Null before the first. */
  readonly scene: Scene | null;
  readonly problem: string | null;
  readonly placing: boolean;
  /** Changes when the picture is about something else, so that it is fitted again. */
  readonly fitKey: string;
  readonly moved: number;
  move(item: number, x: number, y: number, done: boolean): void;
  resetPlaces(): void;
  cancel(): void;
  again(): void;
};

type Place = { readonly x: number; readonly y: number };

/** Question to picture: view here, layout in the worker, places that people gave on top. */
export function useScene(data: GraphData, question: GraphQuestion): PlacedScene {
  const view = useMemo(() => answerQuestion(data, question), [data, question]);
  const name = layoutName(question);
  const manual = useManualPlaces(name);
  const [layouter, setLayouter] = useState<Layouter | null>(null);
  const [placed, setPlaced] = useState<{
    readonly scene: Scene;
    readonly name: string;
    readonly places: Places;
  } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [placing, setPlacing] = useState(false);
  const [turn, setTurn] = useState(0);
  const last = useRef<{ readonly key: string; readonly places: Places } | null>(null);

  useEffect(() => {
    const made = createLayouter();
    setLayouter(made);
    return () => made.close();
  }, []);

  const keepKey = `${name} ${question.hops} ${turn}`;
  useEffect(() => {
    if (layouter === null) return;
    let current = true;
    setPlacing(true);
    const previous = last.current?.key === keepKey ? last.current.places : null;
    void layouter.run(layoutRequest(view, previous)).then((outcome) => {
      if (!current || outcome.state === 'cancelled') return;
      setPlacing(false);
      if (outcome.state === 'done') {
        const scene = buildScene(view, outcome.answer);
        const places = placesOf(scene);
        last.current = { key: keepKey, places };
        setPlaced({ scene, name, places });
        setProblem(null);
      } else if (outcome.state === 'too-long')
        setProblem(
          `Placing ${view.count.toLocaleString('en')} items took longer than ${outcome.seconds} s and was stopped.`,
        );
      else setProblem(`The picture could not be placed: ${outcome.message}`);
    });
    return () => {
      current = false;
    };
  }, [layouter, view, keepKey, name]);

  const scene = useMemo(
    () => (placed === null ? null : moveItems(placed.scene, manualMoves(placed.scene.view, manual.places))),
    [placed, manual.places],
  );

  const { set } = manual;
  const move = useCallback(
    (item: number, x: number, y: number, done: boolean) => {
      if (scene !== null) set(itemKey(scene.view, item), { x: Math.round(x), y: Math.round(y) }, done);
    },
    [scene, set],
  );
  const { reset } = manual;
  return {
    scene,
    problem,
    placing,
    fitKey: placed === null ? '' : `${placed.name} ${placed.scene.view.data.scan}`,
    moved: manual.places.size,
    move,
    resetPlaces: useCallback(() => {
      reset();
      setTurn((value) => value + 1);
    }, [reset]),
    cancel: useCallback(() => {
      layouter?.cancel();
      setPlacing(false);
      setProblem('Placing was stopped.');
    }, [layouter]),
    again: useCallback(() => {
      setProblem(null);
      setTurn((value) => value + 1);
    }, []),
  };
}

function placesOf(scene: Scene): Places {
  const places = new Map<string, Place>();
  for (let item = 0; item < scene.view.count; item++)
    places.set(itemKey(scene.view, item), { x: scene.x[item] as number, y: scene.y[item] as number });
  return places;
}

function manualMoves(view: GraphView, places: ReadonlyMap<string, Place>): ReadonlyMap<number, Place> {
  const moves = new Map<number, Place>();
  if (places.size === 0) return moves;
  for (let item = 0; item < view.count; item++) {
    const place = places.get(itemKey(view, item));
    if (place !== undefined) moves.set(item, place);
  }
  return moves;
}

const noPlaces: ReadonlyMap<string, Place> = new Map();

/** Places that a person gave to cards of one layout, kept in the workspace. */
function useManualPlaces(name: string) {
  const client = useClient();
  const [known, setKnown] = useState<{ readonly name: string; readonly places: ReadonlyMap<string, Place> }>({
    name: '',
    places: noPlaces,
  });
  useEffect(() => {
    let current = true;
    void client.call('views.positions', { layout: name }).then((result) => {
      if (current && result.ok) setKnown({ name, places: new Map(result.value.map(({ id, x, y }) => [id, { x, y }])) });
    });
    return () => {
      current = false;
    };
  }, [client, name]);
  const places = known.name === name ? known.places : noPlaces;
  const latest = useRef(places);
  latest.current = places;
  const store = useCallback(
    (next: ReadonlyMap<string, Place>) =>
      // A read-only workspace refuses; the place then lasts as long as the window.
      void client.call('views.setPositions', {
        layout: name,
        positions: Array.from(next, ([id, place]) => ({ id, ...place })).slice(0, 10_000),
      }),
    [client, name],
  );
  return {
    places,
    set: useCallback(
      (key: string, place: Place, done: boolean) => {
        const next = new Map(latest.current).set(key, place);
        latest.current = next;
        setKnown({ name, places: next });
        if (done) store(next);
      },
      [name, store],
    ),
    reset: useCallback(() => {
      latest.current = noPlaces;
      setKnown({ name, places: noPlaces });
      store(noPlaces);
    }, [name, store]),
  };
}
