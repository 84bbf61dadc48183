import { demoGroups } from '#playground/demo/groups';
import { tour } from '#playground/demo/tour';
import type { SeedDepartment, SeedUser, WorldSeed } from '#playground/platform/world-seed';

/**
 * The demo: one group with a garment firm, a rubber and plastics firm and a foreign trade firm, so that every kind of order and of pay
 * scheme has somebody to try it. Data only.
 */

const jw = '吉旺服装';
const lb = '龙滨橡塑';
const ft = '远航外贸';
const hq = '集团总部';

interface Row {
  id: string;
  name: string;
  en: string;
  no: string;
  job: string;
  department: string;
  leader?: string;
  firm: string;
  joined: string;
}

const rows: Row[] = [
  {
    id: 'zhao',
    name: '赵建国',
    en: 'Zhao Jianguo',
    no: 'HQ001',
    job: '总经理',
    department: 'hq',
    firm: hq,
    joined: '2012-03-01',
  },
  {
    id: 'qian',
    name: '钱丽华',
    en: 'Qian Lihua',
    no: 'HQ002',
    job: '财务主管',
    department: 'hq-finance',
    leader: 'zhao',
    firm: hq,
    joined: '2014-06-16',
  },
  {
    id: 'sun',
    name: '孙晓梅',
    en: 'Sun Xiaomei',
    no: 'HQ003',
    job: '会计',
    department: 'hq-finance',
    leader: 'qian',
    firm: hq,
    joined: '2019-04-01',
  },
  {
    id: 'zhou',
    name: '周敏',
    en: 'Zhou Min',
    no: 'HQ004',
    job: '人事经理',
    department: 'hq-hr',
    leader: 'zhao',
    firm: hq,
    joined: '2016-09-12',
  },

  {
    id: 'wang',
    name: '王芳',
    en: 'Wang Fang',
    no: 'JW101',
    job: '业务一部经理',
    department: 'jw-1',
    leader: 'zhao',
    firm: jw,
    joined: '2015-02-25',
  },
  {
    id: 'chen',
    name: '陈静',
    en: 'Chen Jing',
    no: 'JW102',
    job: '跟单员',
    department: 'jw-1',
    leader: 'wang',
    firm: jw,
    joined: '2020-05-11',
  },
  {
    id: 'li',
    name: '李敏',
    en: 'Li Min',
    no: 'JW103',
    job: '跟单员',
    department: 'jw-1',
    leader: 'wang',
    firm: jw,
    joined: '2021-03-08',
  },
  {
    id: 'liu',
    name: '刘洋',
    en: 'Liu Yang',
    no: 'JW104',
    job: '跟单员',
    department: 'jw-1',
    leader: 'wang',
    firm: jw,
    joined: '2022-07-18',
  },
  {
    id: 'huang',
    name: '黄志强',
    en: 'Huang Zhiqiang',
    no: 'JW105',
    job: '跟单员（驻厂）',
    department: 'jw-1',
    leader: 'wang',
    firm: jw,
    joined: '2018-11-05',
  },
  {
    id: 'wu',
    name: '吴桂英',
    en: 'Wu Guiying',
    no: 'JW106',
    job: '跟单员（试用）',
    department: 'jw-1',
    leader: 'wang',
    firm: jw,
    joined: '2026-09-14',
  },

  {
    id: 'he',
    name: '何伟',
    en: 'He Wei',
    no: 'LB201',
    job: '国内部经理',
    department: 'lb-1',
    leader: 'zhao',
    firm: lb,
    joined: '2013-08-19',
  },
  {
    id: 'ma',
    name: '马俊',
    en: 'Ma Jun',
    no: 'LB202',
    job: '跟单员',
    department: 'lb-1',
    leader: 'he',
    firm: lb,
    joined: '2019-10-21',
  },
  {
    id: 'lin',
    name: '林秀兰',
    en: 'Lin Xiulan',
    no: 'LB203',
    job: '跟单员',
    department: 'lb-1',
    leader: 'he',
    firm: lb,
    joined: '2020-12-01',
  },
  {
    id: 'guo',
    name: '郭涛',
    en: 'Guo Tao',
    no: 'LB204',
    job: '跟单员',
    department: 'lb-1',
    leader: 'he',
    firm: lb,
    joined: '2023-04-10',
  },
  {
    id: 'luo',
    name: '罗丹',
    en: 'Luo Dan',
    no: 'LB205',
    job: '跟单员',
    department: 'lb-1',
    leader: 'he',
    firm: lb,
    joined: '2024-02-26',
  },

  {
    id: 'zheng',
    name: '郑海',
    en: 'Zheng Hai',
    no: 'FT301',
    job: '外贸部经理',
    department: 'ft-1',
    leader: 'zhao',
    firm: ft,
    joined: '2014-01-06',
  },
  {
    id: 'xie',
    name: '谢雯',
    en: 'Xie Wen',
    no: 'FT302',
    job: '外贸跟单员',
    department: 'ft-1',
    leader: 'zheng',
    firm: ft,
    joined: '2018-05-14',
  },
  {
    id: 'tang',
    name: '唐宁',
    en: 'Tang Ning',
    no: 'FT303',
    job: '外贸跟单员',
    department: 'ft-1',
    leader: 'zheng',
    firm: ft,
    joined: '2021-06-28',
  },
  {
    id: 'feng',
    name: '冯悦',
    en: 'Feng Yue',
    no: 'FT304',
    job: '外贸跟单员',
    department: 'ft-1',
    leader: 'zheng',
    firm: ft,
    joined: '2022-09-05',
  },
  {
    id: 'deng',
    name: '邓超',
    en: 'Deng Chao',
    no: 'FT305',
    job: '单证员',
    department: 'ft-1',
    leader: 'zheng',
    firm: ft,
    joined: '2025-03-17',
  },
];

