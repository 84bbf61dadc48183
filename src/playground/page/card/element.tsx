import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useWords } from '../state/locale.ts';
import { ButtonElement } from './button.tsx';
import { ChartElement } from './chart.tsx';
import { CheckerElement } from './checker.tsx';
import { AudioElement, DivElement, RuleElement, TextElement } from './content.tsx';
import { DateElement } from './dates.tsx';
import { FormElement } from './form.tsx';
import { ImageCombinationElement, ImageElement, SelectImageElement } from './image.tsx';
import { InputElement } from './input.tsx';
import { CollapsibleElement, ColumnSetElement, InteractiveContainerElement } from './layout.tsx';
import { MarkdownElement } from './markdown/markdown.tsx';
import { OverflowElement } from './overflow.tsx';
import { PersonElement, PersonListElement } from './person.tsx';
import { SelectElement } from './select.tsx';
import { edges } from './style.ts';
import { TableElement } from './table.tsx';
import type { Element } from './types.ts';

/** Every component of Card JSON 2.0 that the page draws. */
const components: Record<string, ComponentType<{ element: Element }>> = {
  markdown: MarkdownElement,
  div: DivElement,
  plain_text: TextElement,
  lark_md: TextElement,
  hr: RuleElement,
  audio: AudioElement,
  img: ImageElement,
  img_combination: ImageCombinationElement,
  person: PersonElement,
  person_list: PersonListElement,
  column_set: ColumnSetElement,
  collapsible_panel: CollapsibleElement,
  interactive_container: InteractiveContainerElement,
  form: FormElement,
  input: InputElement,
  select_static: SelectElement,
  multi_select_static: SelectElement,
  select_person: SelectElement,
  multi_select_person: SelectElement,
  select_img: SelectImageElement,
  date_picker: DateElement,
  picker_time: DateElement,
  picker_datetime: DateElement,
  checker: CheckerElement,
  overflow: OverflowElement,
  button: ButtonElement,
  table: TableElement,
  chart: ChartElement,
};

/** Components that are as wide as they need to be; the others fill their container. */
const narrow = new Set([
  'button',
  'overflow',
  'person',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
]);

/** A container's children in their order. */
export function Elements({ elements }: { elements: Element[] | undefined }) {
  return (
    <>
      {(elements ?? []).map((element, index) => (
        <Part key={element.element_id ?? index} element={element} />
      ))}
    </>
  );
}

function Part({ element }: { element: Element }) {
  const words = useWords();
  const Drawn = components[element.tag];
  if (!Drawn) {
    return (
      <div class="unknown-part" role="alert" data-testid="unknown-part">
        {words.unknownPart(String(element.tag))}
      </div>
    );
  }
  const fills = !narrow.has(element.tag) || element.width === 'fill';
  return (
    <div
      class={`part ${fills ? 'fills' : 'fits'}`}
      style={{ margin: edges(element.margin) }}
      data-tag={element.tag}
      data-element-id={element.element_id}
    >
      <Guarded words={words.brokenPart(element.tag)}>
        <Drawn element={element} />
      </Guarded>
    </div>
  );
}

/** Keeps one part that fails from taking the whole page with it. */
class Guarded extends Component<{ words: string; children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ failed: true });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div class="unknown-part" role="alert" data-testid="unknown-part">
        {this.props.words}
      </div>
    );
  }
}
