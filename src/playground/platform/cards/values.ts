/** Rules for single values: enumerations, numbers, lengths, colours, sizes (sections 1 to 4 and 12 of the cards sheet). */
import type { Inspection, Rule } from '#playground/platform/cards/inspection';
import { isNode } from '#playground/platform/cards/reading';

export const locales =
  'zh_cn en_us zh_hk zh_tw ja_jp id_id vi_vn th_th pt_br es_es ko_kr de_de fr_fr it_it ru_ru ms_my'.split(' ');

const textSizes =
  'heading-0 heading-1 heading-2 heading-3 heading-4 heading normal notation xxxx-large xxx-large xx-large x-large large medium small x-small'.split(
    ' ',
  );

export const tagColours =
  'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine'.split(' ');

const hues = 'blue carmine green indigo lime orange purple red sunflower turquoise violet wathet yellow'.split(' ');
const shades = '50 100 200 300 350 400 500 600 700 800 900'.split(' ');
const greys = '00 50 100 200 300 350 400 500 600 650 700 800 900 950 1000'.split(' ');
const colours = new Set([
  ...hues.flatMap((hue) => [hue, ...shades.map((shade) => `${hue}-${shade}`)]),
  'grey',
  ...greys.map((shade) => `grey-${shade}`),
  'default',
  'white',
  'bg-white',
]);
const rgba = /^rgba\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*(0|1|0?\.\d+|1\.0+|0\.\d+)\s*\)$/;

export const isColour = (value: string, see?: Inspection): boolean =>
  colours.has(value) || rgba.test(value) || (see?.ownColours.has(value) ?? false);

export const anything: Rule = () => {};

export const bool: Rule = (value, at, see) => {
  if (typeof value !== 'boolean') see.wrong(at, 'must be true or false');
};

export const only =
  (wanted: unknown, why: string): Rule =>
  (value, at, see) => {
    if (value !== wanted) see.wrong(at, why);
  };

export const oneOf =
  (...allowed: string[]): Rule =>
  (value, at, see) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      see.wrong(at, `"${String(value)}" is none of ${allowed.join(', ')}`);
    }
  };

export const int =
  (min: number, max: number): Rule =>
  (value, at, see) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      see.wrong(at, `must be a whole number from ${min} to ${max}`);
    }
  };

export const share: Rule = (value, at, see) => {
  if (typeof value !== 'number' || value < 0 || value > 1) see.wrong(at, 'must be a number from 0 to 1');
};

export const string =
  (min = 0, max = Number.POSITIVE_INFINITY): Rule =>
  (value, at, see) => {
    if (typeof value !== 'string') see.wrong(at, 'must be a string');
    else if (value.length < min) see.wrong(at, 'must not be empty');
    else if (value.length > max) see.wrong(at, `has ${value.length} characters, at most ${max}`);
  };

export const matching =
  (pattern: RegExp, what: string): Rule =>
  (value, at, see) => {
    if (typeof value !== 'string' || !pattern.test(value)) see.wrong(at, `must be ${what}`);
  };

export const list =
  (rule: Rule, min = 0, max = Number.POSITIVE_INFINITY): Rule =>
  (value, at, see) => {
    if (!Array.isArray(value)) {
      see.wrong(at, 'must be a list');
      return;
    }
    if (value.length < min) see.wrong(at, `needs at least ${min}`);
    if (value.length > max) see.wrong(at, `has ${value.length} entries, at most ${max}`);
    value.forEach((entry, index) => {
      rule(entry, `${at}[${index}]`, see);
    });
  };

/** An object with these properties and no others; an unknown one is an error in 2.0. */
export const object =
  (properties: Record<string, Rule>, required: readonly string[] = []): Rule =>
  (value, at, see) => {
    if (!isNode(value)) {
      see.wrong(at, 'must be an object');
      return;
    }
    checkProperties(value, at, see, properties, required);
  };

export function checkProperties(
  value: Record<string, unknown>,
  at: string,
  see: Inspection,
  properties: Record<string, Rule>,
  required: readonly string[] = [],
): void {
  for (const [key, child] of Object.entries(value)) {
    const rule = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const path = at ? `${at}.${key}` : key;
    if (rule) rule(child, path, see);
    else see.wrong(path, 'unknown property');
  }
  for (const key of required) if (value[key] === undefined) see.wrong(at, `"${key}" is required`);
}

/** The first rule that has nothing to say decides; else what the last one says. */
export const either =
  (...rules: Rule[]): Rule =>
  (value, at, see) => {
    const before = see.problems.length;
    for (const rule of rules) {
      see.problems.length = before;
      rule(value, at, see);
      if (see.problems.length === before) return;
    }
  };

export const dictionary =
  (keys: readonly string[] | undefined, rule: Rule): Rule =>
  (value, at, see) => {
    if (!isNode(value)) {
      see.wrong(at, 'must be an object');
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      if (keys && !keys.includes(key)) see.wrong(`${at}.${key}`, 'unknown language');
      else rule(child, `${at}.${key}`, see);
    }
  };

/** `"10px"`, with bounds. */
export const px =
  (min: number, max: number): Rule =>
  (value, at, see) => {
    const number = typeof value === 'string' ? /^(-?\d+(?:\.\d+)?)px$/.exec(value)?.[1] : undefined;
    if (number === undefined || Number(number) < min || Number(number) > max)
      see.wrong(at, `must be ${min}px to ${max}px`);
  };

/** `"4px"`, `"4px 0"`, `"4px 0 4px 0"`; a bare 0 is fine. */
export const edges =
  (min: number, max: number, counts: readonly number[] = [1, 2, 4]): Rule =>
  (value, at, see) => {
    const parts = typeof value === 'string' ? value.trim().split(/\s+/) : [];
    if (!counts.includes(parts.length)) {
      see.wrong(at, `must hold ${counts.join(' or ')} lengths such as 4px`);
      return;
    }
    for (const part of parts) if (part !== '0') px(min, max)(part, at, see);
  };

/** A named width or pixels. */
export const width = (names: readonly string[], min: number, max = 9999): Rule => either(px(min, max), oneOf(...names));

export const colour: Rule = (value, at, see) => {
  if (typeof value !== 'string' || !isColour(value, see))
    see.wrong(at, `"${String(value)}" is no colour of the platform`);
};

export const tagColour = oneOf(...tagColours);

export const textSize: Rule = (value, at, see) => {
  if (typeof value !== 'string' || !(textSizes.includes(value) || see.ownSizes.has(value))) {
    see.wrong(at, `"${String(value)}" is no text size`);
  }
};

export const plainTextSize = oneOf(...textSizes);

export const elementId: Rule = (value, at, see) => {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(value)) {
    see.wrong(at, 'must begin with a letter and hold at most 20 letters, digits and underscores', 300301);
  } else see.elementId(value, at);
};

export const webUrl = matching(
  /^(https?:\/\/|lark:\/\/)\S+$/,
  'a link that begins with http:// or https:// and has no blanks',
);

export const imageKey: Rule = (value, at, see) => {
  if (typeof value !== 'string' || !/^img_\S+$/.test(value)) {
    see.wrong(at, 'must be an image_key', 200570);
    return;
  }
  if (see.know.isImage?.(value) === false) see.wrong(at, `the image ${value} was not uploaded by this app`, 200570);
};

export const personId: Rule = (value, at, see) => {
  if (typeof value !== 'string' || value === '') {
    see.wrong(at, 'must be the id of a person', 100290);
    return;
  }
  if (see.know.isPerson?.(value) === false) see.wrong(at, `${value} is nobody whom the app knows`, 100290);
};
