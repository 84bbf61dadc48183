import { demoGroups } from '../groups.ts';
import type { Act, Hands } from './act.ts';

const act = (at: string, who: string, chat: string, text: string): Act => ({
  at,
  by: (hands) => hands.tell(who, chat, text),
});
const among = (at: string, who: string, chat: string, text: string): Act => ({
  at,
  by: (hands) => hands.chat(who, chat, text),
});
const file = (at: string, who: string, name: string, text: string): Act => ({
  at,
  by: (hands) => hands.send(who, name, text),
});

const settings: Act[] = [
  act(
    '2026-08-03 08:40',
    'ou_qian',
    'bot',
    '/工资 设置 夜班费=15 打样价=“衬衫:18 外套:45” 地区=河北/一类 批准文号=“邢人社工时〔2026〕18 号” 起=2026-08',
  ),
  act('2026-08-03 08:42', 'ou_zhou', 'bot', '/考核 模板 jw 从=2026-08 项目=“质量 50；交期 30；配合 20”'),
  act('2026-08-03 08:43', 'ou_zhou', 'bot', '/考核 模板 ft 从=2026-08 项目=“单证准确 40；交期 40；协作 20”'),
  act('2026-08-03 08:44', 'ou_zhou', 'bot', '/考核 审批人 赵建国、周敏'),
];

const hoursHead = '姓名,月份,应出勤,实出勤,加班,夜班,规范,表现,原因';
/** HR sends the month's hours on its last working day. */
const hours: Act[] = [
  file(
    '2026-08-31 17:00',
    'ou_zhou',
    '8月工时.csv',
    [
      hoursHead,
      '陈静,2026-08,168,168,22,2,是,是,',
      '李敏,2026-08,168,164,16,0,是,是,事假半天',
      '刘洋,2026-08,168,168,9,0,否,是,两次没有按工艺单检查',
      '黄志强,2026-08,168,168,34,6,是,是,',
    ].join('\n'),
  ),
  file(
    '2026-09-30 17:00',
    'ou_zhou',
    '9月工时.csv',
    [
      hoursHead,
      '陈静,2026-09,176,172,18,1,是,是,病假半天',
      '李敏,2026-09,176,176,20,2,是,是,',
      '刘洋,2026-09,176,176,14,0,是,是,',
      '黄志强,2026-09,176,176,30,5,是,是,',
      '吴桂英,2026-09,104,104,6,0,是,是,14 日入职',
    ].join('\n'),
  ),
  file(
    '2026-10-29 17:00',
    'ou_zhou',
    '10月工时.csv',
    [
      hoursHead,
      '陈静,2026-10,144,144,20,2,是,是,',
      '李敏,2026-10,144,140,12,1,是,是,事假半天',
      '刘洋,2026-10,144,144,11,0,是,是,',
      '黄志强,2026-10,144,144,26,4,是,是,',
      '吴桂英,2026-10,144,144,8,0,是,是,',
    ].join('\n'),
  ),
];

const incidents: Act[] = [
  act('2026-08-20 11:10', 'ou_wang', 'bot', '/考核事件 登记 刘洋 JW-K5 订单=SO-0903 原因=“大货质量抽查报表没有填写”'),
  act(
    '2026-08-28 15:20',
    'ou_wang',
    'bot',
    '/考核事件 登记 陈静 JW-K3 金额=200 订单=SO-0901 原因=“包装拖了一天，改走快运”',
  ),
  act(
    '2026-09-16 10:05',
    'ou_wang',
    'bot',
    '/考核事件 登记 李敏 JW-K1 损失=2600 订单=SO-0906 原因=“袖长偏短 1.5cm，返工 260 件”',
  ),
  act(
    '2026-09-16 16:40',
    'ou_zheng',
    'bot',
    '/考核事件 登记 唐宁 FT-F2 订单=SO-2905 原因=“装箱单毛重写错，客户清关晚两天”',
  ),
  act('2026-10-14 14:30', 'ou_wang', 'bot', '/考核事件 登记 陈静 JW-K2 订单=SO-1005 原因=“首件没有送封就开裁”'),
  act('2026-10-22 09:50', 'ou_wang', 'bot', '/考核事件 登记 李敏 JW-K4 订单=SO-1006 原因=“试板样领围偏大”'),
  {
    at: '2026-10-22 11:15',
    by: (hands) => hands.tell('ou_li', 'bot', '/考核事件 异议 #6 原因=“客户当天改了领围尺寸，有邮件”'),
  },
];

