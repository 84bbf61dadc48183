import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CardKnowledge, checkCard } from '#playground/platform/card-rules';

const example = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`cards/${name}.json`, import.meta.url), 'utf8'));

const plain = (content: string) => ({ tag: 'plain_text', content });
const card = (...elements: unknown[]) => ({ schema: '2.0', config: { update_multi: true }, body: { elements } });
const form = (...elements: unknown[]) => ({ tag: 'form', name: 'f', elements: [...elements, submit] });
const submit = { tag: 'button', name: 'go', form_action_type: 'submit', text: plain('提交') };
const md = (content: string) => ({ tag: 'markdown', content });
const select = (more: object = {}) => ({
  tag: 'select_static',
  name: 's',
  options: [{ text: plain('一'), value: '1' }],
  ...more,
});
const table = (columns: unknown[], rows: unknown[], more: object = {}) => ({ tag: 'table', columns, rows, ...more });
const column = (name: string, data_type: string) => ({ name, data_type });
const chart = (chart_spec: unknown) => ({ tag: 'chart', chart_spec });
const values = [{ month: '4月', net: 1 }];

/** The sub-codes found, first problem first. */
const codes = (value: unknown, know?: CardKnowledge) => checkCard(value, know).map((problem) => problem.errCode);
const words = (value: unknown) => checkCard(value).map((problem) => problem.message);

describe('cards that the platform takes', () => {
  it.each(['appraisal-form', 'payslip', 'order-status', 'confirm-dispute'])('the example %s', (name) => {
    expect(words(example(name))).toEqual([]);
  });

  it.each([
    ['every colour form', md("<font color='red-500'>a</font><font color='rgba(1,2,3,0.5)'>b</font>")],
    ['a web link', md('<a href="https://x.cn">x</a>')],
    ['an escaped less-than', md('a &#60; b, 1 < 2')],
    ['code that looks like a tag', md('`<xyz>` and\n```\n<abc>\n```')],
    ['a mention of all', md('<at id=all></at>')],
    ['a nested panel in a column', { tag: 'column_set', columns: [{ tag: 'column', elements: [md('x')] }] }],
    [
      'a chart of two kinds',
      chart({
        type: 'common',
        data: [{ values }],
        series: [{ type: 'bar', dataIndex: 0, xField: 'month', yField: 'net' }],
      }),
    ],
  ])('%s', (_, element) => {
    expect(words(card(element))).toEqual([]);
  });
});

