import type { CompanyRules } from '#domain/order/gates';
import type { StageTemplate } from '#domain/order/stages';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, note, row, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { both } from './words.ts';

/** 规则: what must have happened before an order may go on, as the company chose it. */
export function ruleCard({
  rules,
  templates,
  mayChange,
  news,
}: {
  rules: CompanyRules;
  /** All that orders may follow, for their names. */
  templates: readonly Pick<StageTemplate, 'code' | 'label'>[];
  mayChange: boolean;
  news?: Text;
}): Card {
  const onOff = (on: boolean): Text => (on ? say('开', 'on') : say('关', 'off'));
  const sealed = templates.filter(({ code }) => rules.sealFor.includes(code));
  const items: [Text, Text][] = [
    [
      say('首件封样没通过，不能做大货', 'Bulk waits for the first-piece seal'),
      sealed.length === 0
        ? say('关', 'off')
        : say(sealed.map(({ label }) => label.zh).join('、'), sealed.map(({ label }) => label.en).join(', ')),
    ],
    [say('定金没到，不能生产', 'Production waits for the deposit'), onOff(rules.deposit)],
    [say('余款没到，不能出货', 'Shipment waits for the balance'), onOff(rules.balance)],
    [say('新开模要总经理同意', 'A new mould needs the general manager'), say('一直开', 'always on')],
    [
      say('报关单号', 'Declaration numbers'),
      rules.declarationForm
        ? say(`18 位数字或 ${rules.declarationForm}`, `18 digits or ${rules.declarationForm}`)
        : say('18 位数字', '18 digits'),
    ],
  ];
  return card({
    title: say('公司规则', 'Company rules'),
    tone: 'turquoise',
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      text(
        both((t) => new Markup(items.map(([label, value]) => md`- ${t(label)}：**${t(value)}**`.source).join('\n'))),
      ),
      note(
        say(
          '急的时候部门经理可以放行，要写原因：/规则 放行 SO-1001 封样 原因=…',
          'A manager may overrule with a reason: /rule overrule SO-1001 seal reason=…',
        ),
      ),
      mayChange && row(button(say('修改', 'Change'), asks('rule set'), { size: 'small' })),
    ],
  });
}
