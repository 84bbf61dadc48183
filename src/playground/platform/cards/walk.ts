/** Walks the elements of a 2.0 card: what may stand where, and what each one holds. */
import { type Component, components } from '#playground/platform/cards/components';
import type { Inspection } from '#playground/platform/cards/inspection';
import { isNode } from '#playground/platform/cards/reading';
import { checkProperties, edges, elementId, string } from '#playground/platform/cards/values';

/** Where an element stands. */
interface Place {
  parent: string;
  /** Containers around it. */
  depth: number;
  inForm: boolean;
}

const deepest = 5;
const goneInV2 = ['action', 'note'];
const onlyInForm = ['multi_select_static', 'multi_select_person'];
/** Inside a form each of these needs a name. */
const fieldTags = [
  'button',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'overflow',
  'checker',
  'select_img',
];

export function walkBody(elements: unknown, at: string, see: Inspection): void {
  walkList(elements, at, { parent: 'body', depth: 0, inForm: false }, see);
}

function walkList(elements: unknown, at: string, place: Place, see: Inspection): void {
  if (!Array.isArray(elements)) return;
  elements.forEach((one, index) => {
    walk(one, `${at}[${index}]`, place, see);
  });
}

function walk(node: unknown, at: string, place: Place, see: Inspection): void {
  if (!isNode(node) || typeof node.tag !== 'string') {
    see.wrong(at, 'must be a component with a tag');
    return;
  }
  const { tag } = node;
  const component = Object.hasOwn(components, tag) ? components[tag] : undefined;
  if (!component) {
    const why = goneInV2.includes(tag) ? `the tag "${tag}" is gone in schema 2.0` : `unknown tag "${tag}"`;
    see.wrong(at, why, 200861);
    return;
  }
  const common = { tag: string(), element_id: elementId, margin: edges(-99, 99) };
  checkProperties(node, at, see, { ...common, ...component.properties }, component.required);
  component.check?.(node, at, see);
  checkPlace(tag, node, at, place, see);
  descend(tag, component, node, at, place, see);
}

function checkPlace(tag: string, node: Record<string, unknown>, at: string, place: Place, see: Inspection): void {
  if ((tag === 'form' || tag === 'table') && place.parent !== 'body')
    see.wrong(at, `a ${tag} stands only at the root of the body`);
  if (tag === 'column' && place.parent !== 'column_set') see.wrong(at, 'a column stands only in a column_set');
  if (tag !== 'column' && place.parent === 'column_set') see.wrong(at, 'a column_set holds only columns');
  if (tag === 'chart' && place.inForm) see.wrong(at, 'a chart does not stand in a form');
  if (place.depth >= deepest && components[tag]?.container)
    see.wrong(at, `more than ${deepest} containers inside each other`);
  if (place.inForm) {
    if (fieldTags.includes(tag) && !node.name) see.wrong(at, 'needs a name inside a form', 200530);
  } else {
    if (onlyInForm.includes(tag)) see.wrong(at, `${tag} stands only in a form`);
    if (node.form_action_type !== undefined) see.wrong(`${at}.form_action_type`, 'only inside a form');
    if (node.required !== undefined) see.wrong(`${at}.required`, 'only inside a form');
    if (tag === 'select_img' && node.multi_select === true) see.wrong(`${at}.multi_select`, 'only inside a form');
  }
  if (tag === 'form' && !node.name) see.wrong(at, 'a form needs a name', 200530);
  if (typeof node.name === 'string' && node.name !== '') see.name(node.name, `${at}.name`);
}

function descend(
  tag: string,
  component: Component,
  node: Record<string, unknown>,
  at: string,
  place: Place,
  see: Inspection,
): void {
  const inside: Place = {
    parent: tag,
    depth: place.depth + (component.container ? 1 : 0),
    inForm: place.inForm || tag === 'form',
  };
  if (tag === 'column_set') walkList(node.columns, `${at}.columns`, inside, see);
  walkList(node.elements, `${at}.elements`, inside, see);
  if (tag === 'form' && !hasSubmit(node.elements))
    see.wrong(at, 'a form needs a button with form_action_type "submit"');
}

function hasSubmit(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSubmit);
  if (!isNode(value)) return false;
  if (value.tag === 'button' && value.form_action_type === 'submit') return true;
  return hasSubmit(value.elements) || hasSubmit(value.columns);
}
