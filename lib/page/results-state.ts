/** What a reader has chosen on the page of all results. It is in the address, so that a link shows the same. */
export interface ResultsState {
  /** Words that a run must contain. */
  readonly search: string;
  /** Each empty for all. */
  readonly scenario: string;
  readonly profile: string;
  readonly verdict: string;
  /** Key of the column that sorts the rows. */
  readonly sort: string;
  readonly isDescending: boolean;
  /** Ids of the picked runs, at most two. */
  readonly picks: readonly string[];
  /** Ids of the open trends. */
  readonly open: readonly string[];
}

export const INITIAL_STATE: ResultsState = {
  search: '',
  scenario: '',
  profile: '',
  verdict: '',
  sort: 'startedAt',
  isDescending: true,
  picks: [],
  open: [],
};

const TEXTS = ['search', 'scenario', 'profile', 'verdict'] as const;

/** The state in the part of an address after #; null if that part is the name of a place on the page. */
export function parseState(hash: string): ResultsState | null {
  const text = hash.replace(/^#/, '');
  if (text !== '' && !text.includes('=')) return null;
  const given = new URLSearchParams(text);
  const sort = given.get('sort') ?? `-${INITIAL_STATE.sort}`;
  return {
    search: given.get('search') ?? '',
    scenario: given.get('scenario') ?? '',
    profile: given.get('profile') ?? '',
    verdict: given.get('verdict') ?? '',
    sort: sort.replace(/^-/, ''),
    isDescending: sort.startsWith('-'),
    picks: given.getAll('pick').slice(-2),
    open: given.getAll('open'),
  };
}

/** The state as the part of an address after #, without #. Empty for the initial state. */
export function stateHash(state: ResultsState): string {
  const given = new URLSearchParams();
  for (const name of TEXTS) if (state[name] !== '') given.set(name, state[name]);
  const { sort, isDescending } = state;
  if (sort !== INITIAL_STATE.sort || isDescending !== INITIAL_STATE.isDescending) {
    given.set('sort', `${isDescending ? '-' : ''}${sort}`);
  }
  for (const run of state.picks) given.append('pick', run);
  for (const id of state.open) given.append('open', id);
  return given.toString();
}
