import type { Command } from '#bot/command';
import { approveSheets } from './appraise/approve.ts';
import { setApprovers } from './appraise/approver.ts';
import { setAway } from './appraise/away.ts';
import { confirmSheet } from './appraise/confirm.ts';
import { decideSheet } from './appraise/decide.ts';
import { openDesk } from './appraise/desk.ts';
import { disputeSheet } from './appraise/dispute.ts';
import { draftScores } from './appraise/draft.ts';
import { showResults } from './appraise/results.ts';
import { scoreSheet } from './appraise/score.ts';
import { showStatus } from './appraise/status.ts';
import { setTemplate } from './appraise/template.ts';
import { addCalendar } from './calendar/add.ts';
import { showCalendar } from './calendar/show.ts';
import { help } from './help.ts';
import { importHoursCommand } from './hours/import.ts';
import { setHours } from './hours/set.ts';
import { showHours } from './hours/show.ts';
import { addIncident } from './incident/add.ts';
import { decideIncident } from './incident/decide.ts';
import { disputeIncident } from './incident/dispute.ts';
import { listIncidentsCommand } from './incident/list.ts';
import { listOrdersCommand } from './order/list.ts';
import { newOrder } from './order/new.ts';
import { showOrder } from './order/show.ts';
import { updateOrder } from './order/update.ts';
import { importPeopleCommand } from './people/import.ts';
import { listPeopleCommand } from './people/list.ts';
import { setPerson } from './people/set.ts';
import { showPerson } from './people/show.ts';
import { syncPeople } from './people/sync.ts';
import { undo } from './undo.ts';
import { whoami } from './whoami.ts';

/** Everything that can be asked for, in the order of the help. */
export const commands: readonly Command[] = [
  updateOrder,
  showOrder,
  listOrdersCommand,
  newOrder,
  openDesk,
  scoreSheet,
  draftScores,
  confirmSheet,
  disputeSheet,
  decideSheet,
  showResults,
  showStatus,
  approveSheets,
  setAway,
  setTemplate,
  setApprovers,
  addIncident,
  listIncidentsCommand,
  disputeIncident,
  decideIncident,
  setHours,
  showHours,
  importHoursCommand,
  showCalendar,
  addCalendar,
  listPeopleCommand,
  showPerson,
  setPerson,
  importPeopleCommand,
  syncPeople,
  undo,
  whoami,
  help,
];
