import { useMemo } from 'preact/hooks';
import { useCardLocale } from './context.ts';
import { Elements } from './element.tsx';
import { FormContext, FormState } from './form-state.ts';
import { layoutStyle } from './style.ts';
import type { Element, Layout } from './types.ts';

/** The `form` component: nothing in it is reported before its submit button. */
export function FormElement({ element }: { element: Element }) {
  const locale = useCardLocale();
  // Switching the language must not throw away what was typed.
  const state = useMemo(() => new FormState(element.elements ?? [], locale), [element]);
  return (
    <FormContext.Provider value={state}>
      <form
        class="card-form"
        aria-label={String(element.name ?? '')}
        style={layoutStyle(element as Layout)}
        data-direction={element.direction as string | undefined}
        onSubmit={(event) => event.preventDefault()}
      >
        <Elements elements={element.elements} />
      </form>
    </FormContext.Provider>
  );
}
