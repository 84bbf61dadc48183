import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { money, quantity } from '#bot/fields';
import { noticeCard } from '#cards/notice-card';
import { LIMITS, limitsOf } from '#commands/order/limits';
import { putSetting } from '#db/settings';
import { shortYuan } from '#domain/money';
import type { Limits } from '#domain/order/limits';
import { join, say, type Text } from '#domain/text';

/** `/limits set …`: how far a merchandiser's own word goes; above it the card goes up the line. Without words it shows them. */
export const setLimits = defineCommand({
  name: 'limits set',
  aliases: ['权限 设置', '权限 查看'],
  summary: { zh: '跟单员的权限：降价、延期、赠送', en: 'a merchandiser’s authority: price, delay, gifts' },
  example: { zh: '/权限 设置 降价=5 延期=3 赠品=500', en: '/limits set drop=5 delay=3 gift=500' },
  roles: ['general_manager', 'admin'],
  answers: 'private',
  input: z.object({
    drop: quantity
      .max(100)
      .optional()
      .meta({ label: { zh: '降价', en: 'price drop, percent' } }),
    delay: quantity
      .max(1000)
      .optional()
      .meta({ label: { zh: '延期', en: 'delay, days' } }),
    gift: money.optional().meta({ keys: ['赠送'], label: { zh: '赠品', en: 'gift, yuan' } }),
  }),

  async run(ctx, { drop, delay, gift }) {
    const before = await limitsOf(ctx);
    const after: Limits = {
      priceDropPercent: drop ?? before.priceDropPercent,
      delayDays: delay ?? before.delayDays,
      giftFen: gift?.toString() ?? before.giftFen,
    };
    if (drop !== undefined || delay !== undefined || gift !== undefined) {
      await putSetting(ctx.tx, LIMITS, after, ctx.now);
      await ctx.record({ subject: 'setting:order.limits', before, after });
    }
    const free = say('不限', 'no limit');
    const parts: Text[] = [
      join([
        say('降价不超过 ', 'price down by at most '),
        after.priceDropPercent === null ? free : `${after.priceDropPercent}%`,
      ]),
      join([
        say('货期比最初承诺晚不超过 ', 'days after the first promise at most '),
        after.delayDays === null ? free : say(`${after.delayDays} 天`, `${after.delayDays}`),
      ]),
      join([
        say('赠送不超过 ', 'gifts of at most '),
        after.giftFen === null
          ? free
          : say(`${shortYuan(BigInt(after.giftFen))} 元`, `${shortYuan(BigInt(after.giftFen))} yuan`),
      ]),
    ];
    return {
      card: noticeCard(
        join([say('跟单员可以自己决定：', 'A merchandiser may decide: '), join(parts, say('；', '; '))]),
        'success',
      ),
    };
  },
});
