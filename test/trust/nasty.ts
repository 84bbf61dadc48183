import fc from 'fast-check';

/** What people and importers really put into text fields, and what an attacker would. */
export const nastyTexts = [
  '<at id=all></at>',
  '<at id="ou_chen"></at> @所有人',
  '<person id="ou_x"></person>',
  '[x](http://evil.example)',
  '<a href="http://evil.example">x</a>',
  '<link url="http://evil.example">x</link>',
  'http://evil.example/?a=1&b=2',
  '\u202Egnp.exe',
  'a\u200Bb\u2066c\u2069',
  '👩‍👩‍👧‍👦🇨🇳🏳️‍🌈',
  '第一行\n第二行\r\n- 第三行\n1. 第四行\n# 第五行\n> 第六行\n---\n```code```',
  '**粗** *斜* ~~删~~ `码` _下_ | 表 | 格 |\n|---|---|',
  '<font color="red">红',
  '</font></raw>',
  '&lt;at id=all&gt; &#60;at id=all&#62;',
  ':DONE: :OK:',
  '\\<at id=all>\\</at>',
  '<raw>',
  "$(rm -rf /) '; drop table orders; --",
  '=HYPERLINK("http://evil.example")',
  'null',
  '',
  ' ',
];

const long = fc
  .constantFrom('长', 'W', '👍', '<', '*', '\n', '-\n', ']')
  .map((char) => char.repeat(5_000 / char.length));

/** Any text at all, the nasty ones and the 5,000-character ones often. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  long,
  fc.tuple(fc.constantFrom(...nastyTexts), long).map(([text, more]) => text + more),
);

/** The same without the empty ones, for what must have a value. */
export const nastyName: fc.Arbitrary<string> = nasty.map((text) => text || '无');
