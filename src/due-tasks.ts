import { appraisalTask } from '#usecases/appraisal-cycle';
import type { DueTask } from '#usecases/due';
import { remindYearly } from '#usecases/pay/remind-yearly';
import { watchOrders } from '#usecases/watch-orders';
import { watchRecords } from '#usecases/watch-records';

/** Everything that the clock asks for. */
export const dueTasks = (): readonly DueTask[] => [watchOrders, watchRecords, appraisalTask(), remindYearly];
