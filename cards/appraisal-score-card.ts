import type { SheetCriterion } from '#domain/appraisal/criteria';
import { bandText, type CriterionEvidence } from '#domain/appraisal/evidence';
import type { Month } from '#domain/calendar/dates';
import { say, type Text } from '#domain/text';
import { encodeAction } from './action.ts';
import { form, input } from './form-kit.ts';
import { type Action, button, type Card, card, does, type Element, note, plain, text } from './kit.ts';
import { coloured, Markup, md, sourceOf } from './markup.ts';
import { both } from './words.ts';

export interface ScoreView {
  person: { openId: string; name: string };
  month: Month;
  criteria: SheetCriterion[];
  evidence: Map<string, CriterionEvidence>;
  /** What was typed before, by field: `s1`, `r1`, …, `words`. */
  values: Record<string, string>;
  /** Scoring, or changing the scores after an objection. */
  purpose: { kind: 'score' } | { kind: 'change'; objection: string };
  news?: Text;
}

/** A field's longest text; longer values of an older draft are cut, rather than breaking the card. */
const cut = (value: string | undefined, length: number): { value?: string } =>
  value === undefined || value === '' ? {} : { value: [...value].slice(0, length).join('') };

/** 打分表: each criterion with its weight, beside the month's facts and the band that they suggest. */
export function scoreCard({ person, month, criteria, evidence, values, purpose, news }: ScoreView): Card {
  const change = purpose.kind === 'change';
  const submit: Action = change
    ? does('appraise decide', { person: person.openId, month, decision: 'change', sure: 'yes' })
    : does('appraise score', { person: person.openId, month, sure: 'yes' });
  const fields = criteria.flatMap((criterion, at) =>
    criterionFields(criterion, evidence.get(criterion.clause), at + 1, values),
  );
  return card({
    title: say(`${month} 考核打分`, `Scores of ${month}`),
    tone: 'orange',
    summary: say('月度考核', 'Monthly appraisal'),
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`${t(news)}`)),
      text(both(() => md`**${person.name}**`)),
      purpose.kind === 'change' && text(both((t) => md`${t(say('异议：', 'Objection: '))}${purpose.objection}`)),
      note(
        say(
          '每项 0–100 分，最多一位小数。超出建议范围、低于 60 或高于 95 要写一句理由。',
          'Each 0–100 with at most one decimal. Outside the suggested band, below 60 or above 95 a sentence is needed.',
        ),
      ),
      form(
        'scores',
        [
          ...fields,
          ...input(
            {
              name: 'words',
              label: change
                ? say('复核说明', 'Your answer')
                : say('总评（本人会看到）', 'Words (the employee sees them)'),
              required: change,
              ...cut(values.words, 1000),
            },
            { multiline: true, maxLength: 1000 },
          ),
        ],
        {
          label: change ? say('提交复核', 'Hand in') : say('提交并告知本人', 'Hand in and tell the employee'),
          action: submit,
        },
        ...(change ? [] : [draftButton(does('appraise draft', { person: person.openId, month }))]),
      ),
      button(say('返回名单', 'Back to the list'), does('appraise', { month }), { look: 'text', size: 'small' }),
    ],
  });
}

/** A second submit of the same form: what was typed travels with it. */
const draftButton = (action: Action): Element => ({
  tag: 'button',
  name: encodeAction(action),
  form_action_type: 'submit',
  type: 'default',
  text: plain(say('存草稿', 'Save as draft')),
});

function criterionFields(
  { label, weight, text: words, from }: SheetCriterion,
  evidence: CriterionEvidence | undefined,
  no: number,
  values: Record<string, string>,
): Element[] {
  const facts = both((t) => {
    const band = evidence ? md`${t(say('建议', 'suggested'))} ${bandText(evidence.band)}` : md``;
    const shown = [...(evidence?.lines ?? []).map((each) => sourceOf(t(each))), band.source].filter(Boolean);
    return new Markup(
      [
        md`**${no}. ${t(label)}**　${coloured('grey', `${weight}%`)}`.source,
        ...shown.map((each) => `<font color='grey'>${each}</font>`),
      ].join('\n'),
    );
  });
  const optional = from === 'ratio' && (evidence?.due !== undefined || evidence?.lines !== undefined);
  return [
    text(facts),
    ...(words === label.zh ? [] : [note(both(() => md`${[...words].slice(0, 120).join('')}`))]),
    ...input(
      {
        name: `s${no}`,
        label: say('分数', 'Score'),
        placeholder: optional
          ? say('不填就按记录计算', 'empty: as the records say')
          : say('0–100，例如 87.5', '0–100, like 87.5'),
        ...cut(values[`s${no}`], 8),
      },
      { maxLength: 8 },
    ),
    ...input({ name: `r${no}`, label: say('理由', 'Why'), ...cut(values[`r${no}`], 300) }, { maxLength: 300 }),
  ];
}