const scoresOf = {
  ou_wang: ['陈静 92/88/90', '李敏 86/84/92', '刘洋 80/86/84', '黄志强 95/92/90'],
  ou_he: ['马俊 92/90/88', '林秀兰 88/92/90', '郭涛 82/80/86', '罗丹 90/86/92'],
  ou_zheng: ['谢雯 94/92/90', '唐宁 84/86/88', '冯悦 90/90/92', '邓超 88/90/86'],
  ou_zhao: ['王芳', '何伟', '郑海'],
} as const;
const staff = ['chen', 'li', 'liu', 'huang', 'ma', 'lin', 'guo', 'luo', 'xie', 'tang', 'feng', 'deng'];
const words = ['交期稳定，沟通及时', '基本达标，文件再细一些', '遇事主动，继续保持', '进步明显'];

interface Cycle {
  month: string;
  /** Working days 1, 2, 3 and 5 of the month after. */
  days: [string, string, string, string];
  extra: readonly string[];
  objects: { who: string; reason: string; answer: string };
  silent: readonly string[];
}

function cycle({ month, days, extra, objects, silent }: Cycle): Act[] {
  const [first, second, third, fifth] = days;
  const score = async (hands: Hands, manager: keyof typeof scoresOf, more: readonly string[]) => {
    for (const [i, line] of [...scoresOf[manager], ...more].entries()) {
      const [name, scores = '-/-/90/88/92/90/95'] = line.split(' ');
      await hands.tell(
        manager,
        'bot',
        `/考核 打分 ${name} ${month} ${scores} 总评=“${words[i % words.length]}” 理由=“按本月记录和平时表现”`,
      );
    }
  };
  return [
    ...[first, second, fifth].map((day): Act => ({ at: `${day} 09:00`, by: (hands) => hands.morning() })),
    ...(['ou_wang', 'ou_he', 'ou_zheng', 'ou_zhao'] as const).map(
      (manager, i): Act => ({
        at: `${first} 1${i + 3}:10`,
        by: (hands) => score(hands, manager, manager === 'ou_wang' ? extra : []),
      }),
    ),
    ...[...staff, 'wang', 'he', 'zheng', ...(extra.length > 0 ? ['wu'] : [])]
      .filter((who) => who !== objects.who && !silent.includes(who))
      .map((who, i) => act(`${second} 1${i % 7}:${String(10 + i * 2)}`, `ou_${who}`, 'bot', `/考核 确认 ${month}`)),
    act(`${second} 10:05`, `ou_${objects.who}`, 'bot', `/考核 异议 ${month} 原因=“${objects.reason}”`),
    act(`${third} 10:20`, managerOf(objects.who), 'bot', objects.answer),
    act(`${fifth} 15:00`, 'ou_zhao', 'bot', `/考核 审批 ${month}`),
    act(`${fifth} 15:30`, 'ou_zhou', 'bot', `/考核 审批 ${month}`),
  ];
}

const managerOf = (who: string): string =>
  ['ma', 'lin', 'guo', 'luo'].includes(who)
    ? 'ou_he'
    : ['xie', 'tang', 'feng', 'deng'].includes(who)
      ? 'ou_zheng'
      : 'ou_wang';

const appraisals: Act[] = [
  ...cycle({
    month: '2026-08',
    days: ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-07'],
    extra: [],
    objects: {
      who: 'guo',
      reason: 'SO-1903 是客户改了数量，交期跟着改的',
      answer: '/考核 复核 郭涛 2026-08 维持 原因=“改数量没有改交期，合同为准”',
    },
    silent: [],
  }),
  ...cycle({
    month: '2026-09',
    days: ['2026-10-08', '2026-10-09', '2026-10-10', '2026-10-13'],
    extra: ['吴桂英 82/85/90'],
    objects: {
      who: 'tang',
      reason: '毛重是工厂报错的，我当天就改了',
      answer: '/考核 复核 唐宁 2026-09 维持 原因=“单证由跟单员复核，下次先对磅单”',
    },
    silent: ['luo'],
  }),
];

