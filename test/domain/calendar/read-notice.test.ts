import { describe, expect, it } from 'vitest';
import { readDays } from '#domain/calendar/read-notice';

describe('days as the official page writes them', () => {
  it.each([
    ['5月1日至5日', ['2027-05-01', '2027-05-02', '2027-05-03', '2027-05-04', '2027-05-05']],
    ['2027-02-05~02-06', ['2027-02-05', '2027-02-06']],
    ['9月30日至10月2日', ['2027-09-30', '2027-10-01', '2027-10-02']],
    ['01-01、1/4', ['2027-01-01', '2027-01-04']],
    ['1月4日(周一)', ['2027-01-04']],
    ['', []],
  ])('%s', (text, days) => {
    expect(readDays(text, 2027)).toEqual({ days });
  });

  it.each(['2月30日', '5月5日至1日', '1月1日至12月31日', '过年', '1月1日至2日至3日'])(
    '%s is refused, not guessed',
    (text) => {
      expect(readDays(text, 2027)).toHaveProperty('wrong');
    },
  );
});
