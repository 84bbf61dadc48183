import { say } from '#domain/text';
import { asks, button, type Card, card, does, note, row, text } from './kit.ts';

/** The first thing that a person or a group hears from the bot. */
export function welcomeCard(person?: { name: string }): Card {
  return card({
    title: person?.name
      ? say(`${person.name}，你好`, `Hello ${person.name}`)
      : say('大家好，我是跟单', 'Hello, this is Gendan'),
    tone: 'turquoise',
    summary: say('跟单机器人', 'Gendan'),
    body: [
      text(
        say(
          '我帮跟单员把订单从合同跟到收款：在群里一句话登记进度，到期前提醒，月底考核和工资都有据可查。',
          'I help merchandisers follow orders from contract to cash: progress logged in one line, reminders before it is late, and appraisals and pay that can be looked up.',
        ),
      ),
      note(
        say(
          '例如：@我 /订单 更新 SO-1001 缝制 800件 备注=“袖口返工”',
          'For example: @me /order update SO-1001 sewing 800pcs note="cuffs redone"',
        ),
      ),
      row(
        button(say('我能做什么', 'What can I do'), does('help'), { look: 'primary_filled' }),
        button(say('我的订单', 'My orders'), does('order list')),
        button(say('新建订单', 'New order'), asks('order new')),
      ),
    ],
  });
}
