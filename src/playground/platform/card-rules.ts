/**
 * Judges a card as the platform would, so that a card which the bot's tests accept is not refused in production.
 * Schema 2.0 is checked in full (sections 1 to 7, 12 and 14 of the cards sheet), schema 1.0 only lightly.
 * It cannot know whether an icon exists, how a chart looks in detail, or how far the platform inflates the size.
 */
import { layout } from '#playground/platform/cards/components';
import { type CardKnowledge, type CardProblem, Inspection, type Rule } from '#playground/platform/cards/inspection';
import { isNode, isV2 } from '#playground/platform/cards/reading';
import { i18nOf, icon, links, plainText, textObject } from '#playground/platform/cards/texts';
import { checkV1 } from '#playground/platform/cards/v1';
import {
  bool,
  checkProperties,
  dictionary,
  edges,
  elementId,
  int,
  list,
  locales,
  matching,
  object,
  oneOf,
  only,
  plainTextSize,
  string,
  tagColour,
} from '#playground/platform/cards/values';
import { walkBody } from '#playground/platform/cards/walk';

export type { CardKnowledge, CardProblem } from '#playground/platform/cards/inspection';

/** Bytes of UTF-8; the cautious reading of the platform's 30 KB. */
const largest = 30_000;
const mostElements = 200;
const mostTables = 5;

/** Every problem, in reading order; empty for a card that can be sent. */
export function checkCard(card: unknown, know: CardKnowledge = {}): CardProblem[] {
  const see = new Inspection(know);
  if (!isNode(card)) {
    see.wrong('', 'a card is a JSON object');
    return see.problems;
  }
  if (isV2(card)) checkV2(card, see);
  else if (card.schema !== undefined && card.schema !== '1.0') see.wrong('schema', 'must be "2.0"');
  else checkV1(card, see);
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > largest) {
    see.problems.push({
      path: '',
      message: `the card has ${bytes} bytes, at most ${largest}`,
      code: 230025,
      errCode: 200860,
    });
  }
  return see.problems;
}

function checkV2(card: Record<string, unknown>, see: Inspection): void {
  learnStyles(card.config, see);
  checkProperties(card, '', see, top, ['body']);
  if (isNode(card.body)) walkBody(card.body.elements, 'body.elements', see);
  const elements = countTagged(card);
  if (elements > mostElements) see.wrong('', `the card has ${elements} elements, at most ${mostElements}`, 11310);
  if (see.tables > mostTables) see.wrong('', `the card has ${see.tables} tables, at most ${mostTables}`, 11310);
  if (hasAudio(card.body) && !(isNode(card.config) && card.config.enable_forward === false)) {
    see.wrong('config.enable_forward', 'must be false on a card with audio');
  }
}

const sizePair = object({ default: plainTextSize, pc: plainTextSize, mobile: plainTextSize });
const rgba = matching(/^rgba\([\d.,\s]+\)$/, 'a colour such as rgba(0,0,0,1)');
const speeds = dictionary(['default', 'android', 'ios', 'pc'], int(1, 100_000));

const config: Rule = object({
  update_multi: only(true, 'must be true in schema 2.0'),
  enable_forward: bool,
  enable_forward_interaction: bool,
  width_mode: oneOf('default', 'compact', 'fill'),
  summary: object({ content: string(), i18n_content: i18nOf(string()) }),
  locales: list(oneOf(...locales)),
  use_custom_translation: bool,
  streaming_mode: bool,
  streaming_config: object({ print_frequency_ms: speeds, print_step: speeds, print_strategy: oneOf('fast', 'delay') }),
  style: object({
    text_size: dictionary(undefined, sizePair),
    color: dictionary(undefined, object({ light_mode: rgba, dark_mode: rgba }, ['light_mode', 'dark_mode'])),
  }),
});

const tag: Rule = (value, at, see) => {
  object({ tag: string(), text: plainText, color: tagColour, element_id: elementId }, ['text'])(value, at, see);
  if (isNode(value) && value.tag !== 'text_tag') see.wrong(`${at}.tag`, 'must be text_tag');
};
const tags = list(tag, 0, 3);
const headerText = textObject(['plain_text', 'lark_md']);

const header: Rule = object(
  {
    title: headerText,
    subtitle: headerText,
    text_tag_list: tags,
    i18n_text_tag_list: i18nOf(tags),
    template: oneOf(
      ...'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' '),
    ),
    icon,
    padding: edges(0, 99),
  },
  ['title'],
);

const body: Rule = object({ ...layout, padding: edges(0, 99), elements: list(() => {}) }, ['elements']);

const top: Record<string, Rule> = { schema: string(), config, card_link: links, header, body };

/** Names of sizes and colours that the card defines for itself. */
function learnStyles(value: unknown, see: Inspection): void {
  const style = isNode(value) && isNode(value.style) ? value.style : {};
  for (const name of Object.keys(isNode(style.color) ? style.color : {})) see.ownColours.add(name);
  for (const name of Object.keys(isNode(style.text_size) ? style.text_size : {})) see.ownSizes.add(name);
}

/** Every object with a tag counts, texts of options too, icons not; what a callback or a chart carries is no element. */
function countTagged(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + countTagged(one), 0);
  if (!isNode(value)) return 0;
  const own = typeof value.tag === 'string' && !/_icon$/.test(value.tag) ? 1 : 0;
  return Object.entries(value).reduce((sum, [key, child]) => {
    const opaque = key === 'chart_spec' || key === 'behaviors' || key === 'rows' || key === 'value';
    return opaque ? sum : sum + countTagged(child);
  }, own);
}

function hasAudio(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasAudio);
  if (!isNode(value)) return false;
  return value.tag === 'audio' || hasAudio(value.elements) || hasAudio(value.columns);
}
