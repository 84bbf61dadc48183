import { asc, gt } from 'drizzle-orm';
import { createSchedule, type Schedule } from '#app/schedule';
import { silent } from '#bot/log';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import type { OutboxJob } from '#db/outbox';
import { addTerms, changePerson, putPerson } from '#db/people';
import { outbox } from '#db/schema';
import type { Person, Role } from '#domain/people/person';
import { appraisalTask } from '#usecases/appraisal-cycle';
import { cardIn, type TestBot, withCards } from './bot.ts';

export const ZONE = 'Asia/Shanghai';
/** A moment of the company's clock. */
export const at = (day: string, hour = 10, minute = 0): Date =>
  new Date(`2026-${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+08:00`);

const seeded = at('10-01');

export interface Company {
  zhao: Person;
  fang: Person;
  zhou: Person;
  managers: { wang: Person; qian: Person; sun: Person };
  /** Four of each manager: `wang1` … `sun4`. */
  staff: Record<string, Person>;
}

/** Three managers with four people each under scheme LB, the general manager above, a deputy general manager for sales, finance. */
export async function seedCompany(db: Db): Promise<Company> {
  let no = 1000;
  const put = async (openId: string, name: string, department: string, roles: Role[], managerId: number | null) => {
    no += 1;
    const { after } = await putPerson(db, openId, { name, employeeNo: `E${no}`, department, roles }, seeded);
    return managerId === null ? after : changePerson(db, after.id, { managerId }, seeded);
  };
  const zhao = await put('ou_zhao', '赵总', '总经办', ['general_manager'], null);
  const zhou = await put('ou_zhou', '周营销', '总经办', ['manager'], zhao.id);
  const fang = await put('ou_fang', '方会计', '财务部', ['finance'], zhao.id);
  await put('ou_hr', '孙人事', '人事部', ['hr', 'admin'], zhao.id);
  const managers = {
    wang: await put('ou_wang', '王芳', '业务一部', ['manager'], zhao.id),
    qian: await put('ou_qian', '钱慢', '业务二部', ['manager'], zhao.id),
    sun: await put('ou_sun', '孙远', '业务三部', ['manager'], zhao.id),
  };
  const staff: Company['staff'] = {};
  for (const [key, manager] of Object.entries(managers))
    for (const n of [1, 2, 3, 4]) {
      const person = await put(
        `ou_${key}${n}`,
        `${manager.name[0]}员${n}`,
        manager.department!,
        ['merchandiser'],
        manager.id,
      );
      await addTerms(
        db,
        person.id,
        { fromMonth: '2026-01', scheme: 'lb', positionWageFen: 3500_00n, performanceBaseFen: null },
        'test',
        seeded,
      );
      staff[`${key}${n}`] = person;
    }
  return { zhao, zhou, fang, managers, staff };
}

/** A scheduler of its own, as a second instance would have it. */
export function scheduler(db: Db, clock: () => Date): Schedule {
  return createSchedule({
    db,
    tasks: [appraisalTask()],
    now: clock,
    zone: ZONE,
    locale: 'zh',
    log: silent,
    onCommitted() {},
  });
}

export interface Sent {
  to: string;
  day: string;
  hour: number;
  card: Card | undefined;
  file: string | undefined;
}

/** Everything that was written for sending since the row with this id, oldest first. */
export async function sentSince(db: Db, after = 0): Promise<(Sent & { id: number })[]> {
  const all = await db.select().from(outbox).where(gt(outbox.id, after)).orderBy(asc(outbox.id));
  const rows = await withCards(
    db,
    all.map((row) => ({ ...row, job: row.job as OutboxJob })),
  );
  return rows.map(({ id, lane, job, createdAt }) => {
    const local = new Date(createdAt.getTime() + 8 * 3_600_000).toISOString();
    const { content } = job as Extract<OutboxJob, { content: unknown }>;
    return {
      id,
      to: lane.replace('person:ou_', ''),
      day: local.slice(5, 10),
      hour: Number(local.slice(11, 13)),
      card: content?.type === 'file' ? undefined : cardIn({ job }),
      file: content?.type === 'file' ? content.name : undefined,
    };
  });
}

/** The last card that a person got, or the last one with this button. */
export async function lastCard(db: Db, openId: string, button = ''): Promise<Card> {
  const own = (await sentSince(db)).filter(
    ({ to, card }) => `ou_${to}` === openId && card && JSON.stringify(card.body).includes(`"content":"${button}`),
  );
  return own.at(-1)!.card!;
}

const score = { s1: '85', s2: '88', s3: '90', words: '稳定' };

/** Opens the form from the desk's "next" button and hands it in. */
export async function scoreNext(
  bot: TestBot,
  who: string,
  desk: Card,
  values: Record<string, string> = score,
): Promise<Card> {
  const label = (JSON.stringify(desk).match(/给下一位打分：[^"]+/) ?? [''])[0];
  const form = await bot.press(who, desk, label);
  const done = await bot.press(who, form.card as Card, '提交并告知本人', values);
  if (!done.card) throw new Error(`not scored: ${JSON.stringify(done)}`);
  return done.card as Card;
}