describe('cards that the platform refuses, with its sub-code', () => {
  it.each([
    ['an unknown property', card({ tag: 'hr', colour: 'red' }), 200621],
    ['an unknown property of the card', { ...card(), elements: [] }, 200621],
    ['update_multi false', { ...card(), config: { update_multi: false } }, 200621],
    ['a tag that is gone', card({ tag: 'action', actions: [] }), 200861],
    ['a note', card({ tag: 'note', elements: [] }), 200861],
    ['an unknown tag', card({ tag: 'marquee' }), 200861],
    ['a missing required property', card({ tag: 'markdown' }), 200621],
    ['a value outside its enumeration', card({ tag: 'button', text: plain('x'), type: 'huge' }), 200621],
    ['a hex colour', card(md("<font color='#ff0000'>x</font>")), 200621],
    ['a margin without unit', card({ tag: 'hr', margin: '4' }), 200621],
    ['a header without title', { ...card(), header: {} }, 200621],
    [
      'four header tags',
      { ...card(), header: { title: plain('t'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: plain('x') }) } },
      200621,
    ],
    [
      'a header tag of a wrong colour',
      {
        ...card(),
        header: { title: plain('t'), text_tag_list: [{ tag: 'text_tag', text: plain('x'), color: 'grey' }] },
      },
      200621,
    ],
    ['an unknown language', card({ ...md('x'), i18n_content: { 'en-US': 'x' } }), 200621],
    ['a form in a column', card({ tag: 'column_set', columns: [{ tag: 'column', elements: [form()] }] }), 200621],
    ['a table in a form', card(form(table([column('a', 'text')], []))), 200621],
    ['a column on its own', card({ tag: 'column', elements: [] }), 200621],
    ['a text straight in a column_set', card({ tag: 'column_set', columns: [md('x')] }), 200621],
    ['a form without submit', card({ tag: 'form', name: 'f', elements: [md('x')] }), 200621],
    ['a form without name', card({ tag: 'form', elements: [submit] }), 200530],
    ['a field without name in a form', card(form({ tag: 'input' })), 200530],
    ['a field with an empty name in a form', card(form({ tag: 'input', name: '' })), 200530],
    ['two fields of one name', card(form({ tag: 'input', name: 'a' }, { tag: 'input', name: 'a' })), 200530],
    ['required outside a form', card({ tag: 'input', required: true }), 200621],
    ['a submit button outside a form', card(submit), 200621],
    ['a multi-select outside a form', card({ ...select(), tag: 'multi_select_static' }), 200621],
    ['an initial option that is none', card(select({ initial_option: '9' })), 200621],
    [
      'two options of one value',
      card(
        select({
          options: [
            { text: plain('a'), value: '1' },
            { text: plain('b'), value: '1' },
          ],
        }),
      ),
      200621,
    ],
    ['an option without value', card(select({ options: [{ text: plain('a') }] })), 200621],
    [
      'an option with `selected`',
      card(select({ options: [{ text: plain('a'), value: '1', selected: true }] })),
      200621,
    ],
    ['a button text over 100 characters', card({ tag: 'button', text: plain('长'.repeat(101)) }), 200621],
    ['a button without text and icon', card({ tag: 'button' }), 200621],
    [
      'a callback value that is a string',
      card({ tag: 'button', text: plain('x'), behaviors: [{ type: 'callback', value: 'x' }] }),
      200621,
    ],
    [
      'a link that is no web link',
      card({ tag: 'button', text: plain('x'), behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] }),
      200621,
    ],
    ['1.0 `value` on a button', card({ tag: 'button', text: plain('x'), value: {} }), 200621],
    ['a confirm without text', card({ tag: 'button', text: plain('x'), confirm: { title: plain('t') } }), 200621],
    ['rows on a one-line input', card({ tag: 'input', rows: 3 }), 200621],
    ['max_length over 1000', card({ tag: 'input', max_length: 1001 }), 200621],
    [
      'a panel header padding of two values',
      card({ tag: 'collapsible_panel', header: { title: plain('t'), padding: '4px 8px' }, elements: [] }),
      200621,
    ],
    ['a wrong element_id', card({ tag: 'hr', element_id: '1a' }), 300301],
    ['an element_id twice', card({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }), 300301],
    ['a number cell as a string', card(table([column('n', 'number')], [{ n: '1' }])), 200914],
    ['a date cell that is no integer', card(table([column('d', 'date')], [{ d: '2026-01-01' }])), 200914],
    ['a row key without column', card(table([column('n', 'number')], [{ m: 1 }])), 200915],
    ['a page size over ten', card(table([column('n', 'number')], [], { page_size: 11 })), 200621],
    ['six tables', card(...Array.from({ length: 6 }, () => table([column('n', 'number')], []))), 11310],
    [
      'six tables, some in markdown',
      card(...Array.from({ length: 3 }, () => md('|a|b|\n|-|-|\n|1|2|\n\n|a|b|\n|-|-|\n|1|2|'))),
      11310,
    ],
    ['201 elements', card(...Array.from({ length: 201 }, () => ({ tag: 'hr' }))), 11310],
    ['a chart of an unknown kind', card(chart({ type: 'sankey', data: { values } })), 200550],
    ['a chart without its field', card(chart({ type: 'bar', data: { values }, xField: 'month' })), 200550],
    [
      'a chart of a field that is not in the data',
      card(chart({ type: 'bar', data: { values }, xField: 'month', yField: 'gross' })),
      200550,
    ],
    ['axes: null', card(chart({ type: 'bar', data: { values }, xField: 'month', yField: 'net', axes: null })), 200550],
    [
      'a function in a chart',
      card(chart({ type: 'bar', data: { values }, xField: 'month', yField: 'net', label: { format: '(v) => v' } })),
      200550,
    ],
    ['an image that is a link', card({ tag: 'img', img_key: 'https://x.cn/a.png', alt: plain('') }), 200570],
    ['an unclosed font', card(md("<font color='red'>x")), 200621],
    ['an unknown markdown tag', card(md('收货人 <b>张</b>')), 200621],
    ['a link with a wrong scheme', card(md('[x](javascript:alert(1))')), 200621],
    ['a link with a blank', card(md('[x](https://a.cn/a b)')), 200621],
    [
      'a wrong local_datetime',
      card(md("<local_datetime millisecond='1' format_type='date'></local_datetime>")),
      200621,
    ],
  ])('%s', (_, value, code) => {
    expect(codes(value)[0]).toBe(code);
  });

  it('six containers inside each other, but not five', () => {
    const nested = (levels: number): unknown =>
      levels === 0 ? md('x') : { tag: 'interactive_container', elements: [nested(levels - 1)] };
    expect(words(card(nested(5)))).toEqual([]);
    expect(words(card(nested(6)))[0]).toContain('more than 5 containers');
  });

  it('30 KB are counted in bytes of UTF-8', () => {
    expect(checkCard(card(md('长'.repeat(9900))))).toEqual([]);
    expect(checkCard(card(md('长'.repeat(10_000))))[0]).toMatchObject({ code: 230025 });
  });

  it('people and images that nobody knows, when it can be known', () => {
    const know = { isPerson: (id: string) => id === 'ou_li', isImage: (key: string) => key === 'img_known' };
    expect(codes(card(md('<at id=ou_li></at> ![x](img_known)')), know)).toEqual([]);
    expect(codes(card(md('<at ids=ou_li,ou_nobody></at>')), know)).toEqual([100290]);
    expect(codes(card({ tag: 'person_list', persons: [{ id: 'ou_nobody' }] }), know)).toEqual([100290]);
    expect(
      codes(card({ tag: 'person_list', drop_invalid_user_id: true, persons: [{ id: 'ou_nobody' }] }), know),
    ).toEqual([]);
    expect(codes(card(md('![x](img_other)')), know)).toEqual([200570]);
  });

  it('names the path of what is wrong', () => {
    const broken = card({ tag: 'column_set', columns: [{ tag: 'column', width: 'wide', elements: [md('x')] }] });
    expect(checkCard(broken)[0]).toMatchObject({
      path: 'body.elements[0].columns[0].width',
      message: expect.stringContaining('body.elements[0].columns[0].width: "wide" is none of auto, weighted'),
      code: 230099,
    });
  });

  it('a colour or size that the card defines for itself is fine', () => {
    const style = {
      color: { brand: { light_mode: 'rgba(1,2,3,1)', dark_mode: 'rgba(4,5,6,1)' } },
      text_size: { big: { default: 'x-large' } },
    };
    const own = {
      ...card({ ...md("<font color='brand'>x</font>"), text_size: 'big' }),
      config: { update_multi: true, style },
    };
    expect(words(own)).toEqual([]);
  });
});

describe('cards of schema 1.0, checked lightly', () => {
  it('takes actions and unknown properties', () => {
    expect(
      words({ config: { wide_screen_mode: true }, elements: [{ tag: 'action', actions: [], strange: 1 }] }),
    ).toEqual([]);
  });
  it('refuses a body without schema, and unknown tags', () => {
    expect(words({ body: { elements: [] } }).join()).toContain('belongs to schema 2.0');
    expect(words({ elements: [{ tag: 'marquee' }] })).toHaveLength(1);
  });
});
