import type { Log } from '#bot/log';
import type { FeishuApi } from './api.ts';
import { ApiError } from './api-error.ts';
import type { RegisteredSlashCommand, SlashCommand } from './api-slash-commands.ts';

/** The platform takes no more of them. */
const MAX_COMMANDS = 100;

type SlashApi = Pick<
  FeishuApi,
  'listSlashCommands' | 'createSlashCommand' | 'updateSlashCommand' | 'deleteSlashCommand'
>;

export interface SlashChanges {
  created: number;
  updated: number;
  deleted: number;
}

/**
 * Makes the panel that opens at `/` show these commands, by changing only what differs. The panel merely helps typing, so a platform
 * without this API (or an app without the scope) is no trouble: then nothing is changed, and `undefined` is returned.
 *
 * @throws RangeError for more than 100 commands, or two of one name.
 */
export async function registerSlashCommands(
  api: SlashApi,
  wanted: SlashCommand[],
  log: Log,
): Promise<SlashChanges | undefined> {
  const names = new Set(wanted.map(({ command }) => command));
  if (wanted.length > MAX_COMMANDS) throw new RangeError(`${wanted.length} slash commands, at most ${MAX_COMMANDS}`);
  if (names.size < wanted.length) throw new RangeError('two slash commands of one name');
  const changes = { created: 0, updated: 0, deleted: 0 };
  try {
    const present = await api.listSlashCommands();
    const byName = new Map<string, RegisteredSlashCommand>();
    for (const entry of present) {
      // what is not wanted goes first, to make room
      if (names.has(entry.command) && !byName.has(entry.command)) byName.set(entry.command, entry);
      else {
        await api.deleteSlashCommand(entry.id);
        changes.deleted++;
      }
    }
    for (const command of wanted) {
      const known = byName.get(command.command);
      if (!known) {
        await api.createSlashCommand(command);
        changes.created++;
      } else if (!isSame(known, command)) {
        await api.updateSlashCommand(known.id, command);
        changes.updated++;
      }
    }
    return changes;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log.warn({ code: error.code, status: error.httpStatus, ...changes }, 'slash commands not registered');
    return undefined;
  }
}

const isSame = (a: SlashCommand, b: SlashCommand): boolean =>
  a.description.zh === b.description.zh && a.description.en === b.description.en;