/** Finance runs the month, the general manager signs, everybody gets the payslip. */
const payMonth = (month: string, day: string, next: string): Act[] => [
  act(`${day} 09:32`, 'ou_qian', 'bot', `/工资 核算 ${month}`),
  act(`${day} 10:00`, 'ou_qian', 'bot', `/工资 检查 ${month}`),
  act(`${day} 11:00`, 'ou_zhao', 'bot', `/工资 审批 ${month}`),
  act(`${day} 14:00`, 'ou_qian', 'bot', `/工资 锁定 ${month}`),
  act(`${day} 14:10`, 'ou_qian', 'bot', `/工资 发工资条 ${month}`),
  act(`${next} 10:00`, 'ou_qian', 'bot', `/工资 已发放 ${month}`),
  act(`${next} 12:05`, 'ou_chen', 'bot', `/工资 确认 ${month}`),
  act(`${next} 12:10`, 'ou_ma', 'bot', `/工资 确认 ${month}`),
];

/** Finance counts the trial samples, who declared nothing, and what the managers solved and reported. */
const counted = (at: string, month: string, samples: Record<string, string>): Act =>
  file(
    at,
    'ou_qian',
    `${month}打样.csv`,
    [
      '姓名,月份,打样,报关单,kpi',
      ...Object.entries(samples).map(([name, made]) => `${name},${month},${made},,`),
      `邓超,${month},,无,`,
      ...['王芳', '何伟', '郑海'].map((name, i) => `${name},${month},,,KPI-4:${5 - (i % 2)}/5+88 KPI-6:4/4+90`),
    ].join('\n'),
  );

const pay: Act[] = [
  counted('2026-08-31 16:00', '2026-08', { 陈静: '衬衫:4 外套:2', 李敏: '无', 刘洋: '衬衫:3', 黄志强: '无' }),
  counted('2026-09-30 16:00', '2026-09', {
    陈静: '衬衫:2',
    李敏: '外套:3',
    刘洋: '无',
    黄志强: '无',
    吴桂英: '衬衫:1',
  }),
  counted('2026-10-29 16:00', '2026-10', { 陈静: '衬衫:3', 李敏: '外套:2', 刘洋: '无', 黄志强: '无', 吴桂英: '无' }),
  ...payMonth('2026-08', '2026-09-09', '2026-09-10'),
  ...payMonth('2026-09', '2026-10-14', '2026-10-15'),
  act('2026-10-20 12:20', 'ou_chen', 'bot', '/工资'),
];

const talk: Act[] = [
  among(
    '2026-08-03 09:05',
    'ou_wang',
    demoGroups.jw,
    '从今天起进度都报给跟单机器人，一句话就行，合同进程表我已经导进去了。',
  ),
  among('2026-08-03 09:08', 'ou_chen', demoGroups.jw, '收到'),
  among('2026-08-12 17:40', 'ou_huang', demoGroups.jw, '永盛今天停电半天，晚上加班补回来。'),
  among('2026-08-12 17:42', 'ou_wang', demoGroups.jw, '好，明天上午把数报一下。'),
  among('2026-09-15 18:05', 'ou_wang', demoGroups.jw, 'SO-0906 返工的事，以后首件一定先送封样。'),
  among('2026-10-28 16:55', 'ou_li', demoGroups.jw, '明天上午去金穗看尾查。'),
  among('2026-08-03 09:12', 'ou_he', demoGroups.lb, '各位的订单都在机器人里了，改交期要写原因。'),
  among('2026-09-04 15:10', 'ou_lin', demoGroups.lb, '硫化机修好了，下午恢复。'),
  among('2026-08-03 09:15', 'ou_zheng', demoGroups.ft, '出货当天把报关单号登记一下，年底按它算奖励。'),
  among('2026-09-16 16:20', 'ou_deng', demoGroups.ft, '唐宁的装箱单毛重不对，客户来问了。'),
];

/** Everybody has read what came until yesterday; this morning brought reminders and digests. */
const mornings: Act[] = [
  { at: '2026-10-29 18:30', by: (hands) => hands.read() },
  { at: '2026-10-30 09:00', by: (hands) => hands.morning() },
];

export const peopleActs: Act[] = [...settings, ...hours, ...incidents, ...appraisals, ...pay, ...talk, ...mornings];
