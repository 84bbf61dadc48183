import { fraction, NumberTextError, parseYuan } from '#domain/money';
import { contributionScheme, contributionSchemes, readContribution } from '#domain/pay/contributions';
import { type ChoiceName, choices, settingsSchema } from '#domain/pay/settings';
import { say, type Text } from '#domain/text';

/**
 * What a company may set for its pay from a month on: every choice of domain section 9, the legal guard with its figures, prices of sample
 * kinds (`price.衬衫`), rates of currencies (`rate.USD`), and for the take-home estimate the contributions (`contribution.pension`).
 */
export const choiceNames = Object.keys(choices) as ChoiceName[];

/** Settings that are a figure or a text, checked as the engine reads them; `example` says how they are written. */
export const figureNames = {
  nightRate: '15.00',
  minimumWage: '2740.00',
  damagesCap: '20%',
  overtimeMultiples: '150/200/300',
  probationShare: '80%',
  hoursApprovalUntil: '2027-12-31',
} as const;
const textNames = ['region', 'hoursApproval'];

/** Settings of the take-home estimate, which no settlement looks at. */
export const takeHomeChoices: Readonly<Record<string, readonly string[]>> = {
  takeHome: ['off', 'on'],
  paidIn: ['next-month', 'same-month'],
};

/** @returns what is wrong with it, in words; undefined when it can be set. Empty takes a setting back. */
export function companySettingProblem(name: string, value: string): Text | undefined {
  if (value === '') return known(name) ? undefined : unknown(name);
  if (name.startsWith('price.'))
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
  if (name.startsWith('contribution.')) return contributionProblem(name, value);
  const takeHome = Object.hasOwn(takeHomeChoices, name) ? takeHomeChoices[name] : undefined;
  if (takeHome)
    return takeHome.includes(value)
      ? undefined
      : say(`${name} 只能是：${takeHome.join('、')}`, `${name} can be: ${takeHome.join(', ')}`);
  if (Object.hasOwn(figureNames, name)) {
    const checked = settingsSchema.safeParse({ [name]: value });
    if (checked.success) return undefined;
    const example = figureNames[name as keyof typeof figureNames];
    return say(
      `${name}「${value}」不行：${checked.error.issues[0]?.message ?? ''}。例如 ${name}=${example}`,
      `${name} cannot be “${value}”; write ${name}=${example}`,
    );
  }
  if (textNames.includes(name))
    return [...value].length <= 60 ? undefined : say('太长了，最多 60 个字', 'too long: at most 60 characters');
  if (!(choiceNames as string[]).includes(name)) return unknown(name);
  if (settingsSchema.safeParse({ [name]: value }).success) return undefined;
  const answers = Object.entries(choices[name as ChoiceName].answers as Record<string, { zh: string; en: string }>);
  return say(
    `${name} 只能是：${answers.map(([answer, { zh }]) => `${answer}（${zh}）`).join('、')}`,
    `${name} can be: ${answers.map(([answer, { en }]) => `${answer} (${en})`).join(', ')}`,
  );
}

const names = [...choiceNames, ...Object.keys(figureNames), ...textNames, ...Object.keys(takeHomeChoices)];

const known = (name: string): boolean => /^(price|rate|contribution)\./.test(name) || names.includes(name);

const unknown = (name: string): Text =>
  say(
    `没有「${name}」这个设置。可以设：${[...names, 'price.打样种类', 'rate.币种', 'contribution.险种'].join('、')}`,
    `There is no setting “${name}”. Known: ${[...names, 'price.KIND', 'rate.CURRENCY', 'contribution.SCHEME'].join(', ')}`,
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

function contributionProblem(name: string, value: string): Text | undefined {
  const scheme = name.slice('contribution.'.length);
  if (readContribution(scheme, value)) return undefined;
  return say(
    `缴费「${scheme}:${value}」没看懂。写成 险种:比例:下限-上限，险种是 ${Object.values(contributionSchemes)
      .map(({ zh }) => zh)
      .join('、')}，例如 养老:8%:4492-24930 医疗:2%+3 公积金:7%:2690-37302:元`,
    `The contribution “${scheme}:${value}” was not understood. Write SCHEME:RATE:FLOOR-CAP with ${Object.keys(contributionSchemes).join(', ')}, like pension:8%:4492-24930 medical:2%+3 fund:7%:2690-37302:yuan`,
  );
}

/** `养老:8%:7546-37731 公积金:7%`: contributions in the order in which they were written, as settings; or the word that is none. */
export function readContributions(text: string): [string, string][] | { wrong: string } {
  const rows: [string, string][] = [];
  for (const word of text
    .normalize('NFKC')
    .trim()
    .split(/[\s;,、]+/u)
    .filter(Boolean)) {
    const [written = '', ...rest] = word.split(':');
    const scheme = contributionScheme(written);
    if (!scheme || rest.length === 0) return { wrong: word };
    rows.push([`contribution.${scheme}`, rest.join(':').replace(/:(元|整元)$/, ':yuan')]);
  }
  return rows;
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
