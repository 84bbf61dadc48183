import { type Person, roleLabel } from '#domain/people/person';
import { inLocale, join, type Locale, say } from '#domain/text';
import { button, type Card, card, does, note, row, table, text } from './kit.ts';

export const PEOPLE_A_PAGE = 50;

/** 花名册. */
export function peopleListCard({
  people,
  total,
  managers,
  page,
  query,
  locale,
}: {
  people: Person[];
  total: number;
  managers: Map<number, string>;
  page: number;
  query: Record<string, string>;
  locale: Locale;
}): Card {
  const pages = Math.max(1, Math.ceil(total / PEOPLE_A_PAGE));
  return card({
    title: say('花名册', 'Roster'),
    subtitle: say(`${total} 人`, `${total} people`),
    personal: true,
    wide: true,
    body: [
      people.length === 0
        ? text(
            say(
              '没有符合的人员。发一份 CSV 或 Excel 给我就能导入。',
              'Nobody matches. Send me a CSV or Excel file to import people.',
            ),
          )
        : table(
            locale,
            [
              { name: 'name', label: say('姓名', 'Name') },
              { name: 'no', label: say('工号', 'No.') },
              { name: 'department', label: say('部门', 'Department') },
              { name: 'roles', label: say('角色', 'Roles') },
              { name: 'manager', label: say('上级', 'Manager') },
            ],
            people.map((person) => ({
              name: person.name,
              no: person.employeeNo ?? '',
              department: person.department ?? '',
              roles: inLocale(
                join(
                  person.roles.map((role) => roleLabel[role]),
                  say('、', ', '),
                ),
                locale,
              ),
              manager: person.managerId === null ? '' : (managers.get(person.managerId) ?? ''),
            })),
          ),
      pages > 1 &&
        row(
          page > 1 &&
            button(say('上一页', 'Previous'), does('people list', { ...query, page: page - 1 }), { size: 'small' }),
          page < pages &&
            button(say('下一页', 'Next'), does('people list', { ...query, page: page + 1 }), { size: 'small' }),
        ),
      pages > 1 && note(say(`第 ${page} / ${pages} 页`, `Page ${page} of ${pages}`)),
    ],
  });
}