const departments: SeedDepartment[] = [
  { openDepartmentId: 'od-hq', name: hq, parent: '0', leaderOpenId: 'ou_zhao' },
  { openDepartmentId: 'od-hq-finance', name: '财务部', parent: 'od-hq', leaderOpenId: 'ou_qian' },
  { openDepartmentId: 'od-hq-hr', name: '人事部', parent: 'od-hq', leaderOpenId: 'ou_zhou' },
  { openDepartmentId: 'od-jw', name: jw, parent: '0', leaderOpenId: 'ou_wang' },
  { openDepartmentId: 'od-jw-1', name: '业务一部', parent: 'od-jw', leaderOpenId: 'ou_wang' },
  { openDepartmentId: 'od-lb', name: lb, parent: '0', leaderOpenId: 'ou_he' },
  { openDepartmentId: 'od-lb-1', name: '国内部', parent: 'od-lb', leaderOpenId: 'ou_he' },
  { openDepartmentId: 'od-ft', name: ft, parent: '0', leaderOpenId: 'ou_zheng' },
  { openDepartmentId: 'od-ft-1', name: '外贸部', parent: 'od-ft', leaderOpenId: 'ou_zheng' },
];

const colours = [
  '#3370ff',
  '#00b96b',
  '#f5793b',
  '#7f3bf5',
  '#d83fa0',
  '#0fa3b1',
  '#b8860b',
  '#e04646',
  '#4e5fbf',
  '#2f8f5b',
];

const users: SeedUser[] = rows.map(({ id, name, en, no, job, department, leader, firm, joined }, i) => ({
  openId: `ou_${id}`,
  unionId: `on_${id}`,
  userId: id,
  name,
  enName: en,
  employeeNo: no,
  jobTitle: job,
  departmentIds: [`od-${department}`],
  ...(leader && { leaderOpenId: `ou_${leader}` }),
  joinTime: joined,
  title: job,
  firm,
  avatarColor: colours[i % colours.length]!,
}));

const of = (firm: string) => rows.filter((row) => row.firm === firm).map(({ id }) => `ou_${id}`);

export const company: WorldSeed = {
  tenantKey: 'demo_tenant',
  departments,
  users,
  chats: [
    { chatId: demoGroups.jw, name: '吉旺 · 业务一部跟单群', members: [...of(jw), 'ou_zhao'] },
    { chatId: demoGroups.lb, name: '龙滨 · 国内部跟单群', members: [...of(lb), 'ou_zhao'] },
    { chatId: demoGroups.ft, name: '远航 · 外贸跟单群', members: [...of(ft), 'ou_zhao'] },
  ],
  menu: [
    { name: '我的订单', eventKey: 'order_list' },
    { name: '帮助', eventKey: 'help' },
    { name: '我', eventKey: 'whoami' },
  ],
  tour,
};

/** The roster as the administrator would import it; the directory knows no roles and no pay terms. */
export const rosterCsv = [
  'open_id,name,employee_no,department,manager_open_id,roles,scheme,position_wage_yuan,performance_base_yuan,hired_on,probation_until',
  ...rows.map(({ id, name, no, department, leader, joined, firm }) => {
    const { roles, scheme, wage, base, probation } = terms(id, firm);
    const name_ = departments.find(({ openDepartmentId }) => openDepartmentId === `od-${department}`)!.name;
    return [
      `ou_${id}`,
      name,
      no,
      name_,
      leader ? `ou_${leader}` : '',
      roles,
      scheme,
      wage,
      base,
      joined,
      probation,
    ].join(',');
  }),
].join('\n');

function terms(
  id: string,
  firm: string,
): { roles: string; scheme: string; wage: string; base: string; probation: string } {
  const none = { scheme: '', wage: '', base: '', probation: '' };
  switch (id) {
    case 'zhao':
      return { ...none, roles: 'general_manager' };
    case 'qian':
    case 'sun':
      return { ...none, roles: 'finance' };
    case 'zhou':
      return { ...none, roles: 'hr;admin' };
    case 'wang':
    case 'he':
    case 'zheng':
      return { ...none, roles: 'manager', scheme: 'KPI', wage: '6000', base: '3000' };
    case 'wu':
      return { roles: 'merchandiser', scheme: 'JW', wage: '', base: '', probation: '2026-12-13' };
  }
  if (firm === jw) return { ...none, roles: 'merchandiser', scheme: 'JW' };
  if (firm === lb) return { ...none, roles: 'merchandiser', scheme: 'LB', wage: '4200' };
  return { ...none, roles: 'merchandiser', scheme: 'FT', wage: '4800' };
}
