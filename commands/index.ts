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
import { setTemplate as setAppraisalTemplate } from './appraise/template.ts';
import { decideApprovalCommand } from './approval/decide.ts';
import { listApprovals } from './approval/list.ts';
import { showApproval } from './approval/show.ts';
import { addCalendar } from './calendar/add.ts';
import { showCalendar } from './calendar/show.ts';
import { addCheck } from './check/add.ts';
import { listChecks } from './check/list.ts';
import { showCheck } from './check/show.ts';
import { updateCheck } from './check/update.ts';
import { addClaim } from './claim/add.ts';
import { listClaims } from './claim/list.ts';
import { showClaim } from './claim/show.ts';
import { updateClaim } from './claim/update.ts';
import { listCustomersCommand } from './customer/list.ts';
import { newCustomer } from './customer/new.ts';
import { showCustomer } from './customer/show.ts';
import { addDeclaration } from './declare/add.ts';
import { listDeclarations } from './declare/list.ts';
import { showDeclaration } from './declare/show.ts';
import { updateDeclaration } from './declare/update.ts';
import { addDoc } from './doc/add.ts';
import { listDocs } from './doc/list.ts';
import { requireDocs } from './doc/require.ts';
import { showDoc } from './doc/show.ts';
import { updateDoc } from './doc/update.ts';
import { help } from './help.ts';
import { importHoursCommand } from './hours/import.ts';
import { setHours } from './hours/set.ts';
import { showHours } from './hours/show.ts';
import { addIncident } from './incident/add.ts';
import { decideIncident } from './incident/decide.ts';
import { disputeIncident } from './incident/dispute.ts';
import { listIncidentsCommand } from './incident/list.ts';
import { setLimits } from './limits/set.ts';
import { addMaterial } from './material/add.ts';
import { listMaterials } from './material/list.ts';
import { showMaterial } from './material/show.ts';
import { updateMaterial } from './material/update.ts';
import { addMoney } from './money/add.ts';
import { listMoneys } from './money/list.ts';
import { showMoney } from './money/show.ts';
import { updateMoney } from './money/update.ts';
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
import { reportSwitch } from './order/reports.ts';
import { shipOrder } from './order/ship.ts';
import { showOrder } from './order/show.ts';
import { updateOrder } from './order/update.ts';
import { watchOrdersCommand } from './order/watch.ts';
import { confirmPay, objectPay } from './pay/answer.ts';
import { approvePay } from './pay/approve.ts';
import { chartPay } from './pay/chart.ts';
import { checkPay } from './pay/check.ts';
import { correctPay } from './pay/correct.ts';
import { exportPay } from './pay/export.ts';
import { payFactsCommand } from './pay/facts.ts';
import { payIf } from './pay/if.ts';
import { lockPayCommand } from './pay/lock.ts';
import { netPay } from './pay/net.ts';
import { paidCommand } from './pay/paid.ts';
import { payslipsCommand } from './pay/payslips.ts';
import { runPay } from './pay/run.ts';
import { paySettingsCommand } from './pay/settings.ts';
import { showPay } from './pay/show.ts';
import { taxTerms } from './pay/tax.ts';
import { whyPay } from './pay/why.ts';
import { yearPay } from './pay/year.ts';
import { importPeopleCommand } from './people/import.ts';
import { listPeopleCommand } from './people/list.ts';
import { setPerson } from './people/set.ts';
import { showPerson } from './people/show.ts';
import { syncPeople } from './people/sync.ts';
import { addPurchase } from './purchase/add.ts';
import { listPurchases } from './purchase/list.ts';
import { showPurchase } from './purchase/show.ts';
import { updatePurchase } from './purchase/update.ts';
import { overruleGate } from './rule/overrule.ts';
import { setRules } from './rule/set.ts';
import { showRules } from './rule/show.ts';
import { addSample } from './sample/add.ts';
import { listSamples } from './sample/list.ts';
import { showSample } from './sample/show.ts';
import { stockSamples } from './sample/stock.ts';
import { updateSample } from './sample/update.ts';
import { adoptScheme } from './scheme/adopt.ts';
import { checkScheme } from './scheme/check.ts';
import { listSchemes } from './scheme/list.ts';
import { replayScheme } from './scheme/replay.ts';
import { showScheme } from './scheme/show.ts';
import { addSeal } from './seal/add.ts';
import { listSeals } from './seal/list.ts';
import { showSeal } from './seal/show.ts';
import { updateSeal } from './seal/update.ts';
import { listShipments } from './shipment/list.ts';
import { showShipment } from './shipment/show.ts';
import { updateShipment } from './shipment/update.ts';
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
  reportSwitch,
  watchOrdersCommand,
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
  shipOrder,
  addSample,
  updateSample,
  showSample,
  listSamples,
  stockSamples,
  addSeal,
  updateSeal,
  showSeal,
  listSeals,
  addMaterial,
  updateMaterial,
  showMaterial,
  listMaterials,
  addPurchase,
  updatePurchase,
  showPurchase,
  listPurchases,
  addCheck,
  updateCheck,
  showCheck,
  listChecks,
  addClaim,
  updateClaim,
  showClaim,
  listClaims,
  addMoney,
  updateMoney,
  showMoney,
  listMoneys,
  addDoc,
  updateDoc,
  showDoc,
  listDocs,
  requireDocs,
  addDeclaration,
  updateDeclaration,
  showDeclaration,
  listDeclarations,
  updateShipment,
  showShipment,
  listShipments,
  listApprovals,
  showApproval,
  decideApprovalCommand,
  showRules,
  overruleGate,
  setRules,
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
  setAppraisalTemplate,
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
  showPay,
  whyPay,
  payIf,
  chartPay,
  yearPay,
  netPay,
  taxTerms,
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
