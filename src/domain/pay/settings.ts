import { z } from 'zod';
import { compareFractions, type Fraction, fraction } from '#domain/money';
import { dateField, rateField, yuanTextField } from '#domain/pay/fields';
import { type Text, text } from '#domain/pay/text';

/**
 * What the documents leave open (domain section 9), each a named setting with its default first.
 * A scheme version states its own; a company may replace one without touching the scheme.
 */

/** 劳动法第 44 条: working days, rest days, statutory holidays. */
export const statutoryMultiples: readonly Fraction[] = [fraction('150%'), fraction('200%'), fraction('300%')];

interface Choice {
  readonly question: Text;
  /** The first is the default. */
  readonly answers: Readonly<Record<string, Text>>;
}

export const choices = {
  salesBasis: {
    question: text('LB-P1 的「销售额」', 'what "sales" means'),
    answers: {
      shipped: text('当月出运金额', 'shipped in the month'),
      ordered: text('当月接单金额', 'ordered in the month'),
      invoiced: text('当月开票金额', 'invoiced in the month'),
      received: text('当月收款金额', 'received in the month'),
    },
  },
  processingFeeBasis: {
    question: text('JW-P1.2 的「全月加工费结算」', 'what the settled processing fee means'),
    answers: {
      shipped: text('当月出货部分的加工费', 'of what was shipped in the month'),
      ordered: text('当月接单的加工费', 'of what was ordered in the month'),
      invoiced: text('当月开票的加工费', 'invoiced in the month'),
      received: text('当月收到的加工费', 'received in the month'),
    },
  },
  ownDeductions: {
    question: text('JW-P3 的「当月本人扣款」', 'what counts as own deductions'),
    answers: {
      incidents: text('当月考核事件扣款，不含出勤不足扣发', 'the incidents of the month, not short attendance'),
      'incidents-and-attendance': text('考核事件扣款与出勤不足扣发', 'incidents and short attendance'),
    },
  },
  companyLoss: {
    question: text('JW-P3 的「公司损失」', 'what counts as company loss'),
    answers: {
      'own-incidents': text('本人当月考核事件的损失之和', "the sum of the losses of the employee's incidents"),
      recorded: text('财务登记的公司损失', 'the loss that finance recorded'),
    },
  },
  absence: {
    question: text('出勤不足时 JW-P1.4 与 JW-P3 是否同时扣', 'whether absence counts in both JW-P1.4 and JW-P3'),
    answers: {
      both: text('同时适用（按原文）', 'both, as written'),
      'hours-only': text('只按小时扣发', 'only by the hour'),
      'award-only': text('只按比例扣奖金', 'only in the award'),
    },
  },
  openDispute: {
    question: text('申诉未决的事件', 'an incident whose dispute is open'),
    answers: {
      counts: text('先计入并标注，申诉未决不能审批', 'counts, with a flag; the month cannot be approved'),
      waits: text('暂不计入并标注，申诉未决不能审批', 'waits, with a flag; the month cannot be approved'),
    },
  },
  stoppedFineCounts: {
    question: text('被合规检查停止的罚款是否仍算本人扣款', 'whether a stopped fine is still an own deduction'),
    answers: { yes: text('仍算', 'yes'), no: text('不算', 'no') },
  },
  proration: {
    question: text('月中入职或离职时固定项目的折算', 'fixed lines of joiners and leavers'),
    answers: {
      'calendar-days': text('在职自然日 ÷ 当月自然日', 'calendar days employed ÷ calendar days of the month'),
      'paid-days': text(
        '月工资 ÷ 21.75 × 在职计薪日，不超过全月',
        'monthly ÷ 21.75 × paid days employed, at most the month',
      ),
    },
  },
  performanceProration: {
    question: text('月中入职或离职时绩效基数是否折算', 'whether the performance base is prorated too'),
    answers: {
      none: text('不折算（只折算固定项目）', 'no, only fixed lines are'),
      employment: text('同固定项目', 'like fixed lines'),
    },
  },
  nothingDue: {
    question: text('当月没有应完成事项的考核项', 'a criterion with nothing due'),
    answers: {
      spread: text('不计，权重分摊到其他项', 'left out, its weight spread over the others'),
      full: text('按满分', 'full marks'),
    },
  },
  orderFault: {
    question: text('只写订单号的差错', 'a fault that names only an order'),
    answers: {
      'whole-order': text('取消该订单所有报关单的奖励', 'costs the rewards of all its declarations'),
      none: text('只计次数', 'only counts on the ladder'),
    },
  },
  sameDeclarationFaults: {
    question: text('同一报关单的两次差错', 'two faults of one declaration'),
    answers: { each: text('各算一次', 'count twice on the ladder'), once: text('算一次', 'count once') },
  },
  probationLastDay: {
    question: text('试用期最后一天的报关单', 'a declaration on the last day of probation'),
    answers: { probation: text('仍属试用期', 'still probation'), regular: text('不属试用期', 'no longer probation') },
  },
  laterYearFault: {
    question: text('次年才发生的差错', 'a fault in a later year than its declaration'),
    answers: {
      'costs-reward': text(
        '取消该报关单的奖励，次数计入发生年',
        "costs that declaration's reward, climbs the ladder of its own year",
      ),
      'ladder-only': text('只计入发生年的次数', 'only climbs the ladder of its own year'),
    },
  },
  leaverReward: {
    question: text('离职人员累计的年度奖励', 'the yearly reward of a leaver'),
    answers: {
      'paid-out': text('随离职月结算发放', 'paid with the leaving month'),
      forfeited: text('不发放', 'not paid'),
    },
  },
  guard: {
    question: text('合规检查', 'legal guard'),
    answers: {
      warn: text('按制度计算，并向财务与人事提示', 'as the document says, with a warning to finance and HR'),
      enforce: text('停止无依据的罚款，赔偿不超过法定上限', 'fines are stopped and damages limited to the legal cap'),
      off: text('按制度计算，不提示', 'as the document says, without warnings'),
    },
  },
  fines: {
    question: text('罚款类条款（合规检查为 enforce 时）', 'clauses that are fines (when the guard enforces)'),
    answers: {
      guard: text('按合规检查停止', 'stopped, as the guard says'),
      deduct: text(
        '仍按制度扣款，保留提示（当地另有规定时）',
        'deducted, with the warning (where local rules allow it)',
      ),
    },
  },
  minimumWageBasis: {
    question: text('最低工资与个人社保公积金', 'minimum wage and the employee’s contributions'),
    answers: {
      region: text('按所在地的规定', 'as the place has it'),
      gross: text('标准包含个人社保公积金', 'the figure includes them'),
      net: text('标准不含个人社保公积金，另加', 'they come on top of the figure'),
    },
  },
  minimumWageTopUp: {
    question: text(
      '低于最低工资时是否补足（仅限合规检查为 enforce）',
      'top up to the minimum wage (only when the guard enforces)',
    ),
    answers: {
      no: text('只提示差额', 'no, the shortfall is shown'),
      yes: text('增加一行差额补足', 'yes, as a line of its own'),
    },
  },
} as const satisfies Record<string, Choice>;

