/**
 * Share of Poisson arrivals that find all `servers` busy if nobody waits, for a load `a` in erlangs (arrival rate
 * × mean service time), whatever the distribution of service times. This is Erlang's loss formula in its usual
 * recursion:
 *
 *   B(0) = 1,  B(n) = a·B(n−1) / (n + a·B(n−1))
 *
 * Source: Kleinrock, Queueing Systems, volume 1, 1975, section 3.5.
 */
export function erlangB(load: number, servers: number): number {
  let refused = 1;
  for (let n = 1; n <= servers; n += 1) refused = (load * refused) / (n + load * refused);
  return refused;
}

/** The load in erlangs at which a share `refused` of arrivals finds all servers busy: `erlangB` inverted by bisection. */
export function erlangLoad(refused: number, servers: number): number {
  let low = 0;
  // A load `a` has at least 1 − servers / a refused, so this load exceeds any share below 1.
  let high = servers / (1 - refused) + 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (erlangB(middle, servers) < refused) low = middle;
    else high = middle;
  }
  return low;
}
