import { useEffect, useRef, useState } from 'preact/hooks';
import { resourceUrl } from '../state/api.ts';
import { useWords } from '../state/locale.ts';
import { useCardLocale } from './context.ts';
import { Spinner, useField, useTips } from './control.tsx';
import { Glyph } from './icons.tsx';
import { type Control, type Element, pick, pickPair, type Text } from './types.ts';

const widths: Record<string, string> = { large: '160px', medium: '80px', small: '40px', tiny: '16px' };

/** The `img` component; a click enlarges it unless the card says otherwise. */
export function ImageElement({ element }: { element: Element }) {
  const locale = useCardLocale();
  const key = pickPair(element, 'img_key', locale) ?? '';
  const alt = pick(element.alt as Text | undefined, locale);
  const title = pick(element.title as Text | undefined, locale);
  const size = String(element.size ?? '');
  const [, width, height] = /^(\d+)px (\d+)px$/.exec(size) ?? [];
  const fixed = widths[size];
  const crop = String(element.scale_type ?? '');
  const style = {
    width: width ? `${width}px` : (fixed ?? '100%'),
    height: height ? `${height}px` : fixed,
    objectFit: crop === 'fit_horizontal' || size === 'stretch' ? ('contain' as const) : ('cover' as const),
    objectPosition: crop === 'crop_top' ? 'top' : 'center',
    borderRadius: typeof element.corner_radius === 'string' ? element.corner_radius : undefined,
  };
  return (
    <figure class="card-image">
      {title && <figcaption>{title}</figcaption>}
      <Picture imageKey={key} alt={alt} style={style} preview={element.preview !== false} />
    </figure>
  );
}

/** An uploaded picture; words in its place when it does not load, and a large view on a click. */
export function Picture(props: {
  imageKey: string;
  alt: string;
  style?: Record<string, string | undefined>;
  preview?: boolean;
}) {
  const words = useWords();
  const [broken, setBroken] = useState(false);
  const [large, setLarge] = useState(false);
  if (broken) {
    return (
      <span class="broken-image">
        <Glyph name="info" /> {props.alt || words.missingImage}
      </span>
    );
  }
  const image = (
    <img src={resourceUrl(props.imageKey)} alt={props.alt} style={props.style} onError={() => setBroken(true)} />
  );
  if (!props.preview) return image;
  return (
    <>
      <button type="button" class="picture" aria-label={`${props.alt} ${words.enlarge}`} onClick={() => setLarge(true)}>
        {image}
      </button>
      {large && <LargePicture imageKey={props.imageKey} alt={props.alt} close={() => setLarge(false)} />}
    </>
  );
}

function LargePicture(props: { imageKey: string; alt: string; close(): void }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog ref={box} class="large-picture" onClose={props.close} aria-label={props.alt}>
      <button type="button" aria-label={useWords().close} onClick={props.close}>
        <img src={resourceUrl(props.imageKey)} alt={props.alt} />
      </button>
    </dialog>
  );
}

const places: Record<string, number> = { double: 2, triple: 3, bisect: 6, trisect: 9 };

/** The `img_combination` component. */
export function ImageCombinationElement({ element }: { element: Element }) {
  const mode = String(element.combination_mode ?? 'double');
  const images = (Array.isArray(element.img_list) ? element.img_list : []) as { img_key?: string }[];
  return (
    <div class={`combination ${mode}`} style={{ borderRadius: String(element.corner_radius ?? '6px') }}>
      {images.slice(0, places[mode] ?? 9).map((image, index) => (
        <Picture key={index} imageKey={image.img_key ?? ''} alt="" preview />
      ))}
    </div>
  );
}

interface ImageOption {
  img_key?: string;
  value?: string;
  disabled?: boolean;
  disabled_tips?: Text;
  hover_tips?: Text;
}

/** The `select_img` component: one or several pictures to choose. */
export function SelectImageElement({ element }: { element: Element }) {
  const locale = useCardLocale();
  const control = element as unknown as Control;
  const several = element.multi_select === true;
  const field = useField(element, (value) => ({ options: value as string[] }));
  const chosen = Array.isArray(field.value) ? field.value : field.value ? [String(field.value)] : [];
  const options = (Array.isArray(element.options) ? element.options : []) as ImageOption[];
  const choose = (value: string) => {
    if (!several) field.change(value);
    else field.change(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <div
      class={`select-image ${String(element.layout ?? 'bisect')}${field.missing ? ' missing' : ''}`}
      title={useTips(control)}
      aria-busy={field.busy}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: the choice shows only once it is taken
        <button
          key={option.value ?? index}
          type="button"
          role="checkbox"
          data-value={option.value}
          aria-checked={chosen.includes(option.value ?? '')}
          aria-disabled={control.disabled === true || option.disabled === true}
          aria-label={option.value}
          title={pick(option.disabled ? option.disabled_tips : option.hover_tips, locale) || undefined}
          style={{ aspectRatio: String(element.aspect_ratio ?? '16:9').replace(':', ' / ') }}
          onClick={() => !control.disabled && !option.disabled && !field.busy && choose(option.value ?? '')}
        >
          <Picture imageKey={option.img_key ?? ''} alt="" />
        </button>
      ))}
      {field.busy && <Spinner />}
      {field.dialog}
    </div>
  );
}
