import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { quantity } from '#bot/fields';
import { asks } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { putSetting } from '#db/settings';
import { UserError } from '#domain/errors';
import { join, say, type Text } from '#domain/text';
import { WATCH_SETTINGS, watchSettings } from '#usecases/watch-day';

const days = quantity.max(90).optional();

/** `/order watch …` (O4): from when on an order is due soon, stalled, and the manager's business. Without words it shows the limits. */
export const watchOrdersCommand = defineCommand({
  name: 'order watch',
  aliases: ['订单 提醒', '订单 提醒设置', '订单 预警'],
  summary: { zh: '提醒的天数：快到期、没更新、上报经理', en: 'when orders are due soon, stalled, told to the manager' },
  example: { zh: '/订单 提醒设置 到期=7 停滞=3 上报=2', en: '/order watch due=7 stalled=3 escalate=2' },
  roles: ['manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({
    due: days.meta({ keys: ['快到期'], label: { zh: '到期', en: 'due soon, days before' } }),
    stalled: days.meta({ keys: ['没更新'], label: { zh: '停滞', en: 'stalled, working days' } }),
    escalate: days.meta({ keys: ['超期上报'], label: { zh: '上报', en: 'to the manager, working days late' } }),
  }),

  async run(ctx, { due, stalled, escalate }) {
    const before = await watchSettings(ctx.tx);
    const after = {
      dueDays: due ?? before.dueDays,
      stalledDays: stalled ?? before.stalledDays,
      escalateDays: escalate ?? before.escalateDays,
    };
    const isChange = due !== undefined || stalled !== undefined || escalate !== undefined;
    const mayChange = ctx.actor.roles.some((role) => role === 'general_manager' || role === 'admin');
    if (isChange && !mayChange)
      throw new UserError(
        'denied.watch',
        say('提醒的天数是全公司的，你不能改。', 'These limits are the company’s; you cannot change them.'),
        say('请总经理或管理员来设置。', 'Ask the general manager or an administrator.'),
      );
    if (after.stalledDays === 0)
      throw new UserError(
        'watch.zero',
        say('停滞天数至少是 1，否则每张订单每天都会提醒。', 'Stalled means at least 1 day, or every order would be.'),
        say('例如 停滞=3', 'For example stalled=3'),
      );
    if (isChange) {
      await putSetting(ctx.tx, WATCH_SETTINGS, after, ctx.now);
      await ctx.record({ subject: 'setting:order.watch', before, after });
    }
    const parts: Text[] = [
      say(`货期前 ${after.dueDays} 天起算快到期`, `due soon from ${after.dueDays} days before the delivery`),
      say(
        `${after.stalledDays} 个工作日没有登记算停滞`,
        `stalled after ${after.stalledDays} working days without an entry`,
      ),
      say(
        `超期 ${after.escalateDays} 个工作日上报经理`,
        `told to the manager when ${after.escalateDays} working days late`,
      ),
    ];
    const head = isChange
      ? say('提醒设置已保存，下个工作日早上起生效：', 'Saved; it counts from the next morning: ')
      : say('提醒设置：', 'Reminders: ');
    const tail = say(
      '。每个群的开关：/订单 简报 开或关、/订单 定时报表',
      '. Switches of a group: /order digest on or off, /order reports',
    );
    const change = { label: say('修改天数', 'Change the days'), action: asks('order watch', {}) };
    return {
      card: noticeCard(
        join([head, join(parts, say('；', '; ')), tail]),
        isChange ? 'success' : 'info',
        mayChange ? [change] : [],
      ),
    };
  },
});
