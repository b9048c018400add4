import type { Stage } from './load-plan.ts';
import { isSettling, stagesOfStep } from './staircase.ts';

export const ARMS = ['a', 'b'] as const;
export type Arm = (typeof ARMS)[number];

/** The part of an ab run that a stage stands for. */
export interface Block {
  /** From 1 on. A round loads each arm once. */
  readonly round: number;
  readonly arm: Arm;
  /** The first quarter of the block, whose orders are not compared. */
  readonly settling: boolean;
}

const STAGE_NAME = /^r(\d+)-([ab])(?:-|$)/;

/** Rounds of two equal blocks, A before B: `r1-a-settling`, `r1-a`, `r1-b-settling`, `r1-b`, `r2-a-settling`, … */
export function abRounds(shape: {
  readonly rounds: number;
  readonly blockSeconds: number;
  readonly ratePerSecond: number;
}): readonly Stage[] {
  const { rounds, blockSeconds: seconds, ratePerSecond } = shape;
  return Array.from({ length: rounds }, (_, i) =>
    ARMS.flatMap((arm) => stagesOfStep({ name: `r${i + 1}-${arm}`, ratePerSecond, seconds })),
  ).flat();
}

/** The block that a stage of an ab run belongs to, or null for any other name. */
export function blockOf(stageName: string): Block | null {
  const match = STAGE_NAME.exec(stageName);
  if (match === null) return null;
  return {
    round: Number(match[1]),
    arm: match[2] as Arm,
    settling: isSettling(stageName),
  };
}

/**
 * The rounds with their blocks in random order, determined by the seed. As many rounds begin with A as with B, or one
 * more, so a drift during the run affects both arms alike.
 */
export function shuffleRounds(stages: readonly Stage[], seed: number): readonly Stage[] {
  const rounds = [...new Set(stages.flatMap(({ name }) => blockOf(name)?.round ?? []))];
  const next = randomUnit(seed);
  const odd = next() < 0.5 ? 1 : 0;
  const bFirst = rounds.map((_, i) => (i + odd) % 2 === 1);
  for (let i = bFirst.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [bFirst[i], bFirst[j]] = [bFirst[j] as boolean, bFirst[i] as boolean];
  }
  return rounds.flatMap((round, i) => {
    const ofArm = (arm: Arm) =>
      stages.filter(({ name }) => {
        const block = blockOf(name);
        return block?.round === round && block.arm === arm;
      });
    return bFirst[i] ? [...ofArm('b'), ...ofArm('a')] : [...ofArm('a'), ...ofArm('b')];
  });
}

/**
 * Numbers in [0, 1).
 *
 * Source: mulberry32 by T. Ettinger (public domain); the same few bits of state do for a dozen draws.
 */
function randomUnit(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
