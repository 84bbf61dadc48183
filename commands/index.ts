import type { Command } from '#bot/command';
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
import { confirmPay, objectPay } from './pay/answer.ts';
import { approvePay } from './pay/approve.ts';
import { checkPay } from './pay/check.ts';
import { correctPay } from './pay/correct.ts';
import { exportPay } from './pay/export.ts';
import { payFactsCommand } from './pay/facts.ts';
import { payIf } from './pay/if.ts';
import { lockPayCommand } from './pay/lock.ts';
import { paidCommand } from './pay/paid.ts';
import { payslipsCommand } from './pay/payslips.ts';
import { runPay } from './pay/run.ts';
import { paySettingsCommand } from './pay/settings.ts';
import { showPay } from './pay/show.ts';
import { whyPay } from './pay/why.ts';
import { importPeopleCommand } from './people/import.ts';
import { listPeopleCommand } from './people/list.ts';
import { setPerson } from './people/set.ts';
import { showPerson } from './people/show.ts';
import { syncPeople } from './people/sync.ts';
import { adoptScheme } from './scheme/adopt.ts';
import { checkScheme } from './scheme/check.ts';
import { listSchemes } from './scheme/list.ts';
import { replayScheme } from './scheme/replay.ts';
import { showScheme } from './scheme/show.ts';
import { undo } from './undo.ts';
import { whoami } from './whoami.ts';

/** Everything that can be asked for, in the order of the help. */
export const commands: readonly Command[] = [
  updateOrder,
  showOrder,
  listOrdersCommand,
  newOrder,
  addIncident,
  listIncidentsCommand,
  disputeIncident,
  decideIncident,
  setHours,
  showHours,
  importHoursCommand,
  showCalendar,
  addCalendar,
  showPay,
  whyPay,
  payIf,
  confirmPay,
  objectPay,
  runPay,
  checkPay,
  approvePay,
  lockPayCommand,
  payslipsCommand,
  paidCommand,
  correctPay,
  exportPay,
  payFactsCommand,
  paySettingsCommand,
  listSchemes,
  showScheme,
  checkScheme,
  replayScheme,
  adoptScheme,
  listPeopleCommand,
  showPerson,
  setPerson,
  importPeopleCommand,
  syncPeople,
  undo,
  whoami,
  help,
];
