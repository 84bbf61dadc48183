import { momentText } from '#domain/calendar/business-day';
import { formatYuan } from '#domain/money';
import type { FactUse, Line } from '#domain/pay/context';
import { say, type Text } from '#domain/text';
import { button, type Card, card, does, type Element, note, panel, row, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { clip, money } from './pay-parts.ts';
import { both, lines as stacked } from './words.ts';

export const WHY_A_PAGE = 6;
const SOURCES_SHOWN = 12;

export interface WhyView {
  person: { name: string; openId: string };
  month: string;
  other: boolean;
  /** The scheme and its version, and whether the month is locked. */
  scheme: Text;
  locked: boolean;
  totalFen: bigint;
  lines: readonly Line[];
  page: number;
  /** Only this one, with all its facts. */
  chosen: Line | undefined;
  missed: readonly { clause: string; worthFen: bigint; text: { zh: string; en: string } }[];
  /** Names by open_id. */
  names: ReadonlyMap<string, string>;
  /** What opens a message for who looks, by message id; `chat` where only the chat can be opened. */
  opens: ReadonlyMap<string, { message?: string; chat?: string; closed?: boolean }>;
  zone: string;
}

type Shown = Pick<WhyView, 'lines' | 'page' | 'chosen'>;
type Source = FactUse['sources'][number];

const linesShown = ({ lines, page, chosen }: Shown): readonly Line[] =>
  chosen ? [chosen] : lines.slice((page - 1) * WHY_A_PAGE, page * WHY_A_PAGE);
const factsShown = ({ facts }: Line, full: boolean): readonly FactUse[] => facts.slice(0, full ? 20 : 4);
const sourcesOf = ({ sources }: FactUse, full: boolean): readonly Source[] =>
  sources.slice(0, full ? SOURCES_SHOWN : 2);

/** The sources that the card names. */
export const sourcesShown = (shown: Shown): Source[] =>
  linesShown(shown).flatMap((line) =>
    factsShown(line, shown.chosen !== undefined).flatMap((fact) => sourcesOf(fact, shown.chosen !== undefined)),
  );

/** 为什么: from the line to its formula, the clause in the document's own words, the facts, and the message that recorded each. */
export function payWhyCard(view: WhyView): Card {
  const { month, lines, page, chosen, missed, person, other } = view;
  const whose = other ? { person: person.openId } : {};
  const pages = Math.max(1, Math.ceil(lines.length / WHY_A_PAGE));
  return card({
    title: say('工资是怎么算的', 'How the pay comes about'),
    subtitle: month,
    personal: 'amounts',
    body: [
      other && text(both(() => md`**${person.name}**`)),
      text(
        both((t) =>
          stacked(
            md`${t(view.scheme)}　${view.locked ? t(say('已锁定', 'locked')) : t(say('预估', 'estimate'))}`,
            md`${t(say('合计', 'Total'))} ${money(view.totalFen)}`,
          ),
        ),
      ),
      ...linesShown(view).flatMap((line) => whyLine(line, view, chosen !== undefined, whose)),
      sourcesShown(view).some((source) => linkOf(source, view)?.opens === 'chat') && note(chatOnly),
      !chosen &&
        page === pages &&
        missed.length > 0 &&
        panel(
          say('为什么没有更多', 'Why not more'),
          missed
            .slice(0, 8)
            .map(({ clause, worthFen, text: words }) =>
              text(both((t) => md`**+${formatYuan(worthFen)}**　${clause}　${clip(t(words), 200)}`)),
            ),
          { expanded: true },
        ),
      row(
        chosen && button(say('全部', 'All lines'), does('pay why', { month, ...whose }), { size: 'small' }),
        !chosen &&
          page > 1 &&
          button(say('上一页', 'Previous'), does('pay why', { month, page: page - 1, ...whose }), { size: 'small' }),
        !chosen &&
          page < pages &&
          button(say('下一页', 'Next'), does('pay why', { month, page: page + 1, ...whose }), { size: 'small' }),
        button(say('返回', 'Back'), does('pay', { month, ...whose }), { size: 'small' }),
      ),
    ],
  });
}

function whyLine(line: Line, view: WhyView, full: boolean, whose: { person?: string }): Element[] {
  const body: Element[] = [
    text(both((t) => md`${t(say('算法：', 'Formula: '))}${clip(t(line.formula), full ? 900 : 260)}`)),
    ...(line.quote
      ? [
          text(
            both(
              (t) =>
                md`${t(say('条款', 'Clause'))} ${line.clause}：${coloured('grey', `「${clip(line.quote, full ? 600 : 160)}」`)}`,
            ),
          ),
        ]
      : []),
    ...factsShown(line, full).map((fact) => factLine(fact, view, full)),
    ...(full || line.facts.length === 0
      ? []
      : [
          row(
            button(
              say('事实与来源', 'Facts and sources'),
              does('pay why', { month: view.month, line: line.id, ...whose }),
              {
                size: 'small',
              },
            ),
          ),
        ]),
  ];
  return [
    panel(
      both((t) => md`${money(line.amountFen)}　${t(line.label)}`),
      body,
      { expanded: full },
    ),
  ];
}

const chatOnly = say(
  '「所在聊天」只能打开聊天：那条消息的位置还没有查到，或者平台不提供（已撤回、没有权限）。',
  '“chat” opens the chat only: where the message stands is not found yet, or the platform does not tell (taken back, no permission).',
);

/** What the source's link opens: the message, else the chat where it was said. */
function linkOf(
  { messageId, link }: Source,
  { opens }: WhyView,
): { opens: 'message' | 'chat'; url: string } | undefined {
  const known = messageId === undefined ? undefined : opens.get(messageId);
  if (known?.closed) return undefined;
  if (known?.message) return { opens: 'message', url: known.message };
  const url = known?.chat ?? link;
  return url === undefined ? undefined : { opens: 'chat', url };
}

const linkWords = { message: say('原消息', 'message'), chat: say('所在聊天', 'chat') };

/** One fact with who recorded it, when, and what opens the message in which that was said. */
function factLine(fact: FactUse, view: WhyView, full: boolean): Element {
  const { names, zone } = view;
  const shown = sourcesOf(fact, full);
  return text(
    both((t) => {
      const sources = shown.map((source) => {
        const who = source.author ? (names.get(source.author) ?? source.author) : '';
        const when = source.at ? momentText(new Date(source.at), zone) : '';
        const words = [source.order, source.value, who, when, source.note]
          .filter(Boolean)
          .map((word) => clip(String(word), 60))
          .join(' · ');
        const to = linkOf(source, view);
        const link =
          to && /^https:\/\/[^\s()[\]]+$/.test(to.url) ? new Markup(` [${t(linkWords[to.opens])}](${to.url})`) : '';
        // its id is for whoever has to look for it
        const message =
          source.messageId && to?.opens !== 'message' ? md` ${coloured('grey', clip(source.messageId, 40))}` : '';
        const said =
          source.messageId && view.opens.get(source.messageId)?.closed
            ? md` ${coloured('grey', t(say('（私聊里说的）', '(said in private)')))}`
            : '';
        return md`　↳ ${words}${message}${link}${said}`;
      });
      const rest = fact.sources.length - shown.length;
      return stacked(
        md`• ${t(fact.label)}：**${fact.value}**`,
        ...sources,
        ...(rest > 0 ? [md`　${t(say(`……还有 ${rest} 条`, `… and ${rest} more`))}`] : []),
      );
    }),
  );
}
