import { type StageTemplate, stageLabel } from '#domain/order/stages';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, note, panel, row, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { both } from './words.ts';

/** 工序模板: each with its stages and when they have to be finished. */
export function templateListCard(
  templates: (StageTemplate & { own: boolean })[],
  standard: string,
  mayEdit: boolean,
  news?: Text,
): Card {
  return card({
    title: say('工序模板', 'Stage templates'),
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      ...templates.slice(0, 20).map(({ code, label, steps, own }) =>
        panel(
          both(
            (t) =>
              md`**${t(label)}** ${code}${own ? t(say(' · 自定义', ' · own')) : ''}${code === standard ? t(say(' · 默认', ' · default')) : ''}`,
          ),
          [
            text(
              both(
                (t) =>
                  new Markup(
                    steps
                      .map(
                        ({ stage, before, counted }) =>
                          md`- ${t(stageLabel(stage))} ${t(whenText(before))}${counted ? t(say(' · 计数', ' · counted')) : ''}`
                            .source,
                      )
                      .join('\n'),
                  ),
              ),
              { size: 'notation' },
            ),
          ],
        ),
      ),
      note(
        say(
          '天数是工作日，从货期往前数；负数是交货以后。',
          'Days are working days, counted back from the delivery date; negative ones come after it.',
        ),
      ),
      mayEdit && row(button(say('新增或修改模板', 'Add or change a template'), asks('template set'))),
    ],
  });
}

function whenText(before: number | null): Text {
  if (before === null) return say('接单当天', 'the day of the order');
  if (before === 0) return say('货期当天', 'the delivery date');
  return before > 0
    ? say(`货期前 ${before} 天`, `${before} days before`)
    : say(`货期后 ${-before} 天`, `${-before} days after`);
}
