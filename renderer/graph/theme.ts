import type { KindFamily } from '../ui/kind-icon.tsx';

/** Colours and font of the page as a canvas or an exported file can use them: resolved, no variables. */
export type GraphTheme = {
  readonly canvas: string;
  readonly panel: string;
  readonly raised: string;
  readonly select: string;
  readonly edge: string;
  readonly control: string;
  readonly text1: string;
  readonly text2: string;
  readonly text3: string;
  readonly focus: string;
  readonly alarm: string;
  readonly untold: string;
  readonly family: { readonly [F in KindFamily]: string };
  readonly font: string;
};

/**
 * Reads the tokens where they apply. `light-dark()` is only resolved in a used property, so each one passes through the
 * colour of a probe. `scheme` forces light or dark, for exports; null takes what the place has.
 */
export function readTheme(place: HTMLElement, scheme: 'light' | 'dark' | null = null): GraphTheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  if (scheme !== null) probe.style.colorScheme = scheme;
  place.append(probe);
  const style = getComputedStyle(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return style.color;
  };
  const theme: GraphTheme = {
    canvas: colour('--surface-canvas'),
    panel: colour('--surface-panel'),
    raised: colour('--surface-raised'),
    select: colour('--surface-select'),
    edge: colour('--line-edge'),
    control: colour('--line-control'),
    text1: colour('--text-1'),
    text2: colour('--text-2'),
    text3: colour('--text-3'),
    focus: colour('--focus'),
    alarm: colour('--verdict-alarm'),
    untold: colour('--outcome-untold'),
    family: {
      agent: colour('--kind-agent'),
      mind: colour('--kind-mind'),
      tool: colour('--kind-tool'),
      data: colour('--kind-data'),
      authority: colour('--kind-authority'),
      outside: colour('--kind-outside'),
      control: colour('--kind-control'),
    },
    font: style.fontFamily,
  };
  probe.remove();
  return theme;
}

/** Calls back when the page turns light or dark, by its own switch or the system's. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', changed);
  };
}
