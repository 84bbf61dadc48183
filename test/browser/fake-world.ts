import { readFileSync } from 'node:fs';
import type { Faults, Person, SlashCommand, TourStep } from '#playground/page-api';

/** A card of `test/fixtures/cards`. */
export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/cards/${name}.json`, import.meta.url), 'utf8'));

export const cardNames = ['appraisal-form', 'payslip', 'order-status', 'confirm-dispute', 'kitchen-sink'] as const;

export const bot = { openId: 'ou_bot', name: '跟单' };
const firm = '吉旺服装';
const other = '远帆外贸';
const someone = (openId: string, name: string, title: string, avatarColor: string, firmName = firm): Person => ({
  openId,
  name,
  title,
  department: title.split(' · ')[1] ?? '',
  avatarColor,
  firm: firmName,
  resigned: openId === 'ou_sun',
});

export const people: Person[] = [
  someone('ou_li', '李敏', '跟单员 · 业务一部', '#7b67ee'),
  someone('ou_wang', '王建国', '跟单主管 · 业务一部', '#d25f00'),
  someone('ou_zhao', '赵丽华', '财务 · 财务部', '#0b8a6a'),
  someone('ou_sun', '孙倩', '跟单员 · 业务二部', '#8a6a3b'),
  someone('ou_chen', '陈海', '总经理 · 总经办', '#2f6fd6', other),
  someone('ou_may', 'May Lindqvist', 'Merchandiser · Team North', '#b4326f', other),
];

export const noFaults: Faults = {
  duplicate: false,
  duplicateMessage: false,
  reorder: false,
  lateSeconds: 0,
  slowMs: 0,
  reset: 0,
  dropAnswer: 0,
  rateLimited: 0,
  chatLimited: 0,
  htmlError: 0,
  revokeTokens: false,
};

export const commands: SlashCommand[] = [
  { command: '/订单 新建', description: { zh_cn: '登记一张新订单', en_us: 'log a new order' } },
  { command: '/订单 列表', description: { zh_cn: '我手上的订单', en_us: 'my orders' } },
  { command: '/订单 更新', description: { zh_cn: '登记订单进度', en_us: 'log order progress' } },
  { command: '/考核', description: { zh_cn: '打开我的考核', en_us: 'open my appraisals' } },
  { command: '/工资', description: { zh_cn: '我的工资条或预估', en_us: 'my payslip or estimate' } },
  { command: '/help', description: { zh_cn: '帮助', en_us: 'help' } },
];

export const menu = [
  { name: '我的订单', eventKey: 'orders_mine' },
  { name: '我的工资', eventKey: 'pay' },
  { name: '帮助', eventKey: 'help' },
];

export const tour: TourStep[] = [
  {
    title: { zh_cn: '登记进度', en_us: 'Log progress' },
    text: {
      zh_cn: '李敏在群里登记 SO-1042 的缝制进度。',
      en_us: 'Li Min logs sewing progress of SO-1042 in the group.',
    },
    as: 'ou_li',
    chatId: 'oc_group',
    type: '<at id="ou_bot"></at> /订单 更新 SO-1042 阶段=缝制 数量=800',
  },
  {
    title: { zh_cn: '主管看到什么', en_us: 'What the manager sees' },
    text: { zh_cn: '换成王建国，在同一个群里看。', en_us: 'Be Wang Jianguo and look at the same group.' },
    as: 'ou_wang',
    chatId: 'oc_group',
  },
  {
    title: { zh_cn: '到月底', en_us: 'To the month end' },
    text: { zh_cn: '拨到月末，考核自动开始。', en_us: 'Move to the month end; appraisals open.' },
    clock: 'month-end',
  },
];

const hues: Record<string, number> = { img_v3_a: 210, img_v3_b: 28, img_v3_c: 150 };

/** What every image of the fake looks like: a shirt, in a colour by its key. */
export function picture(key: string): string {
  const hue = hues[key] ?? 260;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320" viewBox="0 0 480 320"><rect width="480" height="320" fill="hsl(${hue} 60% 88%)"/><path d="M150 90l60-30h60l60 30 40 60-50 30v90H160v-90l-50-30z" fill="hsl(${hue} 45% 55%)"/></svg>`;
}