export type ChoiceName = keyof typeof choices;
type Answers = { [Name in ChoiceName]: keyof (typeof choices)[Name]['answers'] & string };

export interface Settings extends Answers {
  /** JW-P4: yuan per night shift; unset until the company says so. */
  readonly nightRate: bigint | undefined;
  /** Where the work is done, for the minimum wage, e.g. "上海" or "广东/深圳". */
  readonly region: string | undefined;
  /** The month's minimum wage of the place, by the company's own word; wins over the built-in table. */
  readonly minimumWage: bigint | undefined;
  /** The approval number of comprehensive working hours, when there is one. */
  readonly hoursApproval: string | undefined;
  /** Its last day; an approval that has run out is none. */
  readonly hoursApprovalUntil: string | undefined;
  /** What the law sets as an outer limit, made stricter: at most 20 % of damages, at least 150/200/300 % and 80 %. */
  readonly damagesCap: Fraction | undefined;
  readonly overtimeMultiples: readonly Fraction[] | undefined;
  readonly probationShare: Fraction | undefined;
  /** Weights of criteria that replace those of the scheme, by clause. */
  readonly weights: Readonly<Record<string, string>> | undefined;
}

const share = (from: string, to: string, message: string) =>
  rateField.refine(
    (rate) => compareFractions(rate, fraction(from)) >= 0 && compareFractions(rate, fraction(to)) <= 0,
    message,
  );

/** "150/200/300": percent on working days, rest days and holidays, none below the law. */
const multiplesField = z
  .string()
  .regex(/^\d{3}\/\d{3}\/\d{3}$/, '加班倍数请写成 150/200/300')
  .transform((written) => written.split('/').map((percent) => fraction(`${percent}%`)))
  .refine(
    (multiples) => multiples.every((each, at) => compareFractions(each, statutoryMultiples[at]!) >= 0),
    '加班倍数不能低于法定的 150/200/300',
  );

const settingsShape = {
  ...Object.fromEntries(
    Object.entries(choices).map(([name, { answers }]) => {
      const names = Object.keys(answers) as [string, ...string[]];
      return [name, z.enum(names).default(names[0])];
    }),
  ),
  nightRate: yuanTextField.optional(),
  region: z.string().optional(),
  minimumWage: yuanTextField.refine((fen) => fen > 0n, '最低工资要大于 0').optional(),
  hoursApproval: z.string().optional(),
  hoursApprovalUntil: dateField.optional(),
  damagesCap: share('0%', '20%', '赔偿扣款每月不能超过当月工资的 20%').optional(),
  overtimeMultiples: multiplesField.optional(),
  probationShare: share('80%', '100%', '试用期工资不能低于约定工资的 80%').optional(),
  weights: z.record(z.string(), z.string()).optional(),
};

/** Reads settings as a scheme or a company writes them; absent ones take their defaults. */
export const settingsSchema = z.strictObject(settingsShape) as unknown as z.ZodType<Settings, Record<string, unknown>>;

/** The settings as written, without defaults: for a scheme version that a company's own settings may overlay. */
export const writtenSettingsSchema = z.record(z.string(), z.unknown()).superRefine((written, context) => {
  const checked = settingsSchema.safeParse(written);
  if (!checked.success)
    for (const issue of checked.error.issues) context.addIssue({ ...issue, code: 'custom' } as never);
});

/** Every default of domain section 9. */
export const defaultSettings: Settings = settingsSchema.parse({});

/** The setting and its answer in words, for `/scheme show`. */
export function describeSettings(
  settings: Settings,
): { name: ChoiceName; question: Text; answer: Text; isDefault: boolean }[] {
  return (Object.keys(choices) as ChoiceName[]).map((name) => {
    const { question, answers } = choices[name] as Choice;
    const answer = answers[settings[name]] ?? text(settings[name], settings[name]);
    return { name, question, answer, isDefault: Object.keys(answers)[0] === settings[name] };
  });
}
