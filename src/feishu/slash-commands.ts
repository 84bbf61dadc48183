import type { SlashCommand, SlashCommandApi } from './api-slash-commands.ts';
export async function registerSlashCommands(api: SlashCommandApi, list: SlashCommand[], _log: unknown): Promise<void> {
  for (const c of list) await api.createSlashCommand(c);
}
