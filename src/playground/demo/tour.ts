import { demoGroups } from '#playground/demo/groups';
import type { TourStep } from '#playground/page-api';

/** The guided tour of the newcomer: eight things to type, tap and see. */
export const tour: TourStep[] = [
  {
    title: { zh_cn: '一句话登记进度', en_us: 'Log progress in one line' },
    text: {
      zh_cn: '你是跟单员陈静，在业务一部的群里。把下面这句话发出去：机器人登记进度，用订单卡片回答。',
      en_us:
        'You are Chen Jing, a merchandiser, in her department’s group. Send this line: the bot logs the progress and answers with the order’s card.',
    },
    as: 'ou_chen',
    chatId: demoGroups.jw,
    type: '<at id="bot"></at> /订单 更新 SO-1001 缝制 800件 备注=“袖口返工”',
  },
  {
    title: { zh_cn: '点一下按钮', en_us: 'Tap a button' },
    text: {
      zh_cn: '在卡片上点「登记进度」，选「后整」，填数量 450，提交。卡片就地更新，群里每个人看到的都是新的。',
      en_us:
        'Tap “Log progress” on the card, choose finishing, fill in 450 and submit. The card changes in place, for everybody in the group.',
    },
    as: 'ou_chen',
    chatId: demoGroups.jw,
  },
  {
    title: { zh_cn: '写错了会怎样', en_us: 'What a mistake looks like' },
    text: {
      zh_cn: '数量超过订单、订单号写错、别人的订单——都会说清楚错在哪里、怎么办，而且什么都不登记。',
      en_us:
        'More than was ordered, a wrong number, somebody else’s order: you are told what is wrong and what to do, and nothing is recorded.',
    },
    as: 'ou_chen',
    chatId: demoGroups.jw,
    type: '<at id="bot"></at> /订单 更新 SO-1001 包装 99999件',
  },
  {
    title: { zh_cn: '反悔', en_us: 'Take it back' },
    text: {
      zh_cn: '登记错了，一句话撤销。旧记录不会被涂改：撤销本身也是一条记录。',
      en_us: 'Recorded something wrong? One word takes it back. Nothing is rubbed out: taking back is a record, too.',
    },
    as: 'ou_chen',
    chatId: demoGroups.jw,
    type: '<at id="bot"></at> /撤销',
  },
  {
    title: { zh_cn: '我的工资，为什么', en_us: 'My pay, and why' },
    text: {
      zh_cn:
        '私聊问机器人：这个月的工资现在是多少，每一行为什么。点开一行，能看到条款、算式、是谁在哪条消息里登记的。在群里问，群里只会看到「已私信你」。',
      en_us:
        'Ask the bot in private what this month’s pay is so far, and why. Open a line: the clause, the formula, and the very message that recorded each fact. Asked in the group, the group sees only “sent to you privately”.',
    },
    as: 'ou_chen',
    type: '/工资 为什么',
  },
  {
    title: { zh_cn: '经理看全局', en_us: 'The manager sees it all' },
    text: {
      zh_cn: '现在你是部门经理王芳，私聊问机器人：哪些订单超期了？也可以试试「/订单 报表 月报」和「/订单 看板」。',
      en_us:
        'Now you are Wang Fang, the manager. Ask the bot in private which orders are overdue. Try “/order report monthly” and “/order board”, too.',
    },
    as: 'ou_wang',
    type: '/订单 列表 超期',
  },
  {
    title: { zh_cn: '拨快时钟：月度考核', en_us: 'Move the clock: the appraisal' },
    text: {
      zh_cn:
        '今天是 10 月最后一个工作日。拨到下一个工作日早上：机器人自己开始 10 月的考核，给王芳一张打分工作台；群里有订单简报。',
      en_us:
        'It is the last working day of October. Go to the next one: by itself the bot opens October’s appraisal and gives Wang Fang her desk card, and the groups get their digest.',
    },
    as: 'ou_wang',
    chatId: 'bot',
    clock: 'next-working-day',
  },
  {
    title: { zh_cn: '捣乱试试', en_us: 'Make trouble' },
    text: {
      zh_cn:
        '打开「故障开关」，让平台重复推送、乱序、限流、丢掉回答，再登记一次：只登记一次，也只回答一次。通信记录里能看到每一次请求。',
      en_us:
        'Open the fault switches: doubled and reordered events, rate limits, dropped answers. Log again: recorded once, answered once. The wire panel shows every request.',
    },
    as: 'ou_chen',
    chatId: demoGroups.jw,
    type: '<at id="bot"></at> /订单 更新 SO-1005 裁剪 100件',
  },
];
