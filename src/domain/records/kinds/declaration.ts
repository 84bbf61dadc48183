import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { date, text, type Values } from '../fields.ts';
import { type AnyKind, type Change, defineKind } from '../kind.ts';

const fields = {
  number: text(['报关单号', 'declaration number'], 40, { keys: ['编号', 'number', 'no'], required: true }),
  date: date(['申报日期', 'declared on'], { keys: ['日期', 'date'] }),
} as const;

type DeclarationValues = Values<typeof fields>;

/** Digits and letters alone count: blanks, dashes and the width of characters do not make another number. */
export const declarationNumber = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

export function isDeclarationNumber(number: string, form: string | undefined): boolean {
  if (/^\d{18}$/.test(number)) return true;
  if (form === undefined || [...form].length !== number.length) return false;
  return [...form].every((shape, i) =>
    shape === '9' ? /\d/.test(number[i]!) : shape === 'A' ? /[A-Z]/.test(number[i]!) : shape === number[i],
  );
}

function demandNumber({ values, settings }: Change<DeclarationValues, 'declared'>): void {
  if (isDeclarationNumber(values.number ?? '', settings.declarationForm)) return;
  const digits = values.number?.length ?? 0;
  throw new UserError(
    'declaration.number',
    say(
      `「${values.number}」不是报关单号：要 18 位数字，这里有 ${digits} 位。`,
      `“${values.number}” is not a declaration number: 18 digits, these are ${digits}.`,
    ),
    settings.declarationForm === undefined
      ? say(
          '请照报关单抄写。公司用别的编号的话，请管理员用 /规则 设置 报关单号=… 设定。',
          'Copy it from the declaration. If your company uses other numbers, an administrator sets the form: /rule set declaration=…',
        )
      : say(
          `请照报关单抄写，或按公司的格式 ${settings.declarationForm}。`,
          `Copy it from the declaration, or use the company’s form ${settings.declarationForm}.`,
        ),
  );
}

function demandPast({ values, today }: Change<DeclarationValues, 'declared'>): void {
  if (values.date !== undefined && values.date > today)
    throw new UserError(
      'declaration.future',
      say(`申报日期 ${values.date} 还没有到。`, `The date ${values.date} is still to come.`),
      say('报关后再登记。', 'Record it once it has been declared.'),
    );
}

/** Export declarations: the basis of the yearly reward (FT-R1, FT-R2). Taken back with /undo. */
export const declaration: AnyKind = defineKind<typeof fields, 'declared'>({
  code: 'declare',
  noun: { zh: '报关', en: 'declaration' },
  nouns: { zh: '报关单', en: 'declarations' },
  fields,
  states: { declared: { label: { zh: '已申报', en: 'declared' }, tone: 'green', open: false, to: [] } },
  begins: 'declared',
  needsOrder: true,
  keepers: ['finance'],
  key: ({ number }) => number,
  day: ({ date }) => date,
  title: ({ number }) => number ?? '',
  complete: ({ values }) => ({
    ...values,
    ...(values.number !== undefined && { number: declarationNumber(values.number) }),
  }),
  rules: [demandNumber, demandPast],
  mark: (own) => (own.length === 0 ? undefined : { text: String(own.length), tone: 'grey' }),
});
