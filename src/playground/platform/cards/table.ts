/** Tables: columns, row keys and the type of each cell (section 5 of the cards sheet). */
import type { Inspection } from '#playground/platform/cards/inspection';
import { checkMarkdown } from '#playground/platform/cards/markdown';
import { isNode } from '#playground/platform/cards/reading';
import { bool, either, int, isColour, matching, object, oneOf, px, string } from '#playground/platform/cards/values';

const mostColumns = 50;

const column = object(
  {
    name: string(1),
    data_type: oneOf('text', 'lark_md', 'markdown', 'number', 'options', 'persons', 'date'),
    display_name: string(),
    width: either(oneOf('auto'), px(80, 600), matching(/^([1-9]\d?|100)%$/, 'a width such as 120px or 30%')),
    horizontal_align: oneOf('left', 'center', 'right'),
    vertical_align: oneOf('top', 'center', 'bottom'),
    format: object({ precision: int(0, 10), symbol: string(1, 1), separator: bool }),
    date_format: string(1),
  },
  ['name', 'data_type'],
);

export function checkTable(node: Record<string, unknown>, at: string, see: Inspection): void {
  see.tables += 1;
  if (node.row_max_height !== undefined && node.row_height !== 'auto')
    see.wrong(`${at}.row_max_height`, 'needs row_height "auto"');
  if (!Array.isArray(node.columns) || !Array.isArray(node.rows)) {
    see.wrong(at, 'columns and rows must be lists', 200914);
    return;
  }
  if (node.columns.length === 0 || node.columns.length > mostColumns)
    see.wrong(`${at}.columns`, `must hold 1 to ${mostColumns} columns`);
  const types = new Map<string, string>();
  node.columns.forEach((one: unknown, index: number) => {
    const path = `${at}.columns[${index}]`;
    column(one, path, see);
    if (!isNode(one)) return;
    if (types.has(String(one.name))) see.wrong(`${path}.name`, `the column "${String(one.name)}" stands twice`);
    types.set(String(one.name), String(one.data_type));
    if (one.format !== undefined && one.data_type !== 'number') see.wrong(`${path}.format`, 'is for numbers only');
    if (one.date_format !== undefined && one.data_type !== 'date')
      see.wrong(`${path}.date_format`, 'is for dates only');
  });
  node.rows.forEach((row: unknown, index: number) => {
    const path = `${at}.rows[${index}]`;
    if (!isNode(row)) {
      see.wrong(path, 'must be an object', 200914);
      return;
    }
    for (const [key, cell] of Object.entries(row)) {
      const type = types.get(key);
      if (type === undefined) see.wrong(`${path}.${key}`, 'no column has this name', 200915);
      else checkCell(type, cell, `${path}.${key}`, see);
    }
  });
}

function checkCell(type: string, cell: unknown, at: string, see: Inspection): void {
  const tables = see.tables;
  if (!cellFits(type, cell)) see.wrong(at, `is no value for a column of type ${type}`, 200914);
  else if (type === 'markdown' || type === 'lark_md') checkMarkdown(cell as string, at, see, type);
  else if (type === 'options' && Array.isArray(cell)) {
    for (const { color } of cell as { color?: string }[]) {
      if (color !== undefined && !isColour(color, see) && color !== 'neutral')
        see.wrong(at, `has the unknown colour "${color}"`, 200914);
    }
  } else if (type === 'persons') {
    for (const id of [cell].flat() as string[]) {
      if (see.know.isPerson?.(id) === false) see.wrong(at, `${id} is nobody whom the app knows`, 100290);
    }
  }
  see.tables = tables;
}

function cellFits(type: string, cell: unknown): boolean {
  switch (type) {
    case 'number':
      return typeof cell === 'number';
    case 'date':
      return Number.isInteger(cell);
    case 'options':
      return typeof cell === 'string' || (Array.isArray(cell) && cell.every(isOption));
    case 'persons':
      return typeof cell === 'string' || (Array.isArray(cell) && cell.every((id) => typeof id === 'string'));
    default:
      return typeof cell === 'string';
  }
}

const isOption = (value: unknown): boolean =>
  isNode(value) &&
  typeof value.text === 'string' &&
  Object.keys(value).every((key) => key === 'text' || key === 'color');
