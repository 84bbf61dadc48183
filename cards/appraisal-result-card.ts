import type { SheetCriterion } from '#domain/appraisal/criteria';
import { pointsText, type Result, type Scores } from '#domain/appraisal/score';
import { phaseLabel, type SheetState } from '#domain/appraisal/sheet';
import type { IsoDate, Month } from '#domain/calendar/dates';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, divider, does, note, panel, row, type Tone, text } from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { both } from './words.ts';

export interface ResultView {
  person: { openId: string; name: string };
  month: Month;
  criteria: SheetCriterion[];
  state: SheetState;
  /** What the scores rest on, in words. */
  facts: Text[];
  /** Names of whoever scored, reviewed and approved. */
  names: Map<number, string>;
  answerBy: IsoDate | undefined;
  may: { answer: boolean; decide: boolean; rescore: boolean };
  news?: Text;
}

const tones: Record<SheetState['phase'], Tone> = {
  open: 'orange',
  scored: 'blue',
  confirmed: 'green',
  objected: 'red',
  reconfirmed: 'green',
  unanswered: 'grey',
};

const cut = (words: string): string => ([...words].length > 500 ? `${[...words].slice(0, 500).join('')}…` : words);
/** Each reason is short here, so that ten of them stay far below what a card may hold. */
const brief = (words: string): string => ([...words].length > 160 ? `${[...words].slice(0, 160).join('')}…` : words);

/** 考核结果: scores with their facts and words, and both versions after an objection. For the employee, those above, HR and finance. */
export function resultCard({ person, month, criteria, state, facts, names, answerBy, may, news }: ResultView): Card {
  const { phase, scores, before, objection, answer, approved, words } = state;
  const name = (id: number | undefined) => (id === undefined ? '—' : (names.get(id) ?? '—'));
  const version = state.scoredSeq;
  return card({
    title: say(`${month} 考核结果`, `Appraisal of ${month}`),
    tone: approved ? 'green' : tones[phase],
    tags: [
      { text: phaseLabel[phase], colour: tones[phase] },
      ...(approved ? [{ text: say('已审批', 'approved'), colour: 'green' as const }] : []),
      ...(state.wasUnanswered && phase !== 'unanswered'
        ? [{ text: say('曾逾期未答复', 'answered late'), colour: 'grey' as const }]
        : []),
    ],
    summary: say('月度考核', 'Monthly appraisal'),
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`${t(news)}`)),
      text(both((t) => md`**${person.name}**　${t(say('打分人', 'scored by'))} ${name(state.scoredBy)}`)),
      scores && scoreLines(criteria, scores),
      scores &&
        text(
          both((t) => md`**${t(say(`总分 ${pointsText(scores.total)}`, `Total ${pointsText(scores.total)}`))}**`),
          { size: 'heading' },
        ),
      scores !== undefined &&
        scores.leftOut.length > 0 &&
        note(
          say(
            `没有应完成事项、不计入的项：${labels(criteria, scores.leftOut, 'zh')}；权重分摊到其他项。`,
            `Nothing was due, left out: ${labels(criteria, scores.leftOut, 'en')}; the weight is spread over the others.`,
          ),
        ),
      words !== undefined && words !== '' && text(both((t) => md`${t(say('总评：', 'Words: '))}${cut(words)}`)),
      objection && divider(),
      objection && text(both((t) => md`**${t(say('本人异议', 'Objection'))}**：${cut(objection.words)}`)),
      answer &&
        text(
          both(
            (t) =>
              md`**${t(answer.kind === 'upheld' ? say('复核：维持原分', 'Reviewed: upheld') : say('复核：改分', 'Reviewed: changed'))}** ${name(answer.by)}：${cut(answer.words)}`,
          ),
        ),
      before &&
        panel(say(`原来的分数：${pointsText(before.total)}`, `The earlier scores: ${pointsText(before.total)}`), [
          scoreLines(criteria, before),
        ]),
      facts.length > 0 &&
        panel(
          say('本月事实', 'Facts of the month'),
          [text(both((t) => new Markup(facts.map((each) => md`- ${t(each)}`.source).join('\n'))))],
          {
            expanded: may.answer,
          },
        ),
      may.answer &&
        row(
          button(say('确认', 'Confirm'), does('appraise confirm', { month, version }), { look: 'primary_filled' }),
          button(say('有异议', 'Object'), asks('appraise dispute', { month, version }), { look: 'danger' }),
        ),
      may.answer &&
        answerBy !== undefined &&
        note(
          say(
            `请在 ${answerBy} 前确认或提出异议；到时没有答复会记为「未答复」，分数照算，但不算你同意。`,
            `Please confirm or object by ${answerBy}; after that it is recorded as “unanswered”: the score counts, but is never shown as agreed.`,
          ),
        ),
      may.decide &&
        row(
          button(
            say('维持原分', 'Uphold'),
            asks('appraise decide', { person: person.openId, month, decision: 'uphold' }),
            {
              look: 'primary_filled',
            },
          ),
          button(say('改分', 'Change'), does('appraise decide', { person: person.openId, month, decision: 'change' })),
        ),
      may.rescore &&
        row(
          button(say('改分', 'Change the scores'), does('appraise score', { person: person.openId, month }), {
            size: 'small',
          }),
        ),
      approved &&
        note(say(`${approved.on} ${name(approved.by)} 审批生效`, `Approved on ${approved.on} by ${name(approved.by)}`)),
    ],
  });
}

const labels = (criteria: SheetCriterion[], clauses: string[], locale: 'zh' | 'en'): string =>
  criteria
    .filter(({ clause }) => clauses.includes(clause))
    .map(({ label }) => label[locale])
    .join(locale === 'zh' ? '、' : ', ');

/** One line a criterion: points, weight, what the records say, the reason. */
function scoreLines(criteria: SheetCriterion[], { results }: Scores) {
  return text(
    both(
      (t) =>
        new Markup(
          criteria
            .map(({ clause, label, weight }) => {
              const result = results.find((each) => each.clause === clause);
              const why = result?.reason ? md`\n${coloured('grey', `　${brief(result.reason)}`)}` : md``;
              return md`- ${t(label)}　**${points(result, t)}**${coloured('grey', ` × ${weight}%`)}${why}`.source;
            })
            .join('\n'),
        ),
    ),
  );
}

function points(result: Result | undefined, t: (text: Text) => string): string {
  if (!result) return '—';
  const records = result.due === undefined ? '' : `${result.done}/${result.due}`;
  const own = result.score === undefined ? '' : pointsText(result.score);
  if (result.overruled) return `${own}${t(say(`（记录 ${records}，主管改分）`, ` (records ${records}, overruled)`))}`;
  return own && records ? `${own}${t(say(`，记录 ${records}`, `, records ${records}`))}` : own || records || '—';
}
