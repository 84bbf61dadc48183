/** `application/v7/app_slash_commands`: what the page offers when somebody types `/` (3.3). */
import type { Call, Reply } from '#playground/platform/api/call';
import { text } from '#playground/platform/api/call';
import { ApiError, fieldError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import { newEventId } from '#playground/platform/ids';
import type { StoredCommand } from '#playground/platform/model';

const path = '/application/v7/app_slash_commands';
const mostCommands = 100;

export function commandEndpoints({ state }: Gate): Endpoint[] {
  function save(command: StoredCommand): StoredCommand {
    const twin = state.commands.values().find((one) => one.command === command.command);
    if (twin && twin.command_id !== command.command_id)
      throw fieldError({ field: 'command', description: 'the command exists already' });
    state.commands.set(command.command_id, command);
    state.hub.emit({ kind: 'world' });
    return command;
  }

  function existing(call: Call): StoredCommand {
    const command = state.commands.get(call.param('id'));
    if (!command) throw new ApiError(99992402, `command_id ${call.param('id')} does not exist`);
    return command;
  }

  function create(call: Call): Reply {
    if (state.commands.size >= mostCommands)
      throw fieldError({ field: 'command', description: `at most ${mostCommands} commands` });
    const body = call.json();
    const command = { command_id: newEventId(), command: commandName(body), description: description(body) };
    return { data: { command_id: save(command).command_id } };
  }

  function update(call: Call): Reply {
    const body = call.json();
    const old = existing(call);
    save({
      command_id: old.command_id,
      command: body.command === undefined ? old.command : commandName(body),
      description: body.description === undefined ? old.description : description(body),
    });
    return { data: {} };
  }

  function remove(call: Call): Reply {
    state.commands.delete(existing(call).command_id);
    state.hub.emit({ kind: 'world' });
    return { data: {} };
  }

  const write = ['application:app_slash_command:write'];
  const read = ['application:app_slash_command:read', ...write];
  return [
    { api: 'command-create', method: 'POST', path, scopes: write, run: create },
    { api: 'commands', method: 'GET', path, scopes: read, run: () => ({ data: { items: state.commands.values() } }) },
    { api: 'command-update', method: 'PATCH', path: `${path}/:id`, scopes: write, run: update },
    { api: 'command-delete', method: 'DELETE', path: `${path}/:id`, scopes: write, run: remove },
  ];
}

function commandName(body: Record<string, unknown>): string {
  const command = text(body, 'command');
  if (command.startsWith('/')) throw fieldError({ field: 'command', description: 'write it without the leading /' });
  return command;
}

function description(body: Record<string, unknown>): StoredCommand['description'] {
  const value = body.description as StoredCommand['description'] | undefined;
  if (typeof value?.default_value !== 'string' || value.default_value === '') {
    throw fieldError({ field: 'description.default_value', description: 'description.default_value is required' });
  }
  return { default_value: value.default_value, ...(value.i18n ? { i18n: value.i18n } : {}) };
}
