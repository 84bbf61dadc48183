import { describe, expect, it } from 'vitest';
import type { FactsInput } from '#domain/pay/facts';
import { amountOf, codesOf, settled } from '#test/support/pay';

type IncidentInput = NonNullable<FactsInput['incidents']>[number];
const incident = (clause: string, more: Partial<IncidentInput> = {}): IncidentInput => ({
  clause,
  date: '2026-06-10',
  ...more,
});
const jw = (overrides: Partial<FactsInput> = {}) => settled('jw', overrides);

describe('a full month of a garment merchandiser', () => {
  it('adds up line by line', () => {
    const month = jw({
      measures: { processingFee: '412345.60' },
      hours: { required: 168, attended: '160.5', overtime: 20 },
      nights: 3,
      samples: [
        { kind: '衬衫', pieces: 3 },
        { kind: '外套', pieces: 2 },
        { kind: '衬衫', pieces: 1 },
      ],
      samplePrices: { 衬衫: '15.00', 外套: '40.00' },
      incidents: [incident('JW-K5')],
      settings: { nightRate: '15.00' },
    });
    expect(month.lines.map(({ clause, amountFen }) => [clause, amountFen])).toEqual([
      ['JW-P1.1', 700_00n],
      ['JW-P1.2', 2061_73n], // 412,345.60 × 50/10000 = 2,061.728
      ['JW-P1.3', 140_00n],
      ['JW-P1.4', -15_00n],
      ['JW-P2.1', 40_00n],
      ['JW-P3', 238_84n], // 250 × 160.5/168 = 238.839…
      ['JW-P4', 45_00n],
      ['JW-K5', -100_00n],
    ]);
    expect(month.totalFen).toBe(3110_57n);
  });
});

describe('批量性质量事故 (JW-K1): the rate applies to the whole loss', () => {
  it.each([
    ['没有损失', '0.00', 0n, false],
    ['3,000 元整按 5%', '3000.00', -150_00n, false],
    ['多一分钱就按 10%', '3000.01', -300_00n, false],
    ['10,000 元整按 10%，不取消年终奖', '10000.00', -1000_00n, false],
    ['超过 10,000 元扣 1,000 元并取消年终奖', '10000.01', -1000_00n, true],
    ['再大的损失也扣 1,000 元', '250000.00', -1000_00n, true],
  ])('%s', (_, loss, amountFen, bonusLost) => {
    const month = jw({ incidents: [incident('JW-K1', { loss })] });
    expect(amountOf(month, 'JW-K1')).toBe(amountFen);
    expect(codesOf(month).includes('YEAR-END-BONUS-LOST')).toBe(bonusLost);
  });

  it('each accident is a line of its own, rounded once', () => {
    const month = jw({ incidents: [incident('JW-K1', { loss: '33.30' }), incident('JW-K1', { loss: '33.30' })] });
    expect(month.lines.filter(({ clause }) => clause === 'JW-K1').map(({ amountFen }) => amountFen)).toEqual([
      -1_67n,
      -1_67n,
    ]);
  });

  it('an accident without its loss is an error that names it', () => {
    expect(() => jw({ incidents: [incident('JW-K1', { id: 'acc-7' })] })).toThrow('incidents.acc-7.loss');
  });
});

describe('incidents with a fixed amount', () => {
  it.each(['JW-K2', 'JW-K4', 'JW-K5', 'JW-K6'])('%s costs 100 each time', (clause) => {
    expect(amountOf(jw({ incidents: [incident(clause), incident(clause)] }), clause)).toBe(-200_00n);
  });
});

describe('生产失控 (JW-K3): the manager chooses inside the range', () => {
  const late = (amount: string, reason: string | undefined = '空运') =>
    jw({ incidents: [incident('JW-K3', { id: 'x', amount, reason })] });
  it.each([
    ['100.00', -100_00n],
    ['500.00', -500_00n],
    ['233.33', -233_33n],
  ])('%s', (amount, fen) => expect(amountOf(late(amount), 'JW-K3')).toBe(fen));
  it.each(['99.99', '500.01'])('%s is outside of it', (amount) =>
    expect(() => late(amount)).toThrow('不在 100.00–500.00 之内'),
  );
  it('needs an amount and a reason', () => {
    expect(() => jw({ incidents: [incident('JW-K3', { reason: '空运' })] })).toThrow('考核金额');
    expect(() => jw({ incidents: [incident('JW-K3', { amount: '100' })] })).toThrow('理由');
  });
});

