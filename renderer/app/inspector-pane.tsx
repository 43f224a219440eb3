import './inspector-pane.css';
import { lazy, Suspense, useRef } from 'react';
import { LoadingLine } from '../ui/notes.tsx';
import { inspectorWidths, setInspectorWidth, useLayout } from '../actions/layout.ts';

const AssetInspector = lazy(async () => ({
  default: (await import('../features/inspector/asset-inspector.tsx')).AssetInspector,
}));

/** Always the selected thing. Width by dragging the edge, by arrows on it, or by `[` and `]`. */
export function InspectorPane() {
  const width = useLayout((state) => state.inspectorWidth);
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <aside className="inspector-pane" aria-label="Inspector" style={{ width }}>
      <div
        className="inspector-pane__edge"
        role="separator"
        tabIndex={0}
        aria-label="Width of the inspector"
        aria-orientation="vertical"
        aria-valuemin={inspectorWidths.min}
        aria-valuemax={inspectorWidths.max}
        aria-valuenow={width}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowLeft' ? 20 : event.key === 'ArrowRight' ? -20 : 0;
          if (step === 0) return;
          event.preventDefault();
          setInspectorWidth(width + step);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = { x: event.clientX, width };
        }}
        onPointerMove={(event) => {
          if (start.current !== null) setInspectorWidth(start.current.width + start.current.x - event.clientX);
        }}
        onPointerUp={() => {
          start.current = null;
        }}
      />
      <Suspense
        fallback={
          <div aria-busy="true">
            <LoadingLine>Opening the inspector.</LoadingLine>
          </div>
        }
      >
        <AssetInspector />
      </Suspense>
    </aside>
  );
}
