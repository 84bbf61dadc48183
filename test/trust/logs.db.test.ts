import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openEmbedded } from '#db/client';
import { putPerson } from '#db/people';
import { company } from '#playground/demo/company';
import { demoGroups } from '#playground/demo/groups';
import { createStandIn, type StandIn } from '#playground/platform/stand-in';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { type Child, startChild } from '#test/trust/child';

/** Words that may stand in no line of a log, whatever goes wrong: secrets of the environment, and what people said. */
const secrets = {
  FEISHU_APP_SECRET: 'canary-app-secret-71c3',
  FEISHU_ENCRYPT_KEY: 'canary-encrypt-key-88ab',
  FEISHU_VERIFICATION_TOKEN: 'canary-verification-token-5d20',
};
const NAME = '金丝雀小姐';
const NOTE = '金丝雀备注';
const AMOUNT = '7654321';
const never = [...Object.values(secrets), NAME, NOTE, AMOUNT, '76,543', '76543.21', 'canary-database-word'];

let database: TestDatabase | undefined;
let dataDir: string;
let standIn: StandIn;
let closeStandIn: () => Promise<void>;
let child: Child;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gendan-logs-'));
  const app = {
    appId: 'cli_9f5343c580712544',
    appSecret: secrets.FEISHU_APP_SECRET,
    encryptKey: secrets.FEISHU_ENCRYPT_KEY,
    verificationToken: secrets.FEISHU_VERIFICATION_TOKEN,
  };
  standIn = await createStandIn({ app: { ...app, botName: '跟单' }, world: company });
  const { url: domain, close } = await standIn.listen();
  closeStandIn = close;
  if (process.env.GENDAN_TEST_DATABASE === 'postgres') database = await testDatabase();
  const prepare = async (db: Db) => {
    await putPerson(db, 'ou_chen', { name: NAME, roles: ['merchandiser', 'admin'] }, new Date());
    // a fault of ours, whose message the driver fills with the very values
    await (database?.master ?? db).execute(
      sql`alter table order_progress add constraint no_canary check (note not like '%故障%')`,
    );
  };
  if (database) await prepare(database.db);
  else {
    const opened = await openEmbedded(dataDir);
    await prepare(opened.db);
    await opened.close();
  }
  const url = database && new URL(database.url!);
  if (url) url.password = 'canary-database-word';
  const where: Record<string, string> = url
    ? { DATABASE_URL: url.href }
    : { DATA_DIR: dataDir, ALLOW_EMBEDDED_DATABASE: '1' };
  child = startChild({ ...secrets, FEISHU_APP_ID: app.appId, FEISHU_DOMAIN: domain, ...where });
  const bot = await child.listening();
  standIn.setCallbacks({ eventUrl: `${bot}/webhook/event`, cardUrl: `${bot}/webhook/card` });
}, 240_000);
afterAll(async () => {
  if (child?.process.exitCode === null) await child.end('SIGKILL');
  await closeStandIn();
  await standIn.close();
  await database?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('logs at the default level', () => {
  it('hold no secret, no name, no word and no amount, whatever happened', async () => {
    const { world, faults } = standIn;
    const at = `<at id="${world.botOpenId}"></at> `;
    const answered = async (chatId: string, text: string) => {
      const said = world.say('ou_chen', chatId, (chatId === 'bot' ? '' : at) + text);
      await world.until(
        () => world.messagesIn(said.chatId).some(({ sender, at: when }) => sender.kind === 'bot' && when >= said.at),
        60_000,
      );
      return said;
    };
    await answered(demoGroups.jw, `/订单 新建 SO-1001 客户=${NAME} 数量=1200件 货期=2028-12-20 单价=76543.21`);
    await answered(demoGroups.jw, `/订单 更新 SO-1001 备注=${NOTE}`);
    await answered(demoGroups.jw, `/订单 更新 SO-1001 备注=${NOTE}故障`);
    await answered('bot', `/订单 查看 SO-1001`);
    await answered('bot', `/人员 设置 ${NAME} 部门=${NOTE}`);
    await answered('bot', `/订单 更新 SO-1001 数量=${NOTE}`);
    await answered('bot', `${NOTE} ${AMOUNT}`);

    // the platform misbehaves in every way that makes us log something
    for (const fault of [
      { code: 230001, msg: `bad ${NOTE}` },
      { html: 502 },
      { drop: 'before' as const },
      { drop: 'after' as const },
      { truncate: true },
      { rateLimited: 1 },
      { revoke: true },
      { code: 99991663, msg: secrets.FEISHU_APP_SECRET },
    ])
      faults.next('any', fault, 1);
    for (let i = 0; i < 4; i++) world.say('ou_chen', demoGroups.jw, `${at}/订单 更新 SO-1001 备注=${NOTE}${i}`);
    await standIn.settled();
    // forged and malformed deliveries
    const honest = standIn.record.pushes.at(-1)!;
    await standIn.world.replay({ ...honest, rawBody: `${honest.rawBody} ${NOTE}` });
    await standIn.world.replay({
      ...honest,
      headers: { ...honest.headers, 'x-lark-signature': secrets.FEISHU_ENCRYPT_KEY },
    });
    world.push('im.message.receive_v1', { message: { content: NOTE }, sender: NAME });
    await standIn.settled();
    // and the end
    expect((await child.end('SIGTERM')).code).toBe(0);

    const said = child.said();
    expect(said).toContain('an event could not be carried out');
    expect(said).toContain('delivery refused');
    const tokens = standIn.record
      .callsOf('token')
      .map(({ response }) => (response as { tenant_access_token?: string }).tenant_access_token);
    for (const word of [...never, ...tokens])
      if (word) expect(said.split('\n').filter((line) => line.includes(word))).toEqual([]);
    expect(tokens.filter(Boolean).length).toBeGreaterThan(0);
    expect(said).not.toMatch(/Bearer|c-[0-9a-f]{30,}/);
  }, 240_000);
});
