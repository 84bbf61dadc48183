import type { IncidentKind } from '#domain/incident/kinds';
import { shortYuan } from '#domain/money';
import { say, type Text } from '#domain/text';
import { datePicker, form, input, select } from './form-kit.ts';
import { button, type Card, card, does, type Element, note, row, text } from './kit.ts';
import { md } from './markup.ts';
import { both } from './words.ts';

const frame = (step: Text, body: (Element | undefined | false)[]): Card =>
  card({
    title: say('登记考核事件', 'Record an incident'),
    tone: 'orange',
    personal: true,
    body: [text(step), ...body, button(say('关闭', 'Close'), does('card close'), { look: 'text', size: 'small' })],
  });

/** Step 1: whom it is about, out of one's own people; HR types a name. */
export function whomCard(own: { openId: string; name: string }[]): Card {
  const field =
    own.length > 0
      ? select(
          { name: 'person', label: say('员工', 'Employee'), required: true, placeholder: say('请选择', 'Choose') },
          own.map(({ openId, name }) => ({ value: openId, label: name })),
        )
      : input(
          {
            name: 'person',
            label: say('员工', 'Employee'),
            required: true,
            placeholder: say('姓名或工号', 'Name or no.'),
          },
          { maxLength: 80 },
        );
  return frame(say('第 1 步：是谁？', 'Step 1: who?'), [
    form('whom', field, { label: say('下一步', 'Next'), action: does('incident add') }),
  ]);
}

/** Step 2: what happened, by the clauses of the scheme that the person is under. */
export function whatCard(person: { openId: string; name: string }, kinds: IncidentKind[]): Card {
  return frame(say('第 2 步：是哪一种？', 'Step 2: what kind?'), [
    text(both(() => md`**${person.name}**`)),
    ...kinds.map((kind) =>
      button(
        say(`${kind.clause} ${kind.label.zh}`, `${kind.clause} ${kind.label.en}`),
        does('incident add', { person: person.openId, kind: kind.clause }),
      ),
    ),
  ]);
}

/** Step 3: only what this kind needs. */
export function factsCard(
  person: { openId: string; name: string },
  kind: IncidentKind,
  { date, known = {} }: { date: string; known?: Record<string, string> },
): Card {
  const { charge } = kind;
  const value = (name: string) => (known[name] === undefined ? {} : { value: known[name] });
  const fields = [
    ...datePicker({ name: 'date', label: say('发生日期', 'Date'), required: true, value: known.date ?? date }),
    ...(charge.by === 'loss'
      ? input(
          {
            name: 'loss',
            label: say('公司损失（元）', 'Company loss (yuan)'),
            required: true,
            placeholder: '3200.00',
            ...value('loss'),
          },
          { maxLength: 24 },
        )
      : []),
    ...(charge.by === 'range'
      ? input(
          {
            name: 'amount',
            label: say(
              `扣款金额（${shortYuan(charge.from)}–${shortYuan(charge.to)} 元）`,
              `Amount (${shortYuan(charge.from)}–${shortYuan(charge.to)} yuan)`,
            ),
            required: true,
            ...value('amount'),
          },
          { maxLength: 24 },
        )
      : []),
    ...input(
      {
        name: 'order',
        label: say('订单号', 'Order'),
        placeholder: say('和订单有关就写', 'if it is about one'),
        ...value('order'),
      },
      { maxLength: 40 },
    ),
    ...(charge.by === 'fault'
      ? input(
          { name: 'declaration', label: say('报关单号', 'Declaration'), ...value('declaration') },
          { maxLength: 40 },
        )
      : []),
    ...input(
      {
        name: 'note',
        label: say('原因或经过', 'What happened'),
        required: true,
        placeholder: say('本人会马上看到', 'the employee sees this at once'),
        ...value('note'),
      },
      { multiline: true, maxLength: 1000 },
    ),
  ];
  return frame(say('第 3 步：填写事实', 'Step 3: the facts'), [
    text(both((t) => md`**${person.name}** · ${kind.clause} ${t(kind.label)}`)),
    note(kind.text),
    form('facts', fields, {
      label: say('登记并告知本人', 'Record and tell the employee'),
      action: does('incident add', { person: person.openId, kind: kind.clause, sure: 'yes' }),
    }),
    row(button(say('换一种', 'Another kind'), does('incident add', { person: person.openId }), { size: 'small' })),
  ]);
}
