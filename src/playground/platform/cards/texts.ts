/** Text objects, icons, links, confirmations and behaviours: the small parts that components share. */
import type { Rule } from '#playground/platform/cards/inspection';
import { checkMarkdown } from '#playground/platform/cards/markdown';
import { isNode } from '#playground/platform/cards/reading';
import {
  checkProperties,
  colour,
  dictionary,
  elementId,
  imageKey,
  int,
  list,
  locales,
  object,
  oneOf,
  string,
  textSize,
  webUrl,
} from '#playground/platform/cards/values';

const translations = dictionary(locales, string());

const textProperties: Record<string, Rule> = {
  tag: string(),
  content: string(),
  i18n_content: translations,
  element_id: elementId,
};

const styledProperties: Record<string, Rule> = {
  ...textProperties,
  text_size: textSize,
  text_color: colour,
  text_align: oneOf('left', 'center', 'right'),
  lines: int(1, 999),
};

/** A text object with one of these tags; `styled` ones may carry size, colour and alignment. */
export function textObject(tags: readonly string[], { max, styled }: { max?: number; styled?: boolean } = {}): Rule {
  return (value, at, see) => {
    if (!isNode(value)) {
      see.wrong(at, 'must be a text object');
      return;
    }
    if (!tags.includes(String(value.tag)))
      see.wrong(`${at}.tag`, `"${String(value.tag)}" is none of ${tags.join(', ')}`);
    checkProperties(value, at, see, styled ? styledProperties : textProperties, ['content']);
    for (const [path, text] of versionsOf(value, at)) {
      if (max !== undefined && text.length > max) see.wrong(path, `has ${text.length} characters, at most ${max}`);
      if (value.tag !== 'plain_text') checkMarkdown(text, path, see, value.tag === 'markdown' ? 'markdown' : 'lark_md');
    }
    if (value.tag === 'lark_md' && value.text_color !== undefined)
      see.wrong(`${at}.text_color`, 'is for plain_text only');
  };
}

/** The content and its translations, each with its path. */
export function versionsOf(text: Record<string, unknown>, at: string): [string, string][] {
  const i18n = isNode(text.i18n_content) ? Object.entries(text.i18n_content) : [];
  const all = [
    ['content', text.content] as const,
    ...i18n.map(([key, value]) => [`i18n_content.${key}`, value] as const),
  ];
  return all.flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${at}.${key}`, value] as [string, string]] : [],
  );
}

export const plainText = textObject(['plain_text']);
export const shortText = textObject(['plain_text'], { max: 100 });

export const i18nOf = (rule: Rule): Rule => dictionary(locales, rule);

export const icon: Rule = (value, at, see) => {
  if (!isNode(value)) {
    see.wrong(at, 'must be an icon object');
    return;
  }
  if (value.tag === 'standard_icon') {
    checkProperties(value, at, see, { tag: string(), token: string(1), color: colour, size: string(1) }, ['token']);
    if (value.color !== undefined && !/_(outlined|filled)$/.test(String(value.token))) {
      see.wrong(`${at}.color`, 'only icons that end in _outlined or _filled can be coloured');
    }
  } else if (value.tag === 'custom_icon') {
    checkProperties(
      value,
      at,
      see,
      { tag: string(), img_key: imageKey, i18n_img_key: i18nOf(imageKey), size: string(1) },
      ['img_key'],
    );
  } else see.wrong(`${at}.tag`, 'must be standard_icon or custom_icon');
};

/** Links per platform: `url`, or all three others. */
export const links: Rule = (value, at, see) => {
  object({ url: webUrl, pc_url: webUrl, ios_url: webUrl, android_url: webUrl })(value, at, see);
  if (isNode(value) && !value.url && !(value.pc_url && value.ios_url && value.android_url)) {
    see.wrong(at, 'needs url, or pc_url, ios_url and android_url');
  }
};

export const confirm = object({ title: plainText, text: plainText }, ['title', 'text']);

/** What a click does; only buttons and interactive containers may open links. */
export const behaviours = (mayOpen: boolean): Rule =>
  list((value, at, see) => {
    if (!isNode(value)) {
      see.wrong(at, 'must be an object');
      return;
    }
    if (value.type === 'callback') {
      checkProperties(value, at, see, { type: string(), value: callbackValue }, ['value']);
    } else if (value.type === 'open_url' && mayOpen) {
      const url = webUrl;
      checkProperties(value, at, see, {
        type: string(),
        default_url: url,
        pc_url: url,
        ios_url: url,
        android_url: url,
      });
      if (!value.default_url && !(value.pc_url && value.ios_url && value.android_url))
        see.wrong(at, 'needs default_url');
    } else see.wrong(`${at}.type`, mayOpen ? 'must be callback or open_url' : 'must be callback');
  });

const callbackValue: Rule = (value, at, see) => {
  if (!isNode(value)) see.wrong(at, 'must be an object; the SDKs read nothing else');
};
