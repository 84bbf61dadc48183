import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { readDays } from '#domain/calendar/read-notice';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { storeNotice } from '#usecases/notices';
import { year as yearField } from './year.ts';

const days = freeText(900);

/** `/calendar add <year> …`: a year's holiday notice, from the official page. A file with the columns `date,kind` does the same. */
export const addCalendar = defineCommand({
  name: 'calendar add',
  aliases: ['日历 录入', '日历 新增'],
  summary: { zh: '录入一年的放假安排（国务院办公厅通知）', en: 'enter a year’s holiday notice' },
  example: {
    zh: '/日历 录入 2027 文号=“国办发明电〔2026〕…号” 放假=“1月1日至3日、2月5日至11日…” 上班=“1月4日…” 法定=“1月1日、2月5日至8日…”',
    en: '/calendar add 2027 notice="…" off="01-01~01-03, 02-05~02-11 …" makeup="01-04 …" statutory="01-01, 02-05~02-08 …"',
  },
  roles: ['admin'],
  answers: 'private',
  input: z.object({
    year: yearField.meta({ word: 1, label: { zh: '年份', en: 'year' }, bare: true }),
    notice: freeText(80).meta({ keys: ['no'], label: { zh: '文号', en: 'notice' } }),
    url: freeText(300)
      .optional()
      .meta({ keys: ['link'], label: { zh: '网址', en: 'url' } }),
    off: days.meta({
      keys: ['休'],
      label: { zh: '放假', en: 'off' },
      placeholder: say('1月1日至3日、2月5日至11日', '01-01~01-03, 02-05~02-11'),
    }),
    makeup: days.optional().meta({ keys: ['调休上班', '班'], label: { zh: '上班', en: 'makeup' } }),
    statutory: days.meta({ keys: ['法定休假日'], label: { zh: '法定', en: 'statutory' } }),
  }),

  async run(ctx, { year, notice, url = '—', ...written }) {
    const read = (field: 'off' | 'makeup' | 'statutory'): string[] => {
      const found = readDays(written[field] ?? '', year);
      if ('days' in found) return found.days;
      throw new UserError(
        'calendar.days',
        say(`「${found.wrong}」看不懂。`, `“${found.wrong}” was not understood.`),
        say(
          '写成 2月5日、2月5日至11日 或 02-05~02-11，用顿号或逗号分开。',
          'Write 02-05 or 02-05~02-11, separated by commas.',
        ),
      );
    };
    const card = await storeNotice(
      ctx.tx,
      { year, notice, url, off: read('off'), makeup: read('makeup'), statutory: read('statutory') },
      {
        by: ctx.actor,
        via: ctx.via,
        saidAt: ctx.saidAt,
        now: ctx.now,
        eventId: ctx.source.eventId,
        messageId: ctx.source.messageId ?? null,
        commandIndex: ctx.source.commandIndex,
      },
    );
    return { card, toast: { tone: 'success', text: say(`已录入 ${year} 年`, `${year} was entered`) } };
  },
});
