import { describe, expect, it } from 'vitest';
import { ApiError } from '#feishu/api-error';
import type { RegisteredSlashCommand, SlashCommand } from '#feishu/api-slash-commands';
import { registerSlashCommands } from '#feishu/slash-commands';
import { recordingLog } from './support/log.ts';

const command = (name: string, zh = name): SlashCommand => ({
  command: name,
  description: { zh, en: `${name} in English` },
});

function panel(...present: RegisteredSlashCommand[]) {
  const shown = new Map(present.map((entry) => [entry.id, entry]));
  const calls: string[] = [];
  let next = 1;
  return {
    shown,
    calls,
    listSlashCommands: async () => [...shown.values()],
    async createSlashCommand(wanted: SlashCommand) {
      if (shown.size >= 100) throw new ApiError('too many', { kind: 'give-up', code: 1, unknownResult: false });
      calls.push(`create ${wanted.command}`);
      shown.set(`new-${next}`, { ...wanted, id: `new-${next++}` });
    },
    async updateSlashCommand(id: string, wanted: SlashCommand) {
      calls.push(`update ${id}`);
      shown.set(id, { ...wanted, id });
    },
    async deleteSlashCommand(id: string) {
      calls.push(`delete ${id}`);
      shown.delete(id);
    },
  };
}

describe('the slash commands', () => {
  it('are changed only where they differ', async () => {
    const api = panel(
      { id: '1', ...command('help') },
      { id: '2', ...command('order', '旧说明') },
      { id: '3', ...command('gone') },
      { id: '4', ...command('help') },
    );
    const wanted = [command('help'), command('order'), command('pay')];
    expect(await registerSlashCommands(api, wanted, recordingLog())).toEqual({ created: 1, updated: 1, deleted: 2 });
    expect(api.calls).toEqual(['delete 3', 'delete 4', 'update 2', 'create pay']);
    api.calls.length = 0;
    expect(await registerSlashCommands(api, wanted, recordingLog())).toEqual({ created: 0, updated: 0, deleted: 0 });
    expect(api.calls).toEqual([]);
  });

  it('make room before they are added', async () => {
    const api = panel(...Array.from({ length: 100 }, (_, n) => ({ id: `${n}`, ...command(`old${n}`) })));
    const wanted = Array.from({ length: 100 }, (_, n) => command(`new${n}`));
    expect(await registerSlashCommands(api, wanted, recordingLog())).toEqual({
      created: 100,
      updated: 0,
      deleted: 100,
    });
  });

  it('are no trouble where the platform does not know them', async () => {
    const api = panel();
    api.listSlashCommands = () =>
      Promise.reject(new ApiError('not found', { kind: 'give-up', httpStatus: 404, unknownResult: false }));
    const log = recordingLog();
    expect(await registerSlashCommands(api, [command('help')], log)).toBeUndefined();
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { status: 404 } }]);
  });

  it('are at most a hundred, each once', async () => {
    const many = Array.from({ length: 101 }, (_, n) => command(`c${n}`));
    await expect(registerSlashCommands(panel(), many, recordingLog())).rejects.toThrow(RangeError);
    await expect(registerSlashCommands(panel(), [command('a'), command('a')], recordingLog())).rejects.toThrow(
      RangeError,
    );
  });
});
