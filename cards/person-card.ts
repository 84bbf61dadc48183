import { type Person, roleLabel } from '#domain/people/person';
import { join, say, type Text } from '#domain/text';
import { type Card, card, note, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { both, lines } from './words.ts';

export interface PersonView {
  person: Person;
  manager: string | undefined;
  orders?: { open: number; late: number };
  /** What just happened, above everything else. */
  news?: Text;
}

/** 人员卡: what everybody may know of a colleague. Nothing of pay. */
export function personCard({ person, manager, orders, news }: PersonView): Card {
  const facts: [Text, Text][] = [
    [say('工号', 'Employee no.'), person.employeeNo ?? '—'],
    [say('部门', 'Department'), person.department ?? '—'],
    [say('上级', 'Manager'), manager ?? '—'],
    [
      say('角色', 'Roles'),
      person.roles.length > 0
        ? join(
            person.roles.map((role) => roleLabel[role]),
            say('、', ', '),
          )
        : say('还没有角色', 'none yet'),
    ],
    ...(orders
      ? [
          [
            say('在手订单', 'Open orders'),
            say(`${orders.open} 单，其中超期 ${orders.late} 单`, `${orders.open}, ${orders.late} of them late`),
          ] as [Text, Text],
        ]
      : []),
    ...(person.leftOn ? [[say('离职', 'Left'), person.leftOn] as [Text, Text]] : []),
  ];
  return card({
    title: person.name,
    tone: person.leftOn ? 'grey' : 'blue',
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      text(both((t) => lines(...facts.map(([label, value]) => md`${coloured('grey', t(label))}　${t(value)}`)))),
      person.roles.length === 0 &&
        note(
          say(
            '没有角色还不能登记订单，请联系管理员。',
            'Without a role no orders can be recorded; please ask an administrator.',
          ),
        ),
    ],
  });
}

/** For somebody who is not on the roster: what to send to whom. */
export const strangerCard = (openId: string): Card =>
  card({
    title: say('我还不认识你', 'I do not know you yet'),
    tone: 'orange',
    body: [
      text(
        say(
          '你还不在花名册里。请把下面的编号发给管理员，请他登记你：',
          'You are not on the roster. Please send this id to an administrator and ask to be added:',
        ),
      ),
      text(openId),
    ],
  });
