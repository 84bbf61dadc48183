import { type Approval, type ApprovalCode, approvalKinds } from '#domain/approval';
import { cut } from '#domain/records/words';
import { say } from '#domain/text';
import { button, type Card, card, does, row, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

/** 待审批: what waits for somebody's answer, oldest first. */
export function approvalListCard({ approvals, names }: { approvals: Approval[]; names: Map<number, string> }): Card {
  return card({
    title: say('等我答复的审批', 'Waiting for my answer'),
    subtitle: say(`共 ${approvals.length} 件`, `${approvals.length} in all`),
    personal: true,
    body: [
      approvals.length === 0 && text(say('没有等你答复的审批。', 'Nothing is waiting for you.')),
      ...approvals.flatMap(({ id, kind, question, askedBy }) => {
        const label = approvalKinds[kind as ApprovalCode]?.label ?? { zh: kind, en: kind };
        return [
          text(
            both(
              (t) => md`**${t(label)}** ${cut(t(question.title), 80)} · ${names.get(askedBy) ?? '—'}
${cut(t(question.reason), 120)}`,
            ),
          ),
          row(button(say('打开', 'Open'), does('approval show', { approval: id }), { size: 'small' })),
        ];
      }),
    ],
  });
}
