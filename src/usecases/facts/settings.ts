import { settingsSchema } from '#domain/pay/settings';
import type { FactPart, FactSource } from './source.ts';

/** The company's own settings and price list of the month. After somebody has left, nothing is left to guard. */
export const settingFacts: FactSource = {
  name: 'settings',
  async collect(_, { people, settings }) {
    const known = Object.keys((settingsSchema as unknown as { shape: object }).shape);
    const own = Object.fromEntries(
      [...settings].flatMap(([name, { value }]) => (known.includes(name) ? [[name, value]] : [])),
    );
    const samplePrices = Object.fromEntries(
      [...settings].flatMap(([name, { value }]) =>
        name.startsWith('price.') ? [[name.slice('price.'.length), value]] : [],
      ),
    );
    const regular = {
      ...(Object.keys(own).length > 0 && { settings: own }),
      ...(Object.keys(samplePrices).length > 0 && { samplePrices }),
    };
    return new Map(
      people.map(({ id, kind }) => [
        id,
        { facts: (kind === 'regular' ? regular : { settings: { guard: 'off' } }) as FactPart['facts'] },
      ]),
    );
  },
};
