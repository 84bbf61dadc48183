import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useWords } from '../state/locale.ts';
import { two, wall } from '../state/time.ts';
import { useCard, useClient } from './context.ts';
import { LarkMd, Markdown } from './markdown/markdown.tsx';
import { PersonChip } from './person.tsx';
import { colour, isPixels, textAlign } from './style.ts';
import { Pager, TableBox } from './table-box.tsx';
import type { Element } from './types.ts';

interface Column {
  name: string;
  display_name?: string;
  data_type: string;
  width?: string;
  horizontal_align?: string;
  vertical_align?: string;
  format?: { precision?: number; symbol?: string; separator?: boolean };
  date_format?: string;
}

interface HeaderStyle {
  text_align?: string;
  text_size?: string;
  background_style?: string;
  text_color?: string;
  bold?: boolean;
  lines?: number;
}

const rowHeights: Record<string, string> = { low: '37px', middle: '49px', high: '65px' };
const mostColumns = 50;

/** The `table` component: pages of rows, each cell drawn by the type of its column. */
export function TableElement({ element }: { element: Element }) {
  const card = useCard();
  const words = useWords();
  const [page, setPage] = useState(0);
  const columns = ((element.columns ?? []) as unknown as Column[]).slice(0, mostColumns);
  const rows = (Array.isArray(element.rows) ? element.rows : []) as Record<string, unknown>[];
  const size = Math.max(1, Math.min(10, typeof element.page_size === 'number' ? element.page_size : 5));
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const head = (element.header_style ?? {}) as HeaderStyle;
  const rowHeight = isPixels(element.row_height) ? element.row_height : rowHeights[String(element.row_height ?? 'low')];
  const auto = element.row_height === 'auto';
  const cap = auto && isPixels(element.row_max_height) ? element.row_max_height : '124px';
  const headStyle = {
    background: head.background_style === 'grey' ? 'var(--grey-100)' : '#fff',
    color: colour(head.text_color, card),
    fontWeight: head.bold === false ? '400' : '600',
    fontSize: head.text_size === 'heading' ? '16px' : undefined,
  };
  return (
    <TableBox foot={pages > 1 && <Pager page={page} pages={pages} turn={setPage} />}>
      <table class={`data-table${element.freeze_first_column ? ' frozen' : ''}${auto ? ' auto' : ''}`}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.name} style={columnWidth(column.width)} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} style={{ ...headStyle, textAlign: textAlign(head.text_align) ?? align(column) }}>
                <span class="clamped" style={{ WebkitLineClamp: String(head.lines ?? 1) }}>
                  {column.display_name ?? column.name}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(page * size, (page + 1) * size).map((row, index) => (
            <tr key={page * size + index} style={{ height: rowHeight }}>
              {columns.map((column) => (
                <td
                  key={column.name}
                  data-type={column.data_type}
                  style={{
                    textAlign: align(column),
                    verticalAlign: column.vertical_align === 'center' ? 'middle' : column.vertical_align,
                  }}
                >
                  <div class="cell" style={auto ? { maxHeight: cap } : {}}>
                    <Cell column={column} value={row[column.name]} />
                  </div>
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} class="empty">
                {words.noData}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </TableBox>
  );
}

function align(column: Column): 'left' | 'center' | 'right' {
  return textAlign(column.horizontal_align) ?? (column.data_type === 'number' ? 'right' : 'left');
}

function columnWidth(width: string | undefined): Record<string, string> {
  return width && (isPixels(width) || /^\d+%$/.test(width)) ? { width, minWidth: width } : {};
}

function Cell({ column, value }: { column: Column; value: unknown }): ComponentChildren {
  const client = useClient();
  if (value === undefined || value === null) return null;
  switch (column.data_type) {
    case 'number':
      return typeof value === 'number' ? (
        formatNumber(value, column.format)
      ) : (
        <span class="ill-typed">{String(value)}</span>
      );
    case 'lark_md':
      return <LarkMd source={String(value)} />;
    case 'markdown':
      return <Markdown source={String(value)} />;
    case 'date':
      return formatDate(Number(value), client.offset, column.date_format);
    case 'persons':
      return [value].flat().map((id, index) => <PersonChip key={index} id={String(id)} name avatar />);
    case 'options':
      return [value].flat().map((option, index) => {
        const { text, color } =
          typeof option === 'object' && option ? (option as { text?: string; color?: string }) : {};
        return (
          <span key={index} class="text-tag" data-hue={color ?? 'neutral'}>
            {text ?? String(option)}
          </span>
        );
      });
    default:
      return String(value);
  }
}

/** A number with its symbol after the sign: −¥1,720.00. */
export function formatNumber(value: number, format: Column['format'] = {}): string {
  const precision = format.precision;
  const digits = precision === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(precision);
  const [whole = '', fraction] = digits.split('.');
  const grouped = format.separator ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${value < 0 ? '-' : ''}${format.symbol ?? ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}

/** Unix milliseconds in the client's zone; RFC 3339 when the column names no format. */
export function formatDate(milliseconds: number, offset: number, format?: string): string {
  if (!Number.isFinite(milliseconds)) return '';
  const w = wall(milliseconds, offset);
  const parts: Record<string, string> = {
    YYYY: String(w.year),
    MM: two(w.month),
    DD: two(w.day),
    HH: two(w.hour),
    mm: two(w.minute),
    ss: two(w.second),
  };
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return (
    (format ?? 'YYYY-MM-DDTHH:mm:ss').replace(/YYYY|MM|DD|HH|mm|ss/g, (part) => parts[part]!) + (format ? '' : zone)
  );
}
