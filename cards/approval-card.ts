import { type Approval, type ApprovalCode, approvalKinds } from '#domain/approval';
import { cut } from '#domain/records/words';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, divider, note, row, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { both } from './words.ts';

/** 审批卡: what is asked, by whom, why; two buttons until it is answered, then the answer in their place. Told in private only. */
export function approvalCard({
  approval,
  names,
  news,
}: {
  approval: Approval;
  names: Map<number, string>;
  news?: Text;
}): Card {
  const { id, kind, question, decision } = approval;
  const label = approvalKinds[kind as ApprovalCode]?.label ?? { zh: kind, en: kind };
  const name = (person: number) => names.get(person) ?? '—';
  return card({
    title: say(`审批：${label.zh}`, `Approval: ${label.en}`),
    tone: decision === undefined ? 'orange' : decision.approved ? 'green' : 'red',
    tags: [stateTag(approval)],
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      text(both((t) => md`**${cut(t(question.title), 160)}**`)),
      text(both((t) => md`${t(question.reason)}`)),
      question.facts.length > 0 &&
        text(
          both(
            (t) =>
              new Markup(
                question.facts
                  .map(({ label: words, value }) => md`- ${t(words)}：${cut(t(value), 80)}`.source)
                  .join('\n'),
              ),
          ),
        ),
      note(both((t) => md`${t(say('申请人：', 'Asked by: '))}${name(approval.askedBy)}`)),
      divider(),
      decision === undefined
        ? row(
            button(say('同意', 'Approve'), asks('approval decide', { approval: id, decision: 'approve' }), {
              look: 'primary_filled',
            }),
            button(say('拒绝', 'Refuse'), asks('approval decide', { approval: id, decision: 'refuse' }), {
              look: 'danger',
            }),
          )
        : text(
            both(
              (t) =>
                md`${t(decision.approved ? say('✅ 已同意', '✅ Approved') : say('❌ 已拒绝', '❌ Refused'))} · ${name(decision.by)}${decision.reason && t(say('：', ': '))}${cut(decision.reason, 300)}`,
            ),
          ),
    ],
  });
}

const stateTag = ({ decision }: Approval) =>
  decision === undefined
    ? { text: say('待答复', 'waiting'), colour: 'orange' as const }
    : decision.approved
      ? { text: say('已同意', 'approved'), colour: 'green' as const }
      : { text: say('已拒绝', 'refused'), colour: 'red' as const };
