import { describe, expect, it } from 'vitest';
import { decimal } from '#bot/fact-fields';
import { worryText } from '#domain/order/risk';
import { quantityText } from '#domain/order/unit';
import { inLocale } from '#domain/text';

describe('quantities in both languages', () => {
  it.each([
    [1200, '件', '1200件', '1200 pcs'],
    [12, '套', '12套', '12 sets'],
    ['+200', '双', '+200双', '+200 pairs'],
    [7, 'kg', '7kg', '7 kg'],
    [7, '', '7', '7'],
  ])('%s %s', (qty, unit, zh, en) => {
    const words = quantityText(qty, unit);
    expect([inLocale(words, 'zh'), inLocale(words, 'en')]).toEqual([zh, en]);
  });

  it('no Chinese in an English warning', () => {
    const worry = {
      kind: 'slow',
      stage: 'sewing',
      perDay: 40,
      left: 400,
      needed: 10,
      available: 5,
      due: '2026-12-01',
    } as const;
    expect(inLocale(worryText(worry, '件'), 'en')).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('whole numbers', () => {
  it('a field without decimals takes whole numbers and nothing else', () => {
    const read = (raw: string) => decimal(0, '3').meta()!.field!.read(raw, { today: '2026-11-23' });
    expect([read('3'), read('3次')]).toEqual(['3', '3']);
    expect(typeof read('3.5')).toBe('object');
  });
});
