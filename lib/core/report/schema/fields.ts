import * as z from 'zod';

/** Makes fields of one type and unit: call it with the meaning of the field, or `orNull` if the field may be null. */
function fields<T extends z.ZodType>(type: T, unit: string) {
  const field = (meaning: string) => type.describe(meaning).meta({ unit });
  const orNull = (meaning: string) => type.nullable().describe(meaning).meta({ unit });
  return Object.assign(field, { orNull });
}

function interval<T extends z.ZodType>(bound: T, unit: string) {
  return fields(z.tuple([bound, bound]).readonly(), unit);
}

const whole = z.int().nonnegative();
const amount = z.number().nonnegative();
const zeroToOne = z.number().min(0).max(1);

export const orders = fields(whole, 'orders');
export const positiveOrders = fields(z.int().positive(), 'orders');
export const count = fields(whole, 'count');
export const positiveCount = fields(z.int().positive(), 'count');
export const rate = fields(amount, 'orders/s');
export const positiveRate = fields(z.number().positive(), 'orders/s');
export const ms = fields(amount, 'ms');
export const positiveMs = fields(z.number().positive(), 'ms');
export const msDifference = fields(z.number(), 'ms');
export const seconds = fields(amount, 's');
export const positiveSeconds = fields(z.number().positive(), 's');
export const usd = fields(amount, 'USD');
/** A share of a whole. */
export const share = fields(zeroToOne, 'ratio');
/** A ratio that may be above 1. */
export const positiveRatio = fields(z.number().positive(), 'ratio');

export const shareInterval = interval(zeroToOne, 'ratio');
export const msInterval = interval(amount, 'ms');
