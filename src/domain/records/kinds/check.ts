import { UserError } from '#domain/errors';
import { join, say } from '#domain/text';
import { choice, date, quantity, text, type Values } from '../fields.ts';
import { type AnyKind, type Change, defineKind } from '../kind.ts';

const fields = {
  phase: choice(
    ['阶段', 'phase'],
    {
      early: ['早期', 'early', '前期', '产前'],
      middle: ['中期', 'middle', '中检'],
      final: ['终期', 'final', '尾期', '尾检', '终检'],
    },
    { bare: true, required: true, when: 'add' },
  ),
  result: choice(
    ['结果', 'result'],
    { pass: ['合格', 'pass', 'passed'], fail: ['不合格', 'fail', 'failed'] },
    { bare: true, required: true },
  ),
  date: date(['验货日期', 'checked on'], { keys: ['日期', 'date'], when: 'add' }),
  sampled: quantity(['抽检数', 'sampled'], { keys: ['抽查数'] }),
  defects: quantity(['疵点数', 'defects'], { keys: ['不良数'] }),
  findings: text(['问题', 'findings'], 1000, { keys: ['发现', '疵点'] }),
  action: text(['整改', 'corrective action'], 1000, { keys: ['整改措施', '措施', 'action'] }),
  signer: text(['工厂签字', 'signed by factory'], 60, { keys: ['签字人', 'signer'] }),
} as const;

type CheckValues = Values<typeof fields>;
type CheckState = 'checked' | 'correcting' | 'signed' | 'filed';

function demandAction({ state, values }: Change<CheckValues, CheckState>): void {
  if (values.result === 'fail' && values.findings === undefined)
    throw new UserError(
      'check.no-findings',
      say('不合格要写明发现了什么问题。', 'A failed check must say what was found.'),
      say('例如加上 问题=“袖口脱线”', 'Add for example findings="open seams at the cuffs"'),
    );
  if (state === 'signed' && values.result === 'fail' && values.action === undefined)
    throw new UserError(
      'check.no-action',
      say(
        '不合格的验货，工厂签字前要写明怎么整改。',
        'A failed check needs its corrective action before the factory signs.',
      ),
      say('例如加上 整改=“返工袖口，全检”', 'Add for example action="redo the cuffs, check all"'),
    );
}

/** O8. The report is filed when a photo or file of it is with the record. */
export const check: AnyKind = defineKind<typeof fields, CheckState>({
  code: 'check',
  noun: { zh: '验货', en: 'check' },
  nouns: { zh: '验货', en: 'checks' },
  fields,
  states: {
    checked: {
      label: { zh: '已验待签', en: 'checked' },
      aliases: ['已验'],
      tone: 'blue',
      open: true,
      to: ['correcting', 'signed'],
    },
    correcting: {
      label: { zh: '整改中', en: 'correcting' },
      act: { zh: '整改中', en: 'Correcting' },
      tone: 'red',
      open: true,
      to: ['signed'],
      needs: ['action'],
    },
    signed: {
      label: { zh: '工厂已签', en: 'signed' },
      aliases: ['已签字', '签字'],
      act: { zh: '工厂签了', en: 'Signed' },
      tone: 'orange',
      open: true,
      to: ['filed'],
      needs: ['signer'],
    },
    filed: {
      label: { zh: '报告已归档', en: 'filed' },
      aliases: ['归档', '已归档'],
      act: { zh: '归档', en: 'File' },
      tone: 'green',
      open: false,
      to: [],
      photo: true,
    },
  },
  begins: 'checked',
  needsOrder: true,
  keepers: [],
  apart: 'phase',
  day: ({ date }) => date,
  title({ phase, result }) {
    const label = fields.phase.options.find(({ value }) => value === phase)?.label ?? '';
    return result === 'fail' ? join([label, say('不合格', 'failed')], ' · ') : label;
  },
  rules: [demandAction],
  mark(own) {
    if (own.length === 0) return undefined;
    const filed = own.filter(({ state }) => state === 'filed').length;
    const correcting = own.some(({ state }) => state === 'correcting');
    return {
      text: correcting
        ? say(`整改中 · ${filed}/${own.length} 归档`, `correcting · ${filed}/${own.length} filed`)
        : say(`${filed}/${own.length} 归档`, `${filed}/${own.length} filed`),
      tone: correcting ? 'red' : filed === own.length ? 'green' : 'orange',
    };
  },
});
