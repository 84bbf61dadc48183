import type { DueTask } from '#usecases/due';

/** Everything that the clock asks for. */
export const dueTasks: readonly DueTask[] = [];
