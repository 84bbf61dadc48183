import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice } from '#bot/fields';
import { does } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { type ReportPeriod, type ReportTarget, reportsTo, switchReport } from '#db/report-switches';
import { join, say, type Text } from '#domain/text';

const onOff = choice([
  { value: 'on', label: { zh: '开', en: 'on' }, aliases: ['打开', '开启'] },
  { value: 'off', label: { zh: '关', en: 'off' }, aliases: ['关闭'] },
]).optional();

const periods = ['day', 'week', 'month'] as const;
const names: Record<ReportPeriod, { zh: string; en: string }> = {
  day: { zh: '日报', en: 'daily' },
  week: { zh: '周报', en: 'weekly' },
  month: { zh: '月报', en: 'monthly' },
};
const when: Record<ReportPeriod, Text> = {
  day: say('每个工作日早上', 'on the morning of working days'),
  week: say('每周第一个工作日', 'on the first working day of the week'),
  month: say('每月第一个工作日', 'on the first working day of the month'),
};

/** `/order reports day=on …` (O14): which reports come by themselves, to this group or, said in private, to oneself. */
export const reportSwitch = defineCommand({
  name: 'order reports',
  aliases: ['订单 定时', '订单 定时报表'],
  summary: { zh: '定时发日报、周报、月报的开关', en: 'switch reports that come by themselves' },
  example: { zh: '/订单 定时报表 日报=开 周报=开 月报=关', en: '/order reports daily=on weekly=on monthly=off' },
  roles: ['merchandiser', 'manager', 'general_manager', 'finance', 'admin'],
  answers: 'anywhere',
  input: z.object({
    day: onOff.meta({ keys: ['日报', 'daily'], label: names.day }),
    week: onOff.meta({ keys: ['周报', 'weekly'], label: names.week }),
    month: onOff.meta({ keys: ['月报', 'monthly'], label: names.month }),
  }),

  async run(ctx, said) {
    const inGroup = ctx.place === 'group' && ctx.source.chatId !== undefined;
    const target: ReportTarget = inGroup ? `chat:${ctx.source.chatId!}` : `person:${ctx.actor.id}`;
    const before = await reportsTo(ctx.tx, target);
    for (const period of periods) {
      const wanted = said[period];
      if (wanted !== undefined)
        await switchReport(
          ctx.tx,
          { target, period, on: wanted === 'on' },
          { since: ctx.today, by: ctx.actor.id, now: ctx.now },
        );
    }
    const after = await reportsTo(ctx.tx, target);
    if (Object.values(said).some((wanted) => wanted !== undefined))
      await ctx.record({ subject: inGroup ? target : `reports:${target}`, before, after });
    const on = periods.filter((period) => after.includes(period));
    const where = inGroup
      ? say(
          '本群会收到（只有本群订单的数量，没有金额和个人数据）：',
          'This group gets (its own orders, no money, no people): ',
        )
      : say('你会在私聊收到（你和下属的订单）：', 'You get in private (your own orders and those below you): ');
    const none = inGroup
      ? say('本群没有打开定时报表。', 'No reports come to this group by themselves.')
      : say('你没有打开定时报表。', 'No reports come to you by themselves.');
    const list = on.map((period) => join([names[period], say('（', ' ('), when[period], say('）', ')')]));
    return {
      card: noticeCard(
        on.length === 0 ? none : join([where, join(list, say('、', ', '))]),
        on.length === 0 ? 'info' : 'success',
        periods.map((period) => {
          const isOn = after.includes(period);
          return {
            label: join([isOn ? say('关掉', 'Stop ') : say('打开', 'Get '), names[period]]),
            action: does('order reports', { [period]: isOn ? 'off' : 'on' }),
          };
        }),
      ),
    };
  },
});
