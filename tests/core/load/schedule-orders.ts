import {
  createSchedule,
  type DueOrder,
  type ScheduleInput,
} from '../../../lib/core/load/schedule.ts';

/** All orders of a schedule, each copied. */
export function ordersOf(input: ScheduleInput): readonly DueOrder[] {
  const { due, next } = createSchedule(input);
  const orders: DueOrder[] = [];
  while (next()) orders.push({ ...due });
  return orders;
}

export function timesOf(input: ScheduleInput): readonly number[] {
  return ordersOf(input).map(({ dueMs }) => dueMs);
}
