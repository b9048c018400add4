/**
 * Share of Poisson arrivals that find all `servers` busy when nobody waits, for a load in erlangs
 * (arrival rate × mean service time), whatever the distribution of service times. Erlang's loss
 * formula by its usual recursion, B(0) = 1, B(n) = a·B(n−1) / (n + a·B(n−1)).
 */
export function erlangB(load: number, servers: number): number {
  let blocking = 1;
  for (let n = 1; n <= servers; n += 1) blocking = (load * blocking) / (n + load * blocking);
  return blocking;
}
