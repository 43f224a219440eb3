import { layoutGraph, type LayoutRequest } from './layout-graph.ts';

type Message = { readonly id: number; readonly request: LayoutRequest };

// The page's types do not know what a worker's global scope can do.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Message>) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
};

scope.onmessage = (event) => {
  const { id, request } = event.data;
  const answer = layoutGraph(request);
  scope.postMessage(
    { id, answer },
    Object.values(answer).map((array) => array.buffer as ArrayBuffer),
  );
};
