import { z } from 'zod';
import { path, type Transport } from './transport.ts';

/** A command of the panel that opens when somebody types `/`. It only helps typing: choosing one sends an ordinary text. */
export interface SlashCommand {
  /** Without the slash. */
  command: string;
  description: { zh: string; en: string };
}

export interface RegisteredSlashCommand extends SlashCommand {
  id: string;
}

export interface SlashCommandApi {
  listSlashCommands(): Promise<RegisteredSlashCommand[]>;
  createSlashCommand(command: SlashCommand): Promise<void>;
  updateSlashCommand(id: string, command: SlashCommand): Promise<void>;
  deleteSlashCommand(id: string): Promise<void>;
}

const nothing = z.unknown();
const text = z.string().default('');
const listed = z.object({
  data: z.object({
    items: z
      .array(
        z.object({
          command_id: z.string().min(1),
          command: z.string(),
          description: z
            .object({ default_value: text, i18n: z.object({ zh_cn: text, en_us: text }).partial().nullish() })
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

const body = ({ command, description }: SlashCommand) => ({
  command,
  description: { default_value: description.zh, i18n: { zh_cn: description.zh, en_us: description.en } },
});

export function slashCommandApi(call: Transport['call']): SlashCommandApi {
  const base = '/application/v7/app_slash_commands';
  return {
    async listSlashCommands() {
      const { data } = await call({ api: 'slash.list', method: 'GET', path: base }, listed);
      return (data.items ?? []).map(({ command_id, command, description }) => ({
        id: command_id,
        command,
        description: {
          zh: description?.i18n?.zh_cn ?? description?.default_value ?? '',
          en: description?.i18n?.en_us ?? '',
        },
      }));
    },
    async createSlashCommand(command) {
      await call({ api: 'slash.create', method: 'POST', path: base, body: body(command) }, nothing);
    },
    async updateSlashCommand(id, command) {
      await call(
        { api: 'slash.update', method: 'PATCH', path: `${base}${path`/${id}`}`, body: body(command) },
        nothing,
      );
    },
    async deleteSlashCommand(id) {
      await call({ api: 'slash.delete', method: 'DELETE', path: `${base}${path`/${id}`}` }, nothing);
    },
  };
}
