import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '#playground/platform/journal';
import { cardMessage, group, li, type Stage, simpleCard, stage, textMessage, tokenOf } from '#test/playground/fixture';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stand-in-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('a stand-in that is started again', () => {
  let s: Stage;
  const restart = async () => {
    await s.close();
    s = await stage({ dataDir: directory });
  };
  beforeEach(async () => {
    s = await stage({ dataDir: directory });
  });
  afterEach(() => s.close());

  it('knows messages, chats, files, tokens, commands and its clock', async () => {
    const token = await tokenOf(s.url);
    const key = s.standIn.world.upload(li, 'a.csv', Buffer.from('a,b'));
    s.standIn.world.say(li, group, { file: { key, name: 'a.csv' } });
    const card = (await s.call('POST', '/im/v1/messages?receive_id_type=open_id', cardMessage(li), token)).body.data;
    await s.call('PATCH', `/im/v1/messages/${card.message_id}`, { content: JSON.stringify(simpleCard('新')) }, token);
    await s.call(
      'POST',
      '/application/v7/app_slash_commands',
      { command: 'help', description: { default_value: '帮助' } },
      token,
    );
    s.standIn.world.setUser(li, { botStopped: true });
    await s.standIn.clock.advance(3_600_000);
    const before = {
      bot: s.standIn.world.botOpenId,
      said: s.standIn.world.messagesIn(group),
      sent: s.standIn.world.sentTo(li),
    };
    await restart();
    expect({
      bot: s.standIn.world.botOpenId,
      said: s.standIn.world.messagesIn(group),
      sent: s.standIn.world.sentTo(li),
    }).toEqual(before);
    expect(s.standIn.clock.now().toISOString()).toBe('2026-03-02T02:00:00.000Z');
    expect((await s.call('GET', '/application/v7/app_slash_commands', undefined, token)).body.data.items).toHaveLength(
      1,
    );
    expect(await (await fetch(`${s.url}/playground/api/resources/${key}`)).text()).toBe('a,b');
    expect(
      (await s.call('POST', '/im/v1/messages?receive_id_type=open_id', textMessage(li, 'x'), token)).body.code,
    ).toBe(230053);
  });

  it('goes on retrying, and a uuid still counts', async () => {
    s.bot.answer = () => new Response('', { status: 500 });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    const eventId = s.bot.heard[0]?.plain.header.event_id;
    const first = await s.call(
      'POST',
      '/im/v1/messages?receive_id_type=chat_id',
      textMessage(group, 'x', { uuid: 'u1' }),
    );
    await restart();
    await s.standIn.clock.advance(15_000);
    expect(s.bot.heard.map((one) => one.plain.header.event_id)).toEqual([eventId]);
    expect(s.standIn.record.pushes).toMatchObject([{ attempt: 2, ok: true }]);
    const second = await s.call(
      'POST',
      '/im/v1/messages?receive_id_type=chat_id',
      textMessage(group, 'x', { uuid: 'u1' }),
    );
    expect(second.body.data.message_id).toBe(first.body.data.message_id);
  });
});

describe('the journal', () => {
  const file = () => join(directory, 'rows.jsonl');
  const lines = () => readFileSync(file(), 'utf8').trim().split('\n');

  it('keeps the last value of each row and rewrites itself at the start', () => {
    const first = new Journal(file());
    const table = first.table<number>('numbers');
    for (let value = 0; value < 100; value += 1) table.set('a', value);
    table.set('b', 1);
    table.delete('b');
    first.close();
    expect(lines()).toHaveLength(102);
    const second = new Journal(file());
    expect(second.table<number>('numbers').entries()).toEqual([['a', 99]]);
    expect(lines()).toHaveLength(1);
    second.close();
  });

  it('drops a last line that was cut short, and names any other damage', () => {
    writeFileSync(file(), '{"t":"x","k":"a","v":1}\n{"t":"x","k":"b","v');
    const journal = new Journal(file());
    expect(journal.table('x').entries()).toEqual([['a', 1]]);
    journal.close();
    writeFileSync(file(), '{"t":"x","k\n{"t":"x","k":"b","v":1}\n');
    expect(() => new Journal(file())).toThrow('line 1 is damaged');
  });

  it('loses nothing that was written before kill -9', async () => {
    const script = join(directory, 'writer.ts');
    writeFileSync(
      script,
      `import { Journal } from '${new URL('../../src/playground/platform/journal.ts', import.meta.url)}';
       const table = new Journal('${file()}').table('n');
       for (let value = 1; ; value += 1) { table.set(String(value), value); process.stdout.write(value + '\\n'); }`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: process.cwd(),
    });
    let seen = 0;
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        seen = Math.max(seen, ...chunk.toString().trim().split('\n').slice(0, -1).map(Number));
        if (seen > 200) child.kill('SIGKILL');
      });
      child.on('exit', () => resolve());
    });
    const journal = new Journal(file());
    expect(journal.table('n').size).toBeGreaterThanOrEqual(seen);
    journal.close();
  });
});