describe('文明生产质量奖 (JW-P3): 以下 includes the number', () => {
  const award = (overrides: Partial<FactsInput>) => amountOf(jw(overrides), 'JW-P3');

  it.each([
    ['本人扣款 200.00', [incident('JW-K2'), incident('JW-K4')], 250_00n],
    ['本人扣款 200.01', [incident('JW-K2'), incident('JW-K3', { amount: '100.01', reason: '延误' })], 0n],
    ['公司损失 1,000.00', [incident('JW-K1', { loss: '1000.00' })], 250_00n],
    ['公司损失 1,000.01', [incident('JW-K1', { loss: '1000.01' })], 0n],
    ['公司损失合计 1,000.01', [incident('JW-K1', { loss: '900' }), incident('JW-K2', { loss: '100.01' })], 0n],
    ['撤销的事件不算', [incident('JW-K3', { amount: '500', reason: '空运', status: 'withdrawn' })], 250_00n],
  ] as const)('%s', (_, incidents, fen) => {
    expect(award({ incidents: [...incidents] })).toBe(fen);
  });

  it('bad conduct loses it; nobody having said is an error, not a yes', () => {
    expect(award({ flags: { conduct: { met: false, reason: '不服从调度' } } })).toBe(0n);
    expect(() => jw({ flags: {} })).toThrow('flags.conduct');
  });

  it('is proportional to attendance, and more hours than required do not raise it', () => {
    expect(award({ hours: { required: 168, attended: 84, overtime: 0 } })).toBe(125_00n);
    expect(award({ hours: { required: 168, attended: 180, overtime: 0 } })).toBe(250_00n);
    expect(award({ hours: { required: 168, attended: 0, overtime: 0 } })).toBe(0n);
  });

  it('short attendance is no own deduction', () => {
    const hours = { required: 168, attended: 20, overtime: 0 };
    expect(award({ hours })).toBe(29_76n);
    expect(award({ hours, settings: { ownDeductions: 'incidents-and-attendance' } })).toBe(0n);
  });

  it('an amount carried in from last month is no own deduction', () => {
    expect(award({ carriedIn: '500.00' })).toBe(250_00n);
  });

  it('the loss that finance recorded decides when the company says so', () => {
    const settings = { companyLoss: 'recorded' };
    expect(award({ settings, companyLoss: '1000.00', incidents: [incident('JW-K1', { loss: '2000' })] })).toBe(250_00n);
    expect(award({ settings, companyLoss: '1000.01' })).toBe(0n);
    expect(() => jw({ settings })).toThrow('companyLoss');
  });
});

describe('hours, nights and samples', () => {
  it('output pay is proportional, not per full 10,000 (JW-P1.2)', () => {
    const pay = (fee: string) => amountOf(jw({ measures: { processingFee: fee } }), 'JW-P1.2');
    expect([pay('9999.99'), pay('10000.00'), pay('0.99'), pay('1.00'), pay('0.00')]).toEqual([
      50_00n,
      50_00n,
      0n,
      1n,
      0n,
    ]);
  });

  it('short attendance costs 2 yuan an hour (JW-P1.4)', () => {
    const short = (attended: number | string) =>
      amountOf(jw({ hours: { required: 168, attended, overtime: 0 } }), 'JW-P1.4');
    expect([short(168), short('167.75'), short(160), short(170)]).toEqual([0n, -50n, -16_00n, 0n]);
  });

  it('overtime is paid by the hour, unless the manager says work was not by the rules (JW-P2.1, JW-P2.2)', () => {
    const hours = { required: 168, attended: 168, overtime: '12.5' };
    expect(amountOf(jw({ hours }), 'JW-P2.1')).toBe(25_00n);
    const withheld = jw({ hours, flags: { conduct: true, compliance: { met: false, reason: '报表未按时完成' } } });
    const line = withheld.lines.find(({ clause }) => clause === 'JW-P2.1');
    expect([line?.amountFen, line?.formula.zh]).toEqual([
      0n,
      '不计发（JW-P2.2：报表未按时完成），原应 12.5 小时 × 2.00 = 25.00',
    ]);
  });

  it('absence counts by the hour and in the award, or once, as the company sets', () => {
    const both = (absence: string) => {
      const month = jw({ hours: { required: 100, attended: 90, overtime: 0 }, settings: { absence } });
      return [amountOf(month, 'JW-P1.4'), amountOf(month, 'JW-P3')];
    };
    expect([both('both'), both('hours-only'), both('award-only')]).toEqual([
      [-20_00n, 225_00n],
      [-20_00n, 250_00n],
      [0n, 225_00n],
    ]);
  });

  it('a night shift without a company rate is an error that names the setting (JW-P4)', () => {
    expect(() => jw({ nights: 1 })).toThrow('settings.nightRate');
    expect(amountOf(jw({ nights: 2, settings: { nightRate: '12.50' } }), 'JW-P4')).toBe(25_00n);
  });

  it('a sample kind without a price is an error that names it (JW-P1.3)', () => {
    expect(() => jw({ samples: [{ kind: '裙子', pieces: 1 }] })).toThrow('samplePrices.裙子');
  });
});

describe('disputes and other incidents', () => {
  it('an open dispute counts, is flagged, and blocks approval', () => {
    const month = jw({ incidents: [incident('JW-K2', { status: 'disputed' })] });
    expect([amountOf(month, 'JW-K2'), codesOf(month).includes('DISPUTE-OPEN')]).toEqual([-100_00n, true]);
  });
  it('or waits, where the company says so', () => {
    const month = jw({
      incidents: [incident('JW-K3', { status: 'disputed', amount: '500', reason: '空运' })],
      settings: { openDispute: 'waits' },
    });
    expect([amountOf(month, 'JW-K3'), codesOf(month).includes('DISPUTE-OPEN'), amountOf(month, 'JW-P3')]).toEqual([
      0n,
      true,
      250_00n,
    ]);
  });
  it('a withdrawn incident costs nothing', () => {
    expect(amountOf(jw({ incidents: [incident('JW-K6', { status: 'withdrawn' })] }), 'JW-K6')).toBeUndefined();
  });
  it('an incident of an unknown clause is an error', () => {
    expect(() => jw({ incidents: [incident('JW-K9')] })).toThrow('方案没有条款 JW-K9');
  });
  it('an incident of a later month is refused, one of an earlier month is marked', () => {
    expect(() => jw({ incidents: [incident('JW-K2', { date: '2026-07-01' })] })).toThrow('晚于结算月');
    expect(codesOf(jw({ incidents: [incident('JW-K2', { date: '2026-05-31' })] }))).toContain('LATE-INCIDENT');
  });
});
