import { say } from '#domain/text';
import { date, text } from '../fields.ts';
import { type AnyKind, defineKind } from '../kind.ts';

const fields = {
  item: text(['部位', 'item'], 80, {
    keys: ['颜色', '款号'],
    placeholder: say('分颜色或款封样时写明', 'when colours are sealed apart'),
  }),
  date: date(['送封日期', 'submitted on'], { keys: ['日期', 'date'], when: 'add' }),
  opinion: text(['封样意见', 'opinion'], 1000, { keys: ['意见'] }),
  by: text(['封样人', 'sealed by'], 60, { keys: ['sealer', 'by'] }),
} as const;

/** O6. Whether bulk may start is decided in `order/gates.ts`. */
export const seal: AnyKind = defineKind<typeof fields, 'submitted' | 'to-correct' | 'corrected' | 'passed'>({
  code: 'seal',
  noun: { zh: '封样', en: 'seal' },
  nouns: { zh: '封样', en: 'seals' },
  fields,
  states: {
    submitted: {
      label: { zh: '已送封', en: 'submitted' },
      aliases: ['送封'],
      tone: 'blue',
      open: true,
      to: ['passed', 'to-correct'],
    },
    'to-correct': {
      label: { zh: '需修正', en: 'to be corrected' },
      aliases: ['修正', '不合格', '要改'],
      act: { zh: '要修正', en: 'To correct' },
      tone: 'red',
      open: true,
      to: ['corrected'],
      needs: ['opinion'],
    },
    corrected: {
      label: { zh: '已修正', en: 'corrected' },
      aliases: ['改好'],
      act: { zh: '改好了', en: 'Corrected' },
      tone: 'orange',
      open: true,
      to: ['passed', 'to-correct'],
    },
    passed: {
      label: { zh: '封样通过', en: 'passed' },
      aliases: ['通过', '合格'],
      act: { zh: '通过', en: 'Passed' },
      tone: 'green',
      open: false,
      to: [],
    },
  },
  begins: 'submitted',
  needsOrder: true,
  keepers: [],
  day: ({ date }) => date,
  title: ({ item }) => item ?? '',
  mark(own) {
    if (own.length === 0) return undefined;
    const worst = own.find(({ state }) => state === 'to-correct') ?? own.find(({ open }) => open) ?? own[0]!;
    const state = seal.states[worst.state]!;
    return { text: say(worst.open ? state.label.zh : '✓', worst.open ? state.label.en : '✓'), tone: state.tone };
  },
});
