import { fraction, NumberTextError, parseYuan } from '#domain/money';
import { type ChoiceName, choices, settingsSchema } from '#domain/pay/settings';
import { say, type Text } from '#domain/text';

/**
 * What a company may set for its pay from a month on: every choice of domain section 9, the legal guard with region and approval number,
 * prices of sample kinds (`price.衬衫`), rates of currencies (`rate.USD`).
 */
export const choiceNames = Object.keys(choices) as ChoiceName[];

/** @returns what is wrong with it, in words; undefined when it can be set. Empty takes a setting back. */
export function companySettingProblem(name: string, value: string): Text | undefined {
  if (value === '') return known(name) ? undefined : unknown(name);
  if (name.startsWith('price.') || name === 'nightRate')
    return readable(() => parseYuan(value), name)
      ? undefined
      : say(`「${value}」不是金额，例如 15.00`, `“${value}” is not an amount, like 15.00`);
  if (name.startsWith('rate.'))
    return /^rate\.[A-Z]{3}$/.test(name) &&
      /^\d{1,6}(\.\d{1,6})?$/.test(value) &&
      readable(() => fraction(value), name) &&
      !/^0+(\.0+)?$/.test(value)
      ? undefined
      : say(`汇率写成 rate.USD=7.12`, `write a rate like rate.USD=7.12`);
  if (name === 'region' || name === 'hoursApproval')
    return [...value].length <= 60 ? undefined : say('太长了，最多 60 个字', 'too long: at most 60 characters');
  if (!(choiceNames as string[]).includes(name)) return unknown(name);
  if (settingsSchema.safeParse({ [name]: value }).success) return undefined;
  const answers = Object.entries(choices[name as ChoiceName].answers as Record<string, { zh: string; en: string }>);
  return say(
    `${name} 只能是：${answers.map(([answer, { zh }]) => `${answer}（${zh}）`).join('、')}`,
    `${name} can be: ${answers.map(([answer, { en }]) => `${answer} (${en})`).join(', ')}`,
  );
}

const known = (name: string): boolean =>
  name.startsWith('price.') ||
  name.startsWith('rate.') ||
  ['nightRate', 'region', 'hoursApproval', ...choiceNames].includes(name);

const unknown = (name: string): Text =>
  say(
    `没有「${name}」这个设置。可以设：${[...choiceNames, 'nightRate', 'region', 'hoursApproval', 'price.打样种类', 'rate.币种'].join('、')}`,
    `There is no setting “${name}”. Known: ${[...choiceNames, 'nightRate', 'region', 'hoursApproval', 'price.KIND', 'rate.CURRENCY'].join(', ')}`,
  );

function readable(read: () => unknown, _: string): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof NumberTextError) return false;
    throw error;
  }
}

/** `USD:7.12 EUR:7.8`, `衬衫:15 外套:40`: pairs in the order in which they were written; or the word that is none. */
export function readPairs(prefix: 'price' | 'rate', text: string): [string, string][] | { wrong: string } {
  const pairs: [string, string][] = [];
  for (const word of text
    .normalize('NFKC')
    .trim()
    .split(/[\s;,、]+/u)
    .filter(Boolean)) {
    const match = /^([^:=.{}]{1,40})[:=](.{0,20})$/.exec(word);
    if (!match) return { wrong: word };
    pairs.push([`${prefix}.${prefix === 'rate' ? match[1]!.toUpperCase() : match[1]}`, match[2]!]);
  }
  return pairs;
}
