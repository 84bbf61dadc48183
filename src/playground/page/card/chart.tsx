import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../state/locale.ts';
import { Spinner } from './control.tsx';
import { Glyph } from './icons.tsx';
import { isPixels } from './style.ts';
import type { Element } from './types.ts';

interface DrawnChart {
  renderAsync(): Promise<unknown>;
  release(): void;
}

interface ChartLibrary {
  VChart: new (spec: unknown, options: unknown) => DrawnChart;
}

let library: Promise<ChartLibrary> | undefined;

/** Loads the chart library once, when the first chart is to be drawn. */
function loadLibrary(): Promise<ChartLibrary> {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/playground/assets/vchart.js';
    script.onload = () => resolve((globalThis as unknown as { VChart: ChartLibrary }).VChart);
    script.onerror = () => {
      library = undefined;
      reject(new Error('the chart library did not load'));
    };
    document.head.append(script);
  });
  return library;
}

const themes: Record<string, string[]> = {
  brand: ['#3370ff', '#8fb4ff', '#14c0ff', '#7b67ee', '#00d6b9', '#5c8bff', '#a3c2ff', '#0442d2'],
  rainbow: ['#3370ff', '#ff8800', '#34b04f', '#f54a45', '#7b67ee', '#14c0ff', '#ffc60a', '#eb2f96'],
  complementary: ['#3370ff', '#ffa53d', '#7aa2ff', '#ffc60a', '#14c0ff', '#ff8800'],
  converse: ['#f54a45', '#3370ff', '#ffa53d', '#14c0ff', '#ff8800', '#7b67ee'],
  primary: ['#0f3c9c', '#1456f0', '#4e83fd', '#82a7fc', '#bacefd', '#e1eaff'],
};

/** The `chart` component; unless the card forbids it, a button opens it in a window of its own. */
export function ChartElement({ element }: { element: Element }) {
  const words = useWords();
  const [large, setLarge] = useState(false);
  return (
    <div class="chart-place">
      <Chart element={element} />
      {element.preview !== false && (
        <button
          type="button"
          class="icon-button chart-enlarge"
          data-testid="chart-enlarge"
          aria-label={words.enlarge}
          title={words.enlarge}
          onClick={() => setLarge(true)}
        >
          <Glyph name="expand" size="14px" />
        </button>
      )}
      {large && <LargeChart element={element} close={() => setLarge(false)} />}
    </div>
  );
}

function LargeChart({ element, close }: { element: Element; close(): void }) {
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog ref={box} class="large-chart" data-testid="large-chart" onClose={close} aria-label={words.enlarge}>
      <button type="button" class="icon-button" aria-label={words.close} onClick={close}>
        <Glyph name="close" size="16px" />
      </button>
      <Chart element={{ ...element, height: undefined, aspect_ratio: '16:9' }} />
    </dialog>
  );
}

/** A specification that cannot be drawn says so in its place. */
function Chart({ element }: { element: Element }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'drawn' | 'failed'>('loading');
  const spec = element.chart_spec;

  useEffect(() => {
    let chart: DrawnChart | undefined;
    let gone = false;
    const draw = async () => {
      const { VChart } = await loadLibrary();
      if (gone || !box.current) return;
      const theme = themes[String(element.color_theme ?? 'brand')] ?? themes.brand!;
      chart = new VChart(prepared(spec, theme, box.current.clientWidth), {
        dom: box.current,
        animation: false,
        mode: 'desktop-browser',
      });
      await chart.renderAsync();
      if (!gone) setState('drawn');
    };
    draw().catch(() => !gone && setState('failed'));
    return () => {
      gone = true;
      chart?.release();
    };
  }, [spec, element.color_theme]);

  const height = isPixels(element.height) ? element.height : undefined;
  const ratio = String(element.aspect_ratio ?? '').replace(':', ' / ');
  return (
    <div
      class={`chart${height || ratio ? '' : ' by-screen'}`}
      style={height ? { height } : ratio ? { aspectRatio: ratio } : {}}
      data-testid="card-chart"
      data-state={state}
    >
      <div ref={box} class="chart-canvas" />
      {state === 'loading' && <Spinner />}
      {state === 'failed' && <span class="chart-failed">{words.chartFailed}</span>}
    </div>
  );
}

const font =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const narrowPx = 400;

/**
 * The specification as the client completes it: colours of the theme unless it has its own, the page's font, and smaller words
 * where there is little room. `"media": []` refuses the latter, as on the platform.
 */
function prepared(spec: unknown, colours: string[], width: number): unknown {
  const given = structuredClone(spec) as Record<string, unknown>;
  const narrow = width < narrowPx && given.media === undefined;
  const label = given.label as Record<string, unknown> | undefined;
  return {
    color: colours,
    background: 'transparent',
    animation: false,
    theme: { fontFamily: font, ...(narrow ? { component: { title: { textStyle: { fontSize: 14 } } } } : {}) },
    ...(narrow ? { padding: 8 } : {}),
    ...given,
    ...(narrow && label?.visible === true
      ? { label: { overlap: { hideOnHit: true, strategy: [] }, style: { fontSize: 10 }, ...label } }
      : {}),
  };
}
