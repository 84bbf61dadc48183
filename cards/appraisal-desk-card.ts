import { pointsText } from '#domain/appraisal/score';
import { type Phase, phaseLabel } from '#domain/appraisal/sheet';
import type { IsoDate, Month } from '#domain/calendar/dates';
import { say, type Text } from '#domain/text';
import { beside, button, type Card, card, does, type Element, note, row, type Tone, text } from './kit.ts';
import { coloured, type Markup, md } from './markup.ts';
import { both, lines } from './words.ts';

export const DESK_PAGE = 12;

export interface DeskRow {
  openId: string;
  name: string;
  phase: Phase;
  approved: boolean;
  total: number | undefined;
  hasDraft: boolean;
  /** Whose own people this one belongs to, when one stands in. */
  standsInFor?: string;
}

export interface DeskView {
  month: Month;
  rows: DeskRow[];
  page: number;
  /** Scores are due then; the reminder comes on the first of the two. */
  due: { reminder: IsoDate; limit: IsoDate };
  /** The next one to score, one tap away. */
  next?: { openId: string; name: string };
  news?: Text;
}

const colours: Record<Phase, 'orange' | 'blue' | 'green' | 'red' | 'grey'> = {
  open: 'orange',
  scored: 'blue',
  confirmed: 'green',
  objected: 'red',
  reconfirmed: 'green',
  unanswered: 'grey',
};

/** 考核工作台: everybody one scores, with where they stand. Sent to one manager, never forwarded. */
export function deskCard({ month, rows, page, due, next, news }: DeskView): Card {
  const pages = Math.max(1, Math.ceil(rows.length / DESK_PAGE));
  const open = rows.filter(({ phase }) => phase === 'open').length;
  const tone: Tone = open > 0 ? 'orange' : rows.some(({ phase }) => phase === 'objected') ? 'red' : 'green';
  return card({
    title: say(`${month} 月度考核`, `Appraisal of ${month}`),
    subtitle: say('我的考核工作台', 'My desk'),
    tone,
    summary: say('月度考核', 'Monthly appraisal'),
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`${t(news)}`)),
      text(
        both((t) =>
          t(
            open > 0
              ? say(
                  `共 ${rows.length} 人，还有 ${open} 人没打分。请在 ${due.reminder} 前完成，最迟 ${due.limit}。`,
                  `${rows.length} people, ${open} still to score: by ${due.reminder}, at the latest ${due.limit}.`,
                )
              : say(`共 ${rows.length} 人，都打过分了。`, `${rows.length} people, all scored.`),
          ),
        ),
      ),
      next &&
        button(
          say(`给下一位打分：${next.name}`, `Score the next one: ${next.name}`),
          does('appraise score', { person: next.openId, month }),
          {
            look: 'primary_filled',
          },
        ),
      ...rows.slice((page - 1) * DESK_PAGE, page * DESK_PAGE).map((each) => line(each, month)),
      row(
        page > 1 && button(say('上一页', 'Previous'), does('appraise', { month, page: page - 1 }), { size: 'small' }),
        page < pages && button(say('下一页', 'Next'), does('appraise', { month, page: page + 1 }), { size: 'small' }),
        button(say('刷新', 'Refresh'), does('appraise', { month, page }), { size: 'small' }),
        button(say('统计', 'Statistics'), does('appraise status', { month }), { size: 'small' }),
      ),
      pages > 1 && note(say(`第 ${page} / ${pages} 页`, `Page ${page} of ${pages}`)),
    ],
  });
}

function line({ openId, name, phase, approved, total, hasDraft, standsInFor }: DeskRow, month: Month): Element {
  const said = (t: (text: Text) => string): Markup => {
    const points = total === undefined ? '' : t(say(` · ${pointsText(total)} 分`, ` · ${pointsText(total)}`));
    const draft = hasDraft && phase === 'open' ? t(say(' · 有草稿', ' · draft')) : '';
    const state = approved ? say('已审批', 'approved') : phaseLabel[phase];
    return lines(
      md`**${name}**${standsInFor ? coloured('grey', ` ${t(say('代', 'for'))} ${standsInFor}`) : ''}`,
      md`${coloured(colours[phase], t(state))}${points}${draft}`,
    );
  };
  const act =
    phase === 'open'
      ? button(say('打分', 'Score'), does('appraise score', { person: openId, month }), {
          size: 'small',
          look: 'primary',
        })
      : phase === 'objected'
        ? button(say('复核', 'Review'), does('appraise results', { person: openId, month }), {
            size: 'small',
            look: 'danger',
          })
        : button(say('查看', 'Open'), does('appraise results', { person: openId, month }), { size: 'small' });
  return beside(both(said), act);
}
