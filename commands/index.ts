import type { Command } from '#bot/command';
import { listCustomersCommand } from './customer/list.ts';
import { newCustomer } from './customer/new.ts';
import { showCustomer } from './customer/show.ts';
import { help } from './help.ts';
import { setLimits } from './limits/set.ts';
import { orderBoard } from './order/board.ts';
import { changeOrderCommand } from './order/change.ts';
import { cancelOrder, closeOrder, reopenOrder } from './order/close.ts';
import { correctOrder } from './order/correct.ts';
import { allowRequest, refuseRequest } from './order/decide.ts';
import { digestSwitch } from './order/digest.ts';
import { exportOrdersCommand } from './order/export.ts';
import { giftOrder } from './order/gift.ts';
import { groupOrder } from './order/group.ts';
import { handledOrder, snoozeOrder } from './order/handled.ts';
import { handoverOrder, signOrder, withdrawHandover } from './order/handover.ts';
import { importOrdersCommand } from './order/import.ts';
import { listOrdersCommand } from './order/list.ts';
import { logOrder } from './order/log.ts';
import { newOrder } from './order/new.ts';
import { planOrderCommand } from './order/plan.ts';
import { factoryScore, reportOrders } from './order/report.ts';
import { showOrder } from './order/show.ts';
import { updateOrder } from './order/update.ts';
import { importPeopleCommand } from './people/import.ts';
import { listPeopleCommand } from './people/list.ts';
import { setPerson } from './people/set.ts';
import { showPerson } from './people/show.ts';
import { syncPeople } from './people/sync.ts';
import { listTemplates } from './template/list.ts';
import { setTemplate } from './template/set.ts';
import { undo } from './undo.ts';
import { whoami } from './whoami.ts';

/** Everything that can be asked for, in the order of the help. */
export const commands: readonly Command[] = [
  updateOrder,
  correctOrder,
  changeOrderCommand,
  logOrder,
  planOrderCommand,
  closeOrder,
  cancelOrder,
  reopenOrder,
  giftOrder,
  allowRequest,
  refuseRequest,
  snoozeOrder,
  handledOrder,
  reportOrders,
  factoryScore,
  handoverOrder,
  signOrder,
  withdrawHandover,
  importOrdersCommand,
  exportOrdersCommand,
  groupOrder,
  digestSwitch,
  showCustomer,
  listCustomersCommand,
  newCustomer,
  listTemplates,
  setTemplate,
  setLimits,
  showOrder,
  listOrdersCommand,
  orderBoard,
  newOrder,
  listPeopleCommand,
  showPerson,
  setPerson,
  importPeopleCommand,
  syncPeople,
  undo,
  whoami,
  help,
];
