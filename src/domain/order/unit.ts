import { say, type Text } from '../text.ts';

/** Units as orders name them, in English. */
const english: Record<string, string> = {
  件: 'pcs',
  套: 'sets',
  条: 'pcs',
  双: 'pairs',
  只: 'pcs',
  个: 'pcs',
  张: 'sheets',
  米: 'm',
  箱: 'cartons',
};

/** `1200件`, `1200 pcs`; a unit that nobody knows stays as it was written. */
export const quantityText = (qty: number | string, unit: string): Text =>
  say(`${qty}${unit}`, [qty, english[unit] ?? unit].join(' ').trim());
