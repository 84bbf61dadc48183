import { appraisalTask } from '#usecases/appraisal-cycle';
import type { DueTask } from '#usecases/due';
import { putAwayAmounts } from '#usecases/pay/put-away';
import { remindYearly } from '#usecases/pay/remind-yearly';
import { sendReports } from '#usecases/send-reports';
import { takeStock } from '#usecases/stock-take';
import { watchOrders } from '#usecases/watch-orders';
import { watchRecords } from '#usecases/watch-records';

/** Everything that the clock asks for. */
export const dueTasks = (): readonly DueTask[] => [
  watchOrders,
  watchRecords,
  sendReports,
  takeStock,
  appraisalTask(),
  remindYearly,
  putAwayAmounts,
];
