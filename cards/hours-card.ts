import type { Month } from '#domain/calendar/dates';
import { type FactField, factFields, factLabel, isFlag } from '#domain/hours/hours';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { both, lines } from './words.ts';

export interface HoursView {
  person: { name: string; openId: string };
  month: Month;
  values: Map<FactField, { value: string; reason: string; via: string; origin: string; by: string; saidAt: Date }>;
  mayChange: boolean;
  news?: Text;
}

const viaLabel: Record<string, Text> = {
  text: say('指令', 'typed'),
  form: say('表格', 'form'),
  file: say('文件', 'file'),
  attendance: say('飞书考勤', 'Feishu attendance'),
};

/** 工时: each value of the month with its source. */
export function hoursCard({ person, month, values, mayChange, news }: HoursView): Card {
  return card({
    title: say('工时', 'Hours'),
    subtitle: month,
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      text(both(() => md`**${person.name}**`)),
      text(
        both((t) =>
          lines(
            ...factFields.map((field) => {
              const entry = values.get(field);
              if (!entry) return md`${coloured('grey', t(factLabel[field]))}　—`;
              const shown = isFlag(field) ? t(entry.value === 'yes' ? say('是', 'yes') : say('否', 'no')) : entry.value;
              const source = `${t(viaLabel[entry.via] ?? entry.via)} ${entry.by} ${entry.origin}`.trim();
              return md`${coloured('grey', t(factLabel[field]))}　**${shown}**${entry.reason ? `（${entry.reason}）` : ''} · ${coloured('grey', source)}`;
            }),
          ),
        ),
      ),
      values.size === 0 && note(say('这个月还没有登记工时。', 'No hours of this month are recorded.')),
      mayChange &&
        row(
          button(say('登记或更正', 'Record or correct'), asks('hours set', { person: person.openId, month }), {
            look: 'primary_filled',
          }),
        ),
    ],
  });
}
