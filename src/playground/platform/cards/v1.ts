/** A light check of JSON 1.0 cards, which ignore what they do not know. */
import type { Inspection } from '#playground/platform/cards/inspection';
import { isNode } from '#playground/platform/cards/reading';

const tags = [
  'div',
  'markdown',
  'hr',
  'img',
  'action',
  'note',
  'column_set',
  'form',
  'table',
  'chart',
  'collapsible_panel',
  'interactive_container',
  'input',
  'button',
  'person',
  'person_list',
  'img_combination',
  'checker',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'overflow',
  'select_img',
];

export function checkV1(card: Record<string, unknown>, see: Inspection): void {
  const translated = isNode(card.i18n_elements) ? Object.entries(card.i18n_elements) : [];
  const lists = [
    ['elements', card.elements] as const,
    ...translated.map(([key, value]) => [`i18n_elements.${key}`, value] as const),
  ];
  if (card.elements === undefined && translated.length === 0 && card.header === undefined)
    see.wrong('', '"elements" is required');
  if (card.body !== undefined) see.wrong('body', 'belongs to schema 2.0; write "schema": "2.0"');
  for (const [at, elements] of lists) {
    if (elements === undefined) continue;
    if (!Array.isArray(elements)) {
      see.wrong(at, 'must be a list');
      continue;
    }
    elements.forEach((one: unknown, index) => {
      if (!isNode(one) || !tags.includes(String(one.tag))) see.wrong(`${at}[${index}]`, 'unknown tag');
    });
  }
}
