/** Charts: the kinds that the platform draws, the fields they need, and what breaks on phones (section 5 of the cards sheet). */
import type { Inspection } from '#playground/platform/cards/inspection';
import { isNode } from '#playground/platform/cards/reading';

const wrongSpec = 200550;
const mostCharts = 5;

/** The fields of the spec that name columns of the data. */
const fields: Record<string, readonly string[]> = {
  line: ['xField', 'yField'],
  area: ['xField', 'yField'],
  bar: ['xField', 'yField'],
  scatter: ['xField', 'yField'],
  pie: ['categoryField', 'valueField'],
  funnel: ['categoryField', 'valueField'],
  radar: ['categoryField', 'valueField'],
  linearProgress: ['xField', 'yField'],
  circularProgress: ['categoryField', 'valueField'],
  wordCloud: ['nameField', 'valueField'],
};

/** Settings that phones cannot draw. */
const breaksOnPhones = ['texture', 'repeatX', 'repeatY'];

export function checkChart(node: Record<string, unknown>, at: string, see: Inspection): void {
  see.charts += 1;
  if (see.charts > mostCharts) see.wrong(at, `at most ${mostCharts} charts in one card`, wrongSpec);
  const path = `${at}.chart_spec`;
  const spec = node.chart_spec;
  if (!isNode(spec)) {
    see.wrong(path, 'must be an object', wrongSpec);
    return;
  }
  checkDeep(spec, path, see);
  if (spec.type === 'common') {
    checkCombination(spec, path, see);
    return;
  }
  const needed = fields[String(spec.type)];
  if (!needed) {
    see.wrong(`${path}.type`, `"${String(spec.type)}" is no chart of the platform`, wrongSpec);
    return;
  }
  const rows = rowsOf(spec.data);
  if (!rows) {
    see.wrong(`${path}.data`, 'must be { "values": [ {…} ] }', wrongSpec);
    return;
  }
  for (const field of needed) checkField(spec, field, rows, path, see);
  if (spec.seriesField !== undefined) checkField(spec, 'seriesField', rows, path, see);
  const measure =
    spec.type === 'linearProgress' ? spec.xField : spec.type === 'circularProgress' ? spec.valueField : undefined;
  if (typeof measure === 'string' && rows.some((row) => !inShare(row[measure]))) {
    see.wrong(`${path}.data`, `${measure} of a progress chart is a number from 0 to 1`, wrongSpec);
  }
}

const inShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

function rowsOf(data: unknown): Record<string, unknown>[] | undefined {
  const one = Array.isArray(data) ? data[0] : data;
  const values = isNode(one) ? one.values : undefined;
  return Array.isArray(values) && values.every(isNode) ? values : undefined;
}

/** The field is there and each name in it stands in the data. */
function checkField(
  spec: Record<string, unknown>,
  field: string,
  rows: readonly Record<string, unknown>[],
  path: string,
  see: Inspection,
): void {
  const names = [spec[field]].flat().filter((name) => name !== undefined);
  if (names.length === 0) see.wrong(path, `"${field}" is required`, wrongSpec);
  for (const name of names) {
    if (typeof name !== 'string' || (rows.length > 0 && !rows.some((row) => name in row))) {
      see.wrong(`${path}.${field}`, `"${String(name)}" is no field of the data`, wrongSpec);
    }
  }
}

function checkCombination(spec: Record<string, unknown>, path: string, see: Inspection): void {
  const { data, series } = spec;
  if (!Array.isArray(data) || !Array.isArray(series)) {
    see.wrong(path, 'a combination needs "data" and "series" as lists', wrongSpec);
    return;
  }
  series.forEach((one: unknown, index) => {
    const at = `${path}.series[${index}]`;
    if (!isNode(one)) {
      see.wrong(at, 'must be an object', wrongSpec);
      return;
    }
    const needed = fields[String(one.type)];
    if (!needed) {
      see.wrong(`${at}.type`, `"${String(one.type)}" is no chart of the platform`, wrongSpec);
      return;
    }
    const source =
      typeof one.dataIndex === 'number'
        ? data[one.dataIndex]
        : data.find((part) => isNode(part) && part.id === one.dataId);
    const rows = rowsOf(source ?? (one.dataIndex === undefined && one.dataId === undefined ? data[0] : undefined));
    if (!rows) {
      see.wrong(`${at}.dataIndex`, 'points at no data', wrongSpec);
      return;
    }
    for (const field of needed) checkField(one, field, rows, at, see);
  });
}

/** No functions, no nulls where the platform wants objects, nothing that phones cannot draw. */
function checkDeep(value: unknown, at: string, see: Inspection): void {
  if (typeof value === 'string' && /^\s*(function\b|\([\w\s,]*\)\s*=>|\w+\s*=>)/.test(value)) {
    see.wrong(at, 'functions do not travel', wrongSpec);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((one, index) => {
      checkDeep(one, `${at}[${index}]`, see);
    });
    return;
  }
  if (!isNode(value)) return;
  for (const [key, child] of Object.entries(value)) {
    const path = `${at}.${key}`;
    if (key === 'values') continue;
    if (child === null) see.wrong(path, 'must not be null', wrongSpec);
    if (breaksOnPhones.includes(key)) see.wrong(path, 'does not draw on phones', wrongSpec);
    if (key === 'gradient' && child === 'conical') see.wrong(path, 'does not draw on phones', wrongSpec);
    if (key === 'wordCloudShapeConfig' || (key === 'layoutMode' && child === 'grid'))
      see.wrong(path, 'does not draw on phones', wrongSpec);
    checkDeep(child, path, see);
  }
}
