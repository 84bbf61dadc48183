import type { IsoDate } from '#domain/calendar/dates';
import type { Fen } from '#domain/money';

/** A region's monthly minimum wage from a date on. Rows are facts with a source; a place without a row is not checked. */
export interface MinimumWage {
  readonly region: string;
  readonly from: IsoDate;
  readonly monthlyFen: Fen;
  /** True where the employee's insurance and housing fund come on top: the check on gross pay is then only a first one. */
  readonly excludesContributions: boolean;
  readonly source: string;
}

const row = (
  region: string,
  from: IsoDate,
  yuan: bigint,
  source: string,
  excludesContributions = false,
): MinimumWage => ({
  region,
  from,
  monthlyFen: yuan * 100n,
  excludesContributions,
  source,
});

const guangdong2026 = '粤府函〔2026〕188号';
const december2025 = '2025 年 12 月 1 日起执行的省级标准';

export const minimumWages: readonly MinimumWage[] = [
  row('上海', '2025-07-01', 2740n, '沪人社规〔2025〕10号', true),
  row('北京', '2025-09-01', 2540n, '北京市 2025 年最低工资标准', true),
  row('广东/广州', '2025-03-01', 2500n, '广东省 2025 年最低工资标准'),
  row('广东/深圳', '2025-03-01', 2520n, '广东省 2025 年最低工资标准'),
  row('广东/广州', '2026-09-01', 2680n, guangdong2026),
  row('广东/深圳', '2026-09-01', 2700n, guangdong2026),
  row('广东/二类', '2026-09-01', 2300n, guangdong2026),
  row('广东/三类', '2026-09-01', 2040n, guangdong2026),
  row('江苏/一类', '2026-01-01', 2660n, '苏人社规〔2025〕3号'),
  row('河北/一类', '2025-12-01', 2380n, december2025),
  row('河北/二类', '2025-12-01', 2230n, december2025),
  row('河北/三类', '2025-12-01', 2080n, december2025),
  row('湖北/一类', '2025-12-01', 2400n, '鄂政办发〔2025〕44号'),
  row('湖北/二类', '2025-12-01', 2130n, '鄂政办发〔2025〕44号'),
  row('湖北/三类', '2025-12-01', 1970n, '鄂政办发〔2025〕44号'),
  row('河南/一类', '2025-12-01', 2350n, december2025),
  row('江西/一类', '2025-12-01', 2240n, december2025),
  row('辽宁/一类', '2025-12-01', 2230n, december2025),
  row('湖南/一类', '2025-09-01', 2200n, '湖南省 2025 年最低工资标准'),
  row('云南/一类', '2025-10-01', 2170n, '云南省 2025 年最低工资标准'),
  row('云南/一类', '2026-09-01', 2270n, '云南省 2026 年最低工资标准'),
];

/** The rate in force in a region on a day; undefined when nothing is known, which is shown as "not checked". */
export function minimumWageOn(
  region: string,
  date: IsoDate,
  rows: readonly MinimumWage[] = minimumWages,
): MinimumWage | undefined {
  return rows
    .filter((each) => each.region === region && each.from <= date)
    .reduce<MinimumWage | undefined>((latest, each) => (latest && latest.from > each.from ? latest : each), undefined);
}
