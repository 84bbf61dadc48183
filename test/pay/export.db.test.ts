import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { putPerson } from '#db/people';
import { audit, blobs } from '#db/schema';
import { fraction, yuanText } from '#domain/money';
import { payRoom } from '#test/support/pay-room';
import { doJobs, lockMonthByBot, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { evaluate } from '#test/support/spreadsheet';
import { exportModel } from '#usecases/pay/export';
import { plainText, sheetNames, workbook } from '#usecases/pay/workbook';

const room = await payRoom();
const MONTH = '2026-10';

/** One person under each scheme, with incidents, short attendance, samples and a name that would be a formula. */
async function settleAll(): Promise<void> {
  await putPerson(room.db, 'ou_chen', { name: '=HYPERLINK("http://evil","x")' }, now);
  await under(room.db, room.people.chen, 'jw');
  await under(room.db, room.people.li, 'lb', { wage: 3333_33n });
  await under(room.db, room.people.wang, 'kpi');
  await under(room.db, room.people.hr, 'ft');
  room.bot.at('2026-10-20T02:00:00Z');
  await room.bot.say('ou_wang', '/考核事件 登记 E1002 JW-K1 损失=9860.45 原因=+印花色差');
  await room.bot.say('ou_wang', '/考核事件 登记 E1002 JW-K5 原因=@没有填表');
  room.bot.at('2026-11-23T02:00:00Z');
  await room.bot.say(
    'ou_fang',
    '/工资 设置 夜班费=15 打样价="衬衫:15.5 外套:40" guard=enforce 最低工资=2400 起=2026-10',
  );
  await room.bot.say('ou_hr', `/工时 登记 E1002 ${MONTH} 应出勤=168 实出勤=160.5 加班=20 夜班=3 表现=是`);
  await room.bot.say('ou_fang', `/工资 事实 E1002 ${MONTH} 加工费=412345.67 打样="衬衫:4 外套:2"`);
  await room.bot.say('ou_fang', `/工资 事实 李敏 ${MONTH} 销售额=777777.77 得分=86.5`);
  await room.bot.say(
    'ou_fang',
    `/工资 事实 王芳 ${MONTH} KPI="KPI-1:17/18 KPI-2:15/17 KPI-3:92 KPI-4:5/6+88.5 KPI-5:90 KPI-6:0/0+95 KPI-7:16/18"`,
  );
  await room.bot.say(
    'ou_fang',
    `/工资 事实 孙人事 ${MONTH} 报关单="223120260000001:2026-10-08:SO-1 223120260000002:2026-10-09:SO-2"`,
  );
  await lockMonthByBot(room.bot, room.db);
}

/** Recalculates a workbook in another program; every sheet as rows of text. */
function recalculated(bytes: Uint8Array): Map<string, string[][]> {
  const soffice = process.env.SOFFICE_PATH;
  if (!soffice)
    throw new Error('SOFFICE_PATH is not set: run the suites with `npm test`, which finds or installs LibreOffice');
  const folder = mkdtempSync(join(tmpdir(), 'gendan-calc-'));
  try {
    mkdirSync(join(folder, 'profile', 'user'), { recursive: true });
    // without this setting cached values are believed, and the comparison would prove nothing
    writeFileSync(
      join(folder, 'profile', 'user', 'registrymodifications.xcu'),
      `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`,
    );
    writeFileSync(join(folder, 'pay.xlsx'), bytes);
    const { status, stderr } = spawnSync(
      soffice,
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1',
        '--outdir',
        folder,
        join(folder, 'pay.xlsx'),
      ],
      { encoding: 'utf8', timeout: 110_000 },
    );
    if (status !== 0) throw new Error(`the spreadsheet program failed: ${stderr}`);
    return new Map(
      Object.values(sheetNames).map((name) => [
        name,
        parseCsv(readFileSync(join(folder, `pay-${name}.csv`), 'utf8'), { typeInference: false }).map((row) =>
          row.map(String),
        ),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const toFen = (cell: string): bigint => {
  const { numerator, denominator } = fraction(Number(cell || 0).toFixed(6));
  const tenth = (numerator * 10000n) / denominator;
  return (tenth + (tenth < 0n ? -50n : 50n)) / 100n;
};

describe('the workbook', () => {
  it('recalculated by another program gives every amount to the fen, whatever was cached', async () => {
    await settleAll();
    const model = await exportModel(room.db, MONTH, now);
    expect(model.people).toHaveLength(4);
    // with wrong cached values, so that only a real recalculation can be right
    const lying = {
      ...model,
      people: model.people.map((person) => ({
        ...person,
        settlement: {
          ...person.settlement,
          totalFen: 1n,
          lines: person.settlement.lines.map((line) => ({ ...line, amountFen: 1n })),
        },
      })),
    };
    const sheets = recalculated(await workbook(lying));
    const lines = sheets.get(sheetNames.lines)!.slice(1);
    const expected = model.people.flatMap(({ settlement }) => settlement.lines);
    expect(lines.map((row) => [row[2], toFen(row[4]!)])).toEqual(
      expected.map(({ clause, amountFen }) => [plainText(clause), amountFen]),
    );
    // the legal guard stopped the fine and carried what is beyond 20 %
    expect(expected.map(({ clause }) => clause)).toContain('DAMAGES-OUT');
    const pay = sheets.get(sheetNames.pay)!.slice(1);
    expect(pay.slice(0, 4).map((row) => toFen(row.at(-1)!))).toEqual(
      model.people.map(({ settlement }) => settlement.totalFen),
    );
    expect(toFen(pay[4]!.at(-1)!)).toBe(model.people.reduce((sum, { settlement }) => sum + settlement.totalFen, 0n));
  }, 120_000);

  it('has no formula but ours, and typed text stays text', async () => {
    await settleAll();
    const { sheets } = await readXlsx(await workbook(await exportModel(room.db, MONTH, now)));
    for (const { cells } of sheets)
      for (const [, cell] of cells ?? [])
        if (cell.formula !== undefined) expect(cell.formula).not.toMatch(/HYPERLINK|evil|印花|WEBSERVICE|\|/);
    const words = JSON.stringify(sheets.map(({ rows }) => rows));
    expect(words).toContain(`'=HYPERLINK`);
    expect(words).not.toMatch(/"=HYPERLINK/);
  });

  it('writes the cached values too, and each formula evaluates to its own', async () => {
    await settleAll();
    const { people: exported } = await exportModel(room.db, MONTH, now);
    for (const { settlement } of exported) {
      const facts = new Map(
        settlement.lines.flatMap(({ facts: own }) => own.map(({ path, value }) => [path, value] as const)),
      );
      for (const line of settlement.lines) {
        const value = evaluate(line.sheet, (path) =>
          path.startsWith('line:')
            ? fraction(yuanText(settlement.lines.find(({ id }) => id === path.slice(5))!.amountFen))
            : fraction(facts.get(path)!),
        );
        expect([line.id, (value.numerator * 100n) / value.denominator]).toEqual([line.id, line.amountFen]);
      }
    }
    const { sheets } = await readXlsx(await workbook(await exportModel(room.db, MONTH, now)));
    const [pay] = sheets;
    expect(pay!.rows.slice(1, 5).map((row) => row.at(-1))).toEqual(
      exported.map(({ settlement }) => Number(yuanText(settlement.totalFen))),
    );
  });

  it('is sent privately to who asked, and recorded without an amount', async () => {
    await settleAll();
    await room.bot.say('ou_fang', `/工资 导出 ${MONTH}`, { group: true });
    await room.bot.posted();
    await doJobs(room.db);
    const posted = await room.bot.posted();
    const file = posted.find(({ job }) => 'content' in job && job.content.type === 'file');
    expect(file?.lane).toBe('person:ou_fang');
    expect((await room.db.select().from(blobs)).map(({ name }) => name)).toEqual([`工资_${MONTH}.xlsx`]);
    expect(await room.db.select().from(audit)).toContainEqual(
      expect.objectContaining({
        command: 'pay export',
        actor: 'ou_fang',
        after: expect.objectContaining({ people: 4, draft: false }),
      }),
    );
  });
});
