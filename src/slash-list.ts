import type { Command } from '#bot/command';
import type { SlashCommand } from '#feishu/api-slash-commands';

/**
 * What the client's slash panel offers: one entry a subject, in both languages, with the verbs in its description; choosing one only types it.
 * The platform takes at most a hundred.
 */
export function slashCommandsOf(commands: readonly Command[]): SlashCommand[] {
  const bySubject = new Map<string, Command[]>();
  for (const command of commands) {
    const subject = command.name.split(' ')[0]!;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), command]);
  }
  return [...bySubject].map(([subject, own]) => ({
    command: subject,
    description: {
      zh: own
        .map(({ aliases, summary }) => [aliases[0]?.split(' ')[1], summary.zh].filter(Boolean).join(' '))
        .join('；')
        .slice(0, 100),
      en: own
        .map(({ name, summary }) => [name.split(' ')[1], summary.en].filter(Boolean).join(': '))
        .join('; ')
        .slice(0, 100),
    },
  }));
}
