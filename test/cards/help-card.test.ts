import { describe, expect, it } from 'vitest';
import { type HelpEntry, helpCard } from '#cards/help-card';
import { commands } from '#commands/index';
import { checkCard } from '#playground/platform/card-rules';

const all: HelpEntry[] = commands.map(({ name, aliases, summary, example }) => ({
  name,
  alias: aliases[0] ?? name,
  summary,
  example,
}));

describe('help', () => {
  it('for somebody who may do everything fits a card, with room for as many commands again', () => {
    const again = all.map((entry) => ({ ...entry, name: `${entry.name} again`, alias: `${entry.alias} 再来` }));
    expect(checkCard(helpCard([...all, ...again]))).toEqual([]);
  });

  it('names every subject; about one it shows a line that works for each verb', () => {
    const overview = JSON.stringify(helpCard(all));
    for (const { alias } of all) expect(overview).toContain(alias.split(' ')[0]);
    for (const subject of new Set(all.map(({ name }) => name.split(' ')[0]!))) {
      const own = all.filter(({ name }) => name.split(' ')[0] === subject);
      const card = helpCard(own, { detailed: true });
      expect(checkCard(card)).toEqual([]);
      for (const { alias } of own) expect(JSON.stringify(card)).toContain(`/${alias}`);
    }
  });
});
